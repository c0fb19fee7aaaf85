import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CLOCK_TOLERANCE,
  type EidReading,
  type EidSituation,
  type JudgedClaims,
  judgeEid,
} from '#domain/eid/judge-eid.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 2, 2);

const claims: JudgedClaims = {
  grade: 'full',
  issuedAt: NOW - 30 * DAY,
  expiresAt: NOW + 300 * DAY,
  simulated: false,
};
const good: EidSituation = {
  reading: { kind: 'opened', claims },
  status: { says: 'valid', issuedAt: NOW - DAY / 2, expiresAt: NOW + DAY / 2 },
  now: NOW,
  clockTrust: 'synchronised',
  provenTime: NOW,
  mode: 'production',
};
const opened = (changes: Partial<JudgedClaims>): EidReading => ({
  kind: 'opened',
  claims: { ...claims, ...changes },
});
const judged = (changes: Partial<EidSituation>) => judgeEid({ ...good, ...changes });
const notValid = (because: string) => ({ result: 'not-valid', because });
const cannotTell = (because: string) => ({ result: 'cannot-tell', because });
const stale = { says: 'valid', issuedAt: NOW - 9 * DAY, expiresAt: NOW - 1 } as const;

describe('an e-ID', () => {
  test.each(['basic', 'full'] as const)('of the issuer, in time and not revoked is valid: %s', (grade) => {
    expect(judged({ reading: opened({ grade }) })).toEqual({ result: 'valid', grade, simulated: false });
  });

  test.each(['not-an-eid', 'forged', 'other-issuer'] as const)('that is %s is not valid', (kind) => {
    expect(judged({ reading: { kind } })).toEqual(notValid(kind));
  });

  test('cannot be told without a trust list', () => {
    expect(judged({ reading: { kind: 'no-trust-list' } })).toEqual(cannotTell('no-trust-list'));
  });

  test('that has expired is not valid, up to its last moment it is', () => {
    expect(judged({ reading: opened({ expiresAt: NOW }) })).toMatchObject({ result: 'valid' });
    expect(judged({ reading: opened({ expiresAt: NOW - 1 }), provenTime: null })).toEqual(
      notValid('expired'),
    );
  });

  test('issued a little ahead of this clock is valid, far ahead it is not yet', () => {
    const ahead = (by: number) => judged({ reading: opened({ issuedAt: NOW + by }) });
    expect(ahead(CLOCK_TOLERANCE)).toMatchObject({ result: 'valid' });
    expect(ahead(CLOCK_TOLERANCE + 1)).toEqual(notValid('not-yet-valid'));
  });

  test('that was revoked is not valid, even by a list that is over or a clock that is wrong', () => {
    const revoked = { status: { ...stale, says: 'revoked' } } as const;
    expect(judged(revoked)).toEqual(notValid('revoked'));
    expect(judged({ ...revoked, clockTrust: 'doubtful' })).toEqual(notValid('revoked'));
  });

  test('cannot be told without a status list, or with one that is over', () => {
    expect(judged({ status: null })).toEqual(cannotTell('no-status-list'));
    expect(judged({ status: stale })).toEqual(cannotTell('status-list-stale'));
  });

  test.each(['doubtful', 'unknown'] as const)('cannot be told by a clock that is %s', (clockTrust) => {
    expect(judged({ clockTrust })).toEqual(cannotTell('clock-doubtful'));
  });

  test('has expired for sure when the registry proved a later time, whatever the clock shows', () => {
    const over = opened({ expiresAt: NOW - DAY });
    expect(judged({ reading: over, now: NOW - 2 * DAY, clockTrust: 'doubtful' })).toEqual(
      notValid('expired'),
    );
  });

  test('cannot be told by a clock that runs behind the list it holds', () => {
    const later = { says: 'valid', issuedAt: NOW + DAY, expiresAt: NOW + 2 * DAY } as const;
    expect(judged({ status: later })).toEqual(cannotTell('clock-doubtful'));
  });

  test('that is simulated counts in a demonstration, and nowhere else', () => {
    const simulated = { reading: opened({ simulated: true }) };
    expect(judged({ ...simulated, mode: 'demo' })).toEqual({
      result: 'valid',
      grade: 'full',
      simulated: true,
    });
    expect(judged({ ...simulated, mode: 'pilot' })).toEqual(notValid('simulated'));
    expect(judged({ ...simulated, mode: 'production' })).toEqual(notValid('simulated'));
  });
});

