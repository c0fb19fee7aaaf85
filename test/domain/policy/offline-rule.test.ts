import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeOffline, type OfflineSituation } from '#domain/policy/offline-rule.ts';

const DAY = 86_400_000;
const limits = { days: 10, warnDays: 2, packets: 1000, freeMegabytes: 256 };
const calm: OfflineSituation = {
  silentByClock: 0,
  silentByRunning: 0,
  waiting: 0,
  freeMegabytes: 50_000,
  reserveHeld: true,
  clockTrust: 'synchronised',
};

describe('days without the registry', () => {
  test.each([
    [0, null, 10, []],
    [7.5, null, 2, []],
    [8, null, 2, [{ kind: 'days-left', days: 2 }]],
    [9.5, null, 0, [{ kind: 'days-left', days: 0 }]],
    [10, 'offline-too-long', 0, [{ kind: 'days-left', days: 0 }]],
    [400, 'offline-too-long', 0, [{ kind: 'days-left', days: 0 }]],
  ])('after %d days: frozen %s, %d left', (days, frozen, daysLeft, warnings) => {
    expect(judgeOffline({ ...calm, silentByClock: days * DAY }, limits)).toEqual({
      frozen,
      daysLeft,
      warnings,
    });
  });

  test('a station that never met a registry is not frozen by the calendar', () => {
    expect(judgeOffline({ ...calm, silentByClock: null, silentByRunning: 99 * DAY }, limits)).toMatchObject({
      frozen: null,
      daysLeft: null,
    });
  });

  test('a clock set back does not stop the count of running days', () => {
    expect(
      judgeOffline({ ...calm, silentByClock: -50 * DAY, silentByRunning: 11 * DAY }, limits).frozen,
    ).toBe('offline-too-long');
  });

  test.each([
    [7, null, 3],
    [9.5, 'days-left', 1],
    [365, 'days-left', 1],
  ])('a calendar of %d days that nobody proved since the start warns at most', (days, warning, daysLeft) => {
    const situation = { ...calm, silentByClock: days * DAY, clockTrust: 'drifting' as const };
    expect(judgeOffline(situation, limits)).toEqual({
      frozen: null,
      daysLeft,
      warnings: warning === null ? [] : [{ kind: warning, days: daysLeft }],
    });
  });

  test('running days freeze whatever the clock is worth', () => {
    for (const clockTrust of ['synchronised', 'drifting', 'doubtful', 'unknown'] as const) {
      const situation = { ...calm, silentByClock: 0, silentByRunning: 10 * DAY, clockTrust };
      expect(judgeOffline(situation, limits).frozen).toBe('offline-too-long');
    }
  });

  test('a clock that cannot be believed does not freeze a station that was just heard', () => {
    const ahead = { ...calm, silentByClock: 3650 * DAY, clockTrust: 'doubtful' as const };
    expect(judgeOffline(ahead, limits)).toMatchObject({
      frozen: null,
      warnings: [{ kind: 'clock', trust: 'doubtful' }],
    });
  });
});

describe('packets waiting and disk', () => {
  test('warns at four fifths of the packets and freezes at the limit', () => {
    expect(judgeOffline({ ...calm, waiting: 799 }, limits).warnings).toEqual([]);
    expect(judgeOffline({ ...calm, waiting: 800 }, limits).warnings).toEqual([
      { kind: 'packets-left', packets: 200 },
    ]);
    expect(judgeOffline({ ...calm, waiting: 1000 }, limits).frozen).toBe('offline-too-long');
  });

  test('warns at twice the smallest free space and freezes below it, or when the reserve is gone', () => {
    expect(judgeOffline({ ...calm, freeMegabytes: 500 }, limits)).toMatchObject({
      frozen: null,
      warnings: [{ kind: 'disk-low', freeMegabytes: 500 }],
    });
    expect(judgeOffline({ ...calm, freeMegabytes: 255 }, limits).frozen).toBe('storage-full');
    expect(judgeOffline({ ...calm, reserveHeld: false }, limits).frozen).toBe('storage-full');
  });
});

test('more silence, more packets or less disk never opens a frozen station', () => {
  const situation = fc.record({
    silentByClock: fc.option(fc.integer({ min: -100 * DAY, max: 100 * DAY }), { nil: null }),
    silentByRunning: fc.integer({ min: 0, max: 100 * DAY }),
    waiting: fc.nat(3000),
    freeMegabytes: fc.nat(2000),
    reserveHeld: fc.boolean(),
    clockTrust: fc.constantFrom('synchronised', 'drifting', 'doubtful', 'unknown'),
  } as const);
  fc.assert(
    fc.property(situation, fc.nat(DAY), fc.nat(100), fc.nat(100), (now, time, packets, megabytes) => {
      const later = {
        ...now,
        silentByClock: now.silentByClock === null ? null : now.silentByClock + time,
        silentByRunning: now.silentByRunning + time,
        waiting: now.waiting + packets,
        freeMegabytes: now.freeMegabytes - megabytes,
      };
      if (judgeOffline(now, limits).frozen !== null)
        expect(judgeOffline(later, limits).frozen).not.toBeNull();
    }),
  );
});
