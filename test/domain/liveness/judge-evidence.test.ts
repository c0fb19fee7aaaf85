import { describe, expect, test } from 'vitest';
import type { LivenessEvidence, LivenessTry } from '#domain/liveness/evidence.ts';
import { judgeTry } from '#domain/liveness/judge.ts';
import { judgeEvidence } from '#domain/liveness/judge-evidence.ts';
import { drawPlan, planCommitment } from '#domain/liveness/plan.ts';
import type { Verdict } from '#domain/liveness/verdict.ts';
import { nodeDigests } from '#protocol/digests.ts';
import { rehearse, WILLING } from './rehearsal.ts';

const SESSION = '0192f0c1-2a3b-7c4d-8e5f-00000000000a';

/** Evidence of a session as an honest station leaves it. */
function honest(options: { readonly idleAt?: number; readonly attempt?: 1 | 2 } = {}): LivenessEvidence {
  const attempt = options.attempt ?? 1;
  const inputs = {
    seed: new Uint8Array(32).fill(5 + attempt),
    sessionId: SESSION,
    attempt,
    exchanges: [],
    registryNonce: new Uint8Array(16).fill(3),
  };
  const plan = drawPlan({ digests: nodeDigests, ...inputs });
  const judged = rehearse({
    plan,
    ...(options.idleAt === undefined ? {} : { endsAt: options.idleAt }),
    performer: { ...WILLING, does: (asked, index) => (index === options.idleAt ? 'nothing' : asked) },
  });
  const verdict = judgeTry(judged);
  const liveness: LivenessTry = {
    ...inputs,
    commitment: planCommitment({ digests: nodeDigests, ...inputs }),
    prompts: judged.prompts,
    flashes: judged.flashes,
    trace: judged.trace,
    keyFrames: judged.keyFrames.map((moment) => ({ ...moment, jpeg: Uint8Array.of(0xff, 0xd8, 0xff, 0xd9) })),
    verdict,
  };
  return {
    version: 1,
    sessionId: SESSION,
    camera: { source: 'simulated', driver: 'synthetic', busPath: 'none' },
    tries: [liveness],
    portrait:
      verdict.result === 'live'
        ? {
            attempt,
            at: judged.portrait?.at ?? 0,
            jpeg: Uint8Array.of(0xff, 0xd8, 0xff, 0xd9),
            embedding: judged.portrait?.embedding ?? null,
            scores: {},
          }
        : null,
    abandoned: [],
  };
}

function withTry(evidence: LivenessEvidence, change: Partial<LivenessTry>): LivenessEvidence {
  return { ...evidence, tries: evidence.tries.map((liveness) => ({ ...liveness, ...change })) };
}

