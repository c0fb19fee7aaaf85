import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REGISTRY_CONTENT_TYPES, type SlipStatusAnswer } from '#contract/registry-api.ts';
import { signDecision } from '#protocol/decision.ts';
import { encodeBody } from '#protocol/http-body.ts';
import {
  decodeSlipCode,
  encodeSlipCode,
  type SlipStatement,
  signSlipStatement,
} from '#protocol/slip-statement.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { eventually, saved, station, type TestStation } from '../desk/station-lab.ts';
import { type ScriptedRegistry, scriptedRegistry } from '../sync/scripted-registry.ts';
import { stranger } from './check-lab.ts';

const PACKET = '019c8f3a-5e00-7abc-8def-0123456789ab';
const OTHERS: SlipStatement = {
  stationId: 'ELSEWHERE-3',
  installation: 2,
  packetId: PACKET,
  envelopeSha256: new Uint8Array(32).fill(7),
  sequence: 12,
  application: 'basic',
  createdAt: Date.UTC(2026, 2, 2),
  clockTrust: 'drifting',
  simulated: true,
};
const codeBy = (
  signer: Parameters<typeof signSlipStatement>[0]['signer'],
  changes: Partial<SlipStatement> = {},
) => encodeSlipCode(signSlipStatement({ statement: { ...OTHERS, ...changes }, signer }));

interface Lab {
  readonly target: TestStation;
  readonly registry: ScriptedRegistry;
  /** What the registry answers about slips. */
  said: SlipStatusAnswer | 'no-such-station' | 'bad-signature' | 'silence';
  asked: number;
}

async function lab(): Promise<Lab> {
  const folder = temporaryFolder();
  const registry = await scriptedRegistry(folder);
  const made: Lab = {
    registry,
    said: { state: 'not-arrived', reason: null, decidedAt: null },
    asked: 0,
    target: await station({ folder }),
  };
  registry.onOther((incoming) => {
    if (incoming.path !== '/v1/slips/status') return false;
    made.asked += 1;
    const { said } = made;
    if (said === 'silence') return true;
    if (said === 'no-such-station' || said === 'bad-signature') {
      const [status, title] = said === 'bad-signature' ? [400, 'bad-request'] : [404, 'not-found'];
      const problem = { type: `urn:eid-terminal:problem:${title}`, title, status, detail: 'body' };
      const body = new TextEncoder().encode(JSON.stringify(problem));
      incoming.answer(Number(status), REGISTRY_CONTENT_TYPES.problem, body);
      return true;
    }
    incoming.answer(200, REGISTRY_CONTENT_TYPES.cbor, encodeBody({ ...said }));
    return true;
  });
  return made;
}

const status = ({ target }: Lab, code: string) => target.desk.checkDesk.slipStatus(code);

describe("a slip of this terminal's own", () => {
  test('whose packet waits here is told so, without a network and without asking', async () => {
    const at = await lab();
    const { slipStatement, packetId, createdAt } = saved(at.target);
    expect(await status(at, slipStatement)).toEqual({
      ok: true,
      value: {
        packetId,
        application: 'full',
        station: 'Hall 3, terminal 7',
        at: createdAt,
        state: 'waiting-here',
        reason: null,
      },
    });
    expect(at.asked).toBe(0);
  });

  test.each([
    ['held', null],
    ['issued', 'issued'],
    ['referred', 'referred-liveness'],
    ['revoked', 'revoked'],
  ] as const)('that was delivered is told what the registry knows: %s', async (state, reason) => {
    const at = await lab();
    at.said = { state, reason, decidedAt: reason === null ? null : Date.now() };
    at.target.desk.start();
    const { slipStatement } = saved(at.target);
    await eventually(
      'acknowledged',
      () => at.target.desk.queueRows({ limit: 1 })[0]?.delivery === 'acknowledged',
    );
    expect(await status(at, slipStatement)).toMatchObject({ ok: true, value: { state, reason } });
    expect(at.asked).toBe(1);
  });

  test.each([
    ['with a phone', {}, 'issued'],
    ['without a phone', { phone: null }, 'collect'],
  ] as const)(
    'that was issued %s is told so from the queue when the registry is silent',
    async (_, changes, state) => {
      const at = await lab();
      at.said = 'no-such-station';
      at.target.desk.start();
      const slip = saved(at.target, changes);
      await decided(at, slip, 'issued', 'issued');
      expect(await status(at, slip.slipStatement)).toMatchObject({ value: { state, reason: 'issued' } });
    },
  );

  test('of a reported loss that was carried out is told for good: the registry is not asked again', async () => {
    const at = await lab();
    at.target.desk.start();
    const slip = saved(at.target, { application: 'report-lost', phone: null });
    await decided(at, slip, 'revoked', 'revoked');
    expect(at.target.desk.queueRows({ limit: 1 })[0]).toMatchObject({
      decision: 'revoked',
      decisionReason: 'revoked',
    });
    expect(await status(at, slip.slipStatement)).toMatchObject({
      value: { state: 'revoked', reason: 'revoked', application: 'report-lost' },
    });
    expect(at.asked).toBe(0);
  });

  test("in this terminal's name by a key that it never had is forged", async () => {
    const at = await lab();
    const { stationId, installation } = at.registry.installed;
    expect(await status(at, codeBy(stranger, { stationId, installation }))).toEqual({
      ok: false,
      error: 'forged',
    });
    expect(at.asked).toBe(0);
  });

  test('with one bit turned over is never told anything about a packet of ours', async () => {
    const at = await lab();
    at.said = 'bad-signature';
    const octets = decodeSlipCode(saved(at.target).slipStatement);
    if (!octets.ok) throw new Error(octets.error);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: octets.value.length * 8 - 1 }), async (bit) => {
        const changed = octets.value.slice();
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(await status(at, encodeSlipCode(changed))).toEqual({ ok: false, error: 'forged' });
      }),
      { numRuns: 60 },
    );
  });
});

