import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { REGISTRY_CONTENT_TYPES } from '#contract/registry-api.ts';
import { signDecision } from '#protocol/decision.ts';
import { encodeBody } from '#protocol/http-body.ts';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { eventually, saved, station } from '../desk/station-lab.ts';
import { scriptedRegistry } from './scripted-registry.ts';

const CURSOR = '41';

/** A station that delivered two packets, and a registry that has decided on both, each under a key of its own. */
async function twoDecisions(signers: readonly [first: Signer, second: Signer]) {
  const folder = temporaryFolder();
  const scripted = await scriptedRegistry(folder);
  const target = await station({ folder });
  const { stationId } = scripted.installed;
  const packets = [saved(target), saved(target)];
  const decisions = packets.map(({ packetId, envelopeSha256 }, index) =>
    signDecision({
      signer: signers[index] ?? signers[0],
      decision: {
        ...{ packetId, stationId, envelopeSha256, application: 'full', decidedAt: Date.now() },
        ...{ outcome: 'rejected', reason: 'rejected-under-age' },
      },
    }),
  );
  const after: string[] = [];
  let trustList: Uint8Array | null = null;
  let trustAsked = 0;
  scripted.onOther((incoming) => {
    if (incoming.path === '/v1/trust') {
      trustAsked += 1;
      if (trustList === null) return false;
      const { publicKey: rootPublicKey } = scripted.installed.registry.root;
      incoming.response
        .writeHead(200, { 'content-type': REGISTRY_CONTENT_TYPES.cbor })
        .end(Buffer.from(encodeBody({ rootPublicKey, trustList })));
      return true;
    }
    const asked = /^\/v1\/decisions\?after=(.*)$/.exec(incoming.path)?.[1];
    if (asked === undefined || scripted.held.size < 2) return false;
    after.push(asked);
    const head = Math.max(...scripted.held.keys());
    const chain = { head, headSha256: scripted.held.get(head) ?? new Uint8Array(32), gaps: [] };
    const run = { decisions: asked === CURSOR ? [] : decisions, next: CURSOR, more: false, chain };
    incoming.answer(200, REGISTRY_CONTENT_TYPES.cbor, encodeBody(run));
    return true;
  });
  target.desk.start();
  await eventually('delivered', () => scripted.held.size === 2);
  return {
    target,
    after,
    trustAsked: () => trustAsked,
    publish: (issuerKey: Uint8Array) => {
      trustList = scripted.installed.nextTrustList(issuerKey);
    },
    /** Staff ask for everything now. */
    tryNow: () => target.desk.inside.link()?.runner.tryNow(),
    outcomes: () => target.desk.queueRows({ limit: 2 }).map((row) => row.decision),
  };
}

const newKey = () => nodeSigner(new Uint8Array(randomBytes(32)));

test('a decision by an issuer key that is new is taken at once: the trust list is asked for', async () => {
  const issuer = newKey();
  const place = await twoDecisions([issuer, issuer]);
  place.publish(issuer.publicKey);
  place.tryNow();
  await eventually('decided', () => place.outcomes().every((each) => each === 'rejected'));
  place.tryNow();
  await eventually('the place in the list is kept', () => place.after.includes(CURSOR));
});

test('a decision by a key that nobody knows yet is not passed over, and is not asked for in a loop', async () => {
  const issuer = newKey();
  const place = await twoDecisions([issuer, issuer]);
  place.tryNow();
  await eventually('it was asked for', () => place.after.length > 0);
  const asked = place.after.length;
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(place.after.length - asked).toBeLessThanOrEqual(1);
  expect(place.after).not.toContain(CURSOR);
  expect(place.outcomes()).toEqual(['none', 'none']);
  expect(place.target.logged).toContain('sync.issuer-not-known');

  place.publish(issuer.publicKey);
  place.tryNow();
  await eventually('decided', () => place.outcomes().every((each) => each === 'rejected'));
});
