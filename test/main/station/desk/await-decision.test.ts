import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { REGISTRY_CONTENT_TYPES } from '#contract/registry-api.ts';
import { type SignedDecision, signDecision } from '#protocol/decision.ts';
import { type EidClaims, encodeEidCode, signEid } from '#protocol/eid-token.ts';
import { encodeBody } from '#protocol/http-body.ts';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import type { EnrolmentContents } from '#station/ports.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { type ScriptedRegistry, scriptedRegistry } from '../sync/scripted-registry.ts';
import { saved, station, type TestStation } from './station-lab.ts';
import { contents } from './station-settings.ts';

const stranger = nodeSigner(new Uint8Array(randomBytes(32)));
const phoneKey = contents().phone?.publicKey ?? null;
const SECOND = Math.floor(Date.now() / 1000) * 1000;

/** What the registry says about a packet; each part can be made wrong by itself. */
interface Said {
  readonly decision?: Partial<SignedDecision>;
  readonly decisionSigner?: ReturnType<typeof nodeSigner>;
  readonly claims?: Partial<EidClaims>;
  readonly eidSigner?: ReturnType<typeof nodeSigner>;
  readonly eid?: string | null;
}

async function decidingRegistry(folder: string, said: Said): Promise<ScriptedRegistry> {
  const scripted = await scriptedRegistry(folder);
  const { issuer } = scripted.installed.registry;
  let envelopeSha256: Uint8Array = new Uint8Array(32);
  scripted.onUpload((incoming) => {
    const octets = incoming.acknowledgement();
    envelopeSha256 = incoming.sent().envelopeSha256;
    incoming.answer(200, REGISTRY_CONTENT_TYPES.acknowledgement, octets);
  });
  const claims: EidClaims = {
    issuer: 'Test registry',
    subject: 'K7M2Q9XD4TB8WZ3A',
    maskedName: '林**',
    grade: 'full',
    issuedAt: SECOND,
    expiresAt: SECOND + 1e9,
    statusIndex: 1,
    holderKey: phoneKey,
    simulated: true,
    ...said.claims,
  };
  const code = await encodeEidCode(signEid({ claims, signer: said.eidSigner ?? issuer }));
  scripted.onOther((incoming) => {
    const packetId = /^\/v1\/packets\/([^/]+)\/decision/.exec(incoming.path)?.[1];
    if (packetId === undefined) return false;
    const decision: SignedDecision = {
      packetId,
      stationId: scripted.installed.stationId,
      envelopeSha256,
      outcome: 'issued',
      reason: 'issued',
      application: 'full',
      decidedAt: Date.now(),
      ...said.decision,
    };
    const signed = signDecision({ decision, signer: said.decisionSigner ?? issuer });
    const eid = said.eid === undefined ? code : said.eid;
    incoming.answer(200, REGISTRY_CONTENT_TYPES.cbor, encodeBody({ decision: signed, eid }));
    return true;
  });
  return scripted;
}

async function told(
  said: Said,
  changes: Partial<EnrolmentContents> = {},
): Promise<{ readonly answer: unknown; readonly target: TestStation }> {
  const folder = temporaryFolder();
  await decidingRegistry(folder, said);
  const target = await station({ folder });
  target.desk.start();
  const { packetId } = saved(target, changes);
  return { answer: await target.desk.desk.awaitDecision({ packetId, timeoutMs: 5_000 }), target };
}

const kept = (target: TestStation) => target.desk.queueRows({ limit: 1 })[0]?.decision;

test('an e-ID of the issuer, of the grade asked for and bound to the phone is handed over', async () => {
  const { answer, target } = await told({});
  expect(answer).toMatchObject({
    kind: 'issued',
    reason: 'issued',
    subject: 'K7M2Q9XD4TB8WZ3A',
    maskedName: '林**',
  });
  expect(kept(target)).toBe('issued');
});

test.each<[string, Said]>([
  ['that a stranger has signed', { eidSigner: stranger }],
  ['of the other grade', { claims: { grade: 'basic' } }],
  ['bound to another phone', { claims: { holderKey: stranger.publicKey } }],
  ['bound to no phone', { claims: { holderKey: null } }],
  ['without the mark that it is simulated', { claims: { simulated: false } }],
  ['that is noise', { eid: 'EID1:NOISE' }],
  ['that is missing', { eid: null }],
])('an e-ID %s is not shown', async (_, said) => {
  const { answer, target } = await told(said);
  expect(answer).toEqual({ kind: 'not-yet' });
  expect(target.logged).toContain('decision.eid-not-believed');
});

test.each<[string, Said]>([
  ['that a stranger has signed', { decisionSigner: stranger }],
  ['for another station', { decision: { stationId: 'OTHER-9' } }],
  ['about another envelope', { decision: { envelopeSha256: new Uint8Array(32).fill(1) } }],
  ['about another application than was made', { decision: { application: 'basic' } }],
  ['about another packet', { decision: { packetId: '01890a5d-ac96-774b-bcce-b302099a8057' } }],
])('a decision %s is not believed', async (_, said) => {
  const { answer, target } = await told(said);
  expect(answer).toEqual({ kind: 'not-yet' });
  expect(target.logged).toContain('decision.not-believed');
  expect(kept(target)).toBe('none');
});

test.each(['referred', 'rejected'] as const)(
  'a packet that was %s is told with its reason',
  async (outcome) => {
    const reason = outcome === 'referred' ? 'referred-liveness' : 'rejected-liveness';
    const { answer, target } = await told({ decision: { outcome, reason }, eid: null });
    expect(answer).toEqual({ kind: outcome, reason });
    expect(kept(target)).toBe(outcome);
  },
);

test("an e-ID for nobody's phone is not shown here: a desk hands it over", async () => {
  const { answer, target } = await told({ eid: null }, { phone: null });
  expect(answer).toEqual({ kind: 'collect' });
  expect(kept(target)).toBe('issued');
});

test('a lost e-ID that was ended is told so, and kept so', async () => {
  const decision = { outcome: 'revoked', reason: 'revoked', application: 'report-lost' } as const;
  const { answer, target } = await told({ decision, eid: null }, { application: 'report-lost', phone: null });
  expect(answer).toEqual({ kind: 'revoked' });
  expect(kept(target)).toBe('revoked');
});

test('an upgrade brings an e-ID of the full grade, and no other', async () => {
  const decision = { application: 'upgrade' } as const;
  const full = await told({ decision }, { application: 'upgrade' });
  expect(full.answer).toMatchObject({ kind: 'issued' });
  const basic = await told({ decision, claims: { grade: 'basic' } }, { application: 'upgrade' });
  expect(basic.answer).toEqual({ kind: 'not-yet' });
});