describe("another terminal's slip", () => {
  test.each(['held', 'issued', 'collect', 'revoked', 'referred', 'rejected', 'not-arrived'] as const)(
    'is asked for at the registry: %s',
    async (state) => {
      const at = await lab();
      at.said = { state, reason: null, decidedAt: null };
      expect(await status(at, codeBy(stranger))).toEqual({
        ok: true,
        value: {
          packetId: PACKET,
          application: 'basic',
          station: 'ELSEWHERE-3',
          at: OTHERS.createdAt,
          state,
          reason: null,
        },
      });
    },
  );

  test.each(['no-such-station', 'bad-signature'] as const)(
    'that the registry does not know is forged: %s',
    async (said) => {
      const at = await lab();
      at.said = said;
      expect(await status(at, codeBy(stranger))).toEqual({ ok: false, error: 'forged' });
    },
  );

  test('cannot be told at a place that belongs to no registry', async () => {
    const fresh = await station();
    // Nothing of what the slip claims is shown: nobody here can tell whether it is true.
    expect(await fresh.desk.checkDesk.slipStatus(codeBy(stranger))).toEqual({
      ok: true,
      value: { state: 'cannot-tell' },
    });
  });

  test('cannot be told when the registry does not answer in time', async () => {
    const at = await lab();
    at.said = 'silence';
    const before = performance.now();
    expect(await status(at, codeBy(stranger))).toEqual({ ok: true, value: { state: 'cannot-tell' } });
    expect(performance.now() - before).toBeLessThan(8_000);
  });
});

test.each(['', 'EID1:AB', 'https://qr.example/pay'])('%j is no slip', async (code) => {
  expect(await status(await lab(), code)).toEqual({ ok: false, error: 'not-ours' });
});

/** Lets the registry decide on a delivered packet, as the citizen waits for it. */
async function decided(
  at: Lab,
  slip: { readonly packetId: string; readonly envelopeSha256: Uint8Array },
  outcome: 'issued' | 'revoked',
  reason: 'issued' | 'revoked',
): Promise<void> {
  const { packetId, envelopeSha256 } = slip;
  const { registry, stationId } = at.registry.installed;
  await eventually(
    'acknowledged',
    () => at.target.desk.queueRows({ limit: 1 })[0]?.delivery === 'acknowledged',
  );
  const application = outcome === 'revoked' ? 'report-lost' : 'full';
  const decision = signDecision({
    signer: registry.issuer,
    decision: { packetId, stationId, envelopeSha256, outcome, reason, application, decidedAt: Date.now() },
  });
  at.registry.onOther((incoming) => {
    if (incoming.path === '/v1/slips/status') {
      at.asked += 1;
      incoming.response.writeHead(503).end();
      return true;
    }
    if (!incoming.path.includes('/decision?')) return false;
    incoming.answer(200, REGISTRY_CONTENT_TYPES.cbor, encodeBody({ decision, eid: null }));
    return true;
  });
  await at.target.desk.desk.awaitDecision({ packetId, timeoutMs: 5_000 });
  expect(at.target.desk.queueRows({ limit: 1 })[0]?.decision).toBe(outcome);
}
