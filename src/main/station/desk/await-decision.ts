import type Database from 'better-sqlite3';
import { REGISTRY_LIMITS } from '#contract/registry-api.ts';
import { type Application, gradeAsked } from '#domain/enrolment/application.ts';
import { assertNever, err, ok, type Result } from '#domain/result.ts';
import { sameBytes } from '#protocol/cbor.ts';
import type { SignedDecision } from '#protocol/decision.ts';
import { decodeEidCode, type EidClaims, openEid } from '#protocol/eid-token.ts';
import type { FindVerifier } from '#protocol/keys/signer.ts';
import type { AuditLog } from '#station/audit/audit-log.ts';
import type { StationLog } from '#station/log/station-log.ts';
import type { AwaitedDecision } from '#station/ports.ts';
import type { PacketQueue } from '#station/queue/packet-queue.ts';
import { keepDecision, readDecision } from '#station/sync/take-decisions.ts';
import type { RegistryLink } from './registry-link.ts';
import { within } from './within.ts';

/** What the e-ID of a packet must say; kept from the saving until the citizen has gone. */
export interface ExpectedEid {
  readonly application: Application;
  readonly holderKey: Uint8Array | null;
  readonly simulated: boolean;
}

/** While the link is down one quick attempt is made: the citizen need not wait for a deadline. */
const OFFLINE_ATTEMPT_MS = 1_500;
/** Too little time for a call. */
const SHORTEST_WAIT_MS = 250;

/** The registry answers "none yet" this much before we stop listening. */
const WAY_BACK_MS = 150;

export interface AwaitingTools {
  readonly database: Database.Database;
  readonly queue: PacketQueue;
  readonly audit: AuditLog;
  readonly monotonic: () => number;
  readonly log: StationLog;
}

/** Delivers a packet now and waits for its decision. What is not proven to be the registry's word is not shown. */
export async function awaitDecision(
  request: {
    readonly link: RegistryLink;
    readonly packetId: string;
    readonly expected: ExpectedEid;
    readonly timeoutMs: number;
  },
  tools: AwaitingTools,
): Promise<AwaitedDecision> {
  const { link, packetId, expected, timeoutMs } = request;
  const endsAt = tools.monotonic() + timeoutMs;
  const patience = link.runner.link() === 'offline' ? Math.min(timeoutMs, OFFLINE_ATTEMPT_MS) : timeoutMs;
  const delivered = await within(link.runner.deliverNow(packetId), patience);
  if (delivered === 'too-late')
    return link.runner.link() === 'online' ? { kind: 'not-yet' } : { kind: 'offline' };
  if (delivered.kind === 'failed')
    return delivered.scope === 'packet' ? { kind: 'not-yet' } : { kind: 'offline' };
  if (tools.queue.find(packetId)?.delivery !== 'acknowledged') return { kind: 'not-yet' };

  for (;;) {
    const left = endsAt - tools.monotonic();
    if (left < SHORTEST_WAIT_MS) return { kind: 'not-yet' };
    const waitMs = Math.min(Math.floor(left - WAY_BACK_MS), REGISTRY_LIMITS.decisionWaitMs);
    const answer = await within(link.calls.decision({ packetId, waitMs }), left);
    if (answer === 'too-late') return { kind: 'not-yet' };
    if (!answer.ok) {
      tools.log.warn('decision.not-heard', { packetId, reason: answer.error.reason });
      return answer.error.scope === 'packet' ? { kind: 'not-yet' } : { kind: 'offline' };
    }
    const { decision: octets, eid } = answer.value;
    if (octets === null) continue;
    const decision = readDecision(octets, {
      queue: tools.queue,
      stationId: link.installation.stationId,
      issuerKeys: link.trust.verifier('issuer'),
    });
    const doubt = !decision.ok
      ? decision.error
      : decision.value.packetId !== packetId || decision.value.application !== expected.application
        ? 'other'
        : null;
    if (!decision.ok || doubt !== null) {
      tools.log.error('decision.not-believed', { packetId, reason: doubt ?? 'other' });
      return { kind: 'not-yet' };
    }
    tools.database.transaction(() => keepDecision(decision.value, tools)).immediate();
    return told(
      { decision: decision.value, eid, expected, issuerKeys: link.trust.verifier('issuer') },
      tools.log,
    );
  }
}

async function told(
  said: {
    readonly decision: SignedDecision;
    readonly eid: string | null;
    readonly expected: ExpectedEid;
    readonly issuerKeys: FindVerifier;
  },
  log: StationLog,
): Promise<AwaitedDecision> {
  const { decision, eid, expected, issuerKeys } = said;
  const { outcome, reason, packetId } = decision;
  switch (outcome) {
    case 'referred':
    case 'rejected':
      return { kind: outcome, reason };
    case 'revoked':
      return { kind: 'revoked' };
    case 'issued': {
      // Without a phone there is nothing to bind it to and to show here: a desk hands it over.
      if (expected.holderKey === null) return { kind: 'collect' };
      const claims =
        eid === null ? err('missing' as const) : await fittingEid({ code: eid, expected, issuerKeys });
      if (!claims.ok || eid === null) {
        log.error('decision.eid-not-believed', { packetId, reason: claims.ok ? 'missing' : claims.error });
        return { kind: 'not-yet' };
      }
      const { subject, maskedName, issuedAt, expiresAt } = claims.value;
      return { kind: 'issued', reason, code: eid, subject, maskedName, issuedAt, expiresAt };
    }
    default:
      return assertNever(outcome);
  }
}

export type EidFault = 'unreadable' | 'not-the-issuers' | 'other-grade' | 'other-phone' | 'other-marking';

/** Opens an e-ID and checks that it is the issuer's, of the grade asked for, and bound to the phone that was paired. */
export async function fittingEid(request: {
  readonly code: string;
  readonly expected: ExpectedEid;
  readonly issuerKeys: FindVerifier;
}): Promise<Result<EidClaims, EidFault>> {
  const { expected } = request;
  const octets = await decodeEidCode(request.code);
  if (!octets.ok) return err('unreadable');
  const opened = openEid({ octets: octets.value, findVerifier: request.issuerKeys });
  if (!opened.ok) return err('not-the-issuers');
  const claims = opened.value;
  if (claims.grade !== gradeAsked(expected.application)) return err('other-grade');
  if (!sameKey(claims.holderKey, expected.holderKey)) return err('other-phone');
  if (claims.simulated !== expected.simulated) return err('other-marking');
  return ok(claims);
}

function sameKey(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : sameBytes(a, b);
}
