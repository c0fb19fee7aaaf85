import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_HEALTH } from '#contract/driver-messages.ts';
import { deviceChanges, type SettledDevices, standingChanges } from '#station/audit/state-changes.ts';
import type { Standing } from '#station/ports.ts';

const STANDING: Standing = {
  provisioned: true,
  online: true,
  waiting: 0,
  clockTrust: 'synchronised',
  frozen: null,
  daysLeft: null,
};
const typesOf = (before: Standing, after: Standing) => standingChanges(before, after).map(({ type }) => type);

describe('a standing that changes', () => {
  test.each<[string, Partial<Standing>, readonly string[]]>([
    ['the line is cut', { online: false }, ['link.offline']],
    ['the clock is doubted', { clockTrust: 'doubtful' }, ['clock.trust-changed']],
    ['the disk is full', { frozen: 'storage-full' }, ['station.frozen']],
    ['a packet waits', { waiting: 1 }, []],
    ['a day fewer is left', { daysLeft: 1 }, []],
    [
      'all of it at once',
      { online: false, clockTrust: 'unknown', frozen: 'offline-too-long' },
      ['clock.trust-changed', 'station.frozen', 'link.offline'],
    ],
  ])('because %s', (_, change, types) => {
    expect(typesOf(STANDING, { ...STANDING, ...change })).toEqual(types);
  });

  test('from one reason of freezing to another is told with the new one, and its end once', () => {
    const frozen: Standing = { ...STANDING, frozen: 'offline-too-long' };
    expect(standingChanges(frozen, { ...frozen, frozen: 'chain-broken' })).toEqual([
      { type: 'station.frozen', fields: { reason: 'chain-broken' } },
    ]);
    expect(typesOf(frozen, STANDING)).toEqual(['station.thawed']);
  });
});

test('devices come and go in turn, whatever their drivers report', () => {
  const report = fc.record({
    role: fc.constantFrom('reader' as const, 'scanner' as const),
    state: fc.constantFrom(
      'absent' as const,
      'connecting' as const,
      'ready' as const,
      'out-of-service' as const,
    ),
  });
  fc.assert(
    fc.property(fc.array(report, { maxLength: 60 }), (reports) => {
      let devices: SettledDevices = new Map();
      const told = { reader: [] as string[], scanner: [] as string[] };
      for (const { role, state } of reports) {
        const status = {
          type: 'device',
          model: 'x',
          samId: null,
          simulated: false,
          detail: null,
          health: NO_HEALTH,
        } as const;
        const { after, events } = deviceChanges(devices, { ...status, role, state });
        devices = after;
        for (const { type, fields } of events) {
          told[role].push(type === 'device.disconnected' ? String(Object.values(fields)[1]) : 'ready');
        }
      }
      for (const role of ['reader', 'scanner'] as const) {
        // No state is told twice in a row, and the last one told is the last one settled.
        for (const [index, state] of told[role].entries()) expect(state).not.toBe(told[role][index + 1]);
        const settled = reports.filter((each) => each.role === role && each.state !== 'connecting');
        expect(told[role].at(-1)).toBe(settled.at(-1)?.state);
      }
    }),
  );
});