describe('the registry judging again', () => {
  test('agrees with an honest station on a pass and on a failure', () => {
    expect(judgeEvidence(honest(), nodeDigests)).toMatchObject({
      verdict: { result: 'live' },
      tries: [{ attempt: 1, commitmentFits: true, differs: false }],
      differs: false,
    });
    expect(judgeEvidence(honest({ idleAt: 1 }), nodeDigests)).toMatchObject({
      verdict: { result: 'not-live', reason: 'too-slow' },
      differs: false,
    });
  });

  test('reverses a station whose judge was tampered with', () => {
    const forged: Verdict = { judgeVersion: 1, checks: [], result: 'live' };
    const judged = judgeEvidence(withTry(honest({ idleAt: 1 }), { verdict: forged }), nodeDigests);
    expect(judged).toMatchObject({ verdict: { result: 'not-live', reason: 'too-slow' }, differs: true });
    expect(judged.differences).toEqual([{ attempt: 1, what: 'result', station: 'live', own: 'not-live' }]);
  });

  test('says what differs when only the reason does', () => {
    const evidence = honest({ idleAt: 1 });
    const forged: Verdict = { judgeVersion: 1, checks: [], result: 'not-live', reason: 'no-face' };
    const judged = judgeEvidence(withTry(evidence, { verdict: forged }), nodeDigests);
    expect(judged.differences).toEqual([{ attempt: 1, what: 'reason', station: 'no-face', own: 'too-slow' }]);
  });

  test('a portrait of a try that did not pass, or of none, is an error', () => {
    const { portrait } = honest();
    const kept = judgeEvidence({ ...honest({ idleAt: 1 }), portrait }, nodeDigests);
    expect(kept).toMatchObject({ verdict: { result: 'not-live', reason: 'too-slow' }, differs: true });
    expect(kept.differences).toEqual([{ attempt: 1, what: 'portrait', station: 'kept', own: 'not-live' }]);
    expect(judgeEvidence({ ...honest(), tries: [] }, nodeDigests).differs).toBe(true);
    const honestFailure = judgeEvidence(honest({ idleAt: 1 }), nodeDigests);
    expect(honestFailure.differences).toEqual([]);
  });

  test('takes the same switches as the judge at the station', () => {
    const evidence = honest();
    const unfollowed = withTry(evidence, {
      keyFrames: evidence.tries[0]?.keyFrames.map((picture) => ({ ...picture, embedding: null })) ?? [],
    });
    expect(judgeEvidence(unfollowed, nodeDigests)).toMatchObject({
      verdict: { result: 'referred', reason: 'identity-not-followed' },
      differs: true,
    });
    expect(judgeEvidence(unfollowed, nodeDigests, { switches: { identity: false } })).toMatchObject({
      verdict: { result: 'live' },
      differs: false,
    });
  });

  test.each([
    ['another seed', { seed: new Uint8Array(32).fill(77) }],
    ['another commitment', { commitment: new Uint8Array(32) }],
    ['exchanges that were not committed to', { exchanges: ['blink' as const] }],
    ['another nonce', { registryNonce: new Uint8Array(16) }],
    ['no nonce', { registryNonce: null }],
    ['a nonce that no station takes', { registryNonce: new Uint8Array(3) }],
  ])('does not accept %s', (_, change) => {
    const judged = judgeEvidence(withTry(honest(), change), nodeDigests);
    expect(judged).toMatchObject({
      verdict: { result: 'not-live', reason: 'evidence-incomplete' },
      tries: [{ commitmentFits: false }],
      differs: true,
    });
  });

  test('does not accept another session’s evidence', () => {
    const judged = judgeEvidence(honest(), nodeDigests, { sessionId: 'another-session' });
    expect(judged).toMatchObject({ tries: [{ commitmentFits: false }], differs: true });
  });

  test('does not accept a plan that was cleverly re-drawn: prompts of another seed', () => {
    const other = honest({ attempt: 2 });
    const mixed = withTry(honest(), { prompts: other.tries[0]?.prompts ?? [] });
    expect(judgeEvidence(mixed, nodeDigests)).toMatchObject({
      verdict: { result: 'not-live' },
      differs: true,
    });
  });

  test('counts the last try, and wants tries in order', () => {
    const first = honest({ idleAt: 0 });
    const second = honest({ attempt: 2 });
    const both = { ...second, tries: [...first.tries, ...second.tries] };
    expect(judgeEvidence(both, nodeDigests)).toMatchObject({ verdict: { result: 'live' }, differs: false });
    expect(judgeEvidence(second, nodeDigests)).toMatchObject({
      verdict: { result: 'not-live', reason: 'evidence-incomplete' },
    });
  });

  test('evidence without a try is incomplete', () => {
    expect(judgeEvidence({ ...honest(), tries: [], portrait: null }, nodeDigests)).toMatchObject({
      verdict: { result: 'not-live', reason: 'evidence-incomplete' },
      differs: false,
    });
  });

  test('a portrait taken away is noticed', () => {
    expect(judgeEvidence({ ...honest(), portrait: null }, nodeDigests)).toMatchObject({
      verdict: { result: 'not-live' },
      differs: true,
    });
  });
});
