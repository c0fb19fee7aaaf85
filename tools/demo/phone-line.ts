import { REGISTRY_LIMITS } from '#contract/registry-api.ts';
import { err } from '#domain/result.ts';
import type { RegistryLine } from '#phone/registry-line.ts';
import { httpsTransport } from '#station/sync/https-transport.ts';

const DEADLINE_MS = 10_000;

/** A phone's own way to the registry, past the hall's network: HTTPS from Node, a connection for each call. */
export const phoneLine: RegistryLine = async ({ authorities, ...call }) => {
  const transport = httpsTransport({
    trust: authorities === null ? { kind: 'anyone' } : { kind: 'pinned', certificates: () => authorities },
  });
  const answer = await transport.send({
    ...call,
    deadlineMs: DEADLINE_MS,
    largestAnswer: REGISTRY_LIMITS.answerBytes,
  });
  transport.close();
  return answer.ok ? answer : err({ reason: 'unreachable' });
};