describe('whatever else is good', () => {
  /** Each of them alone forbids "valid". */
  const BAD: readonly ((situation: EidSituation) => EidSituation)[] = [
    (s) => ({ ...s, reading: { kind: 'forged' } }),
    (s) => ({ ...s, reading: { kind: 'other-issuer' } }),
    (s) => ({ ...s, reading: { kind: 'not-an-eid' } }),
    (s) => ({ ...s, reading: { kind: 'no-trust-list' } }),
    (s) => ({ ...s, status: null }),
    (s) => ({ ...s, status: s.status && { ...s.status, says: 'revoked' } }),
    (s) => ({ ...s, status: s.status && { ...s.status, expiresAt: s.now - 1 } }),
    (s) => ({ ...s, clockTrust: 'doubtful' }),
    (s) => ({ ...s, clockTrust: 'unknown' }),
    (s) => withClaims(s, { expiresAt: s.now - 1 }),
    (s) => withClaims(s, { issuedAt: s.now + CLOCK_TOLERANCE + 1 }),
    (s) => ({ ...withClaims(s, { simulated: true }), mode: 'pilot' }),
    (s) => ({ ...withClaims(s, { simulated: true }), mode: 'production' }),
    (s) => ({ ...s, provenTime: s.now + CLOCK_TOLERANCE + 1 }),
  ];
  function withClaims(situation: EidSituation, changes: Partial<JudgedClaims>): EidSituation {
    const { reading } = situation;
    return reading.kind === 'opened'
      ? { ...situation, reading: { kind: 'opened', claims: { ...reading.claims, ...changes } } }
      : situation;
  }

  /** Around now, in days: near enough to both sides that every rule decides now and then. */
  const moment = (from: number, to: number) => fc.integer({ min: NOW + from * DAY, max: NOW + to * DAY });
  const situation: fc.Arbitrary<EidSituation> = fc.record({
    reading: fc.oneof(
      { arbitrary: fc.constantFrom<EidReading>({ kind: 'forged' }, { kind: 'other-issuer' }), weight: 1 },
      {
        arbitrary: fc.record({
          kind: fc.constant('opened' as const),
          claims: fc.record({
            grade: fc.constantFrom('basic' as const, 'full' as const),
            issuedAt: moment(-30, 2),
            expiresAt: moment(-2, 30),
            simulated: fc.boolean(),
          }),
        }),
        weight: 9,
      },
    ),
    status: fc.option(
      fc.record({
        says: fc.constantFrom('valid' as const, 'revoked' as const),
        issuedAt: moment(-3, 1),
        expiresAt: moment(-1, 3),
      }),
      { freq: 9 },
    ),
    now: moment(-1, 1),
    clockTrust: fc.constantFrom('synchronised', 'drifting', 'doubtful', 'unknown'),
    provenTime: fc.option(moment(-3, 1)),
    mode: fc.constantFrom('demo', 'pilot', 'production'),
  });

  test('one bad input is enough: it is never valid', () => {
    fc.assert(
      fc.property(situation, fc.constantFrom(...BAD), (start, spoil) => {
        expect(judgeEid(spoil(start)).result).not.toBe('valid');
        expect(judgeEid(spoil(good)).result).not.toBe('valid');
      }),
      { numRuns: 2_000 },
    );
  });

  test('a valid one is opened, in time, listed as valid by a list in force, and real where that counts', () => {
    let valid = 0;
    fc.assert(
      fc.property(situation, (s) => {
        if (judgeEid(s).result !== 'valid') return;
        valid += 1;
        expect(s.reading.kind).toBe('opened');
        if (s.reading.kind !== 'opened') return;
        const { issuedAt, expiresAt, simulated } = s.reading.claims;
        expect(s.now).toBeLessThanOrEqual(expiresAt);
        expect(s.now).toBeGreaterThanOrEqual(issuedAt - CLOCK_TOLERANCE);
        expect(s.status?.says).toBe('valid');
        expect(s.status?.expiresAt).toBeGreaterThanOrEqual(s.now);
        expect(['synchronised', 'drifting']).toContain(s.clockTrust);
        expect(!simulated || s.mode === 'demo').toBe(true);
      }),
      { numRuns: 5_000 },
    );
    expect(valid).toBeGreaterThan(50);
  });
});
