import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { READY_WITHIN_MS } from '#contract/console-devices.ts';
import type { Device } from '#contract/device.ts';
import { NO_HEALTH } from '#contract/driver-messages.ts';
import {
  type ChangeEffect,
  type ChangeEvent,
  type DeviceChange,
  isUnderWay,
  NO_CHANGE,
  stepChange,
  withDevice,
} from '#station/devices/device-change.ts';
import type { DeviceStatus } from '#station/drivers/driver-link.ts';
import { at, READER, SCANNER } from './sample-devices.ts';

const MOVED = at(SCANNER, '/dev/ttyACM9');
const BEFORE: readonly Device[] = [READER, SCANNER];
const CANDIDATE: readonly Device[] = [READER, MOVED];
const SAVE: ChangeEvent = { type: 'save', device: MOVED, inForce: BEFORE, now: 100 };

function status(role: DeviceStatus['role'], state: DeviceStatus['state'], detail: string | null = null) {
  const said: DeviceStatus = {
    ...{ type: 'device', role, state, model: 'M', samId: null, simulated: false, detail },
    health: NO_HEALTH,
  };
  return { type: 'status', status: said } as const;
}

function play(events: readonly ChangeEvent[]) {
  let change: DeviceChange = NO_CHANGE;
  const effects: ChangeEffect[] = [];
  for (const event of events) {
    const step = stepChange(change, event);
    change = step.change;
    effects.push(...step.effects);
  }
  return { change, effects };
}

describe('a device that is saved', () => {
  test('is driven first, written when it is ready, and kept when the disk has it', () => {
    const { change, effects } = play([
      SAVE,
      status('scanner', 'connecting'),
      status('scanner', 'ready'),
      { type: 'written', fault: null, at: 7 },
    ]);
    expect(change).toEqual({ at: 'kept', device: MOVED, since: 7 });
    expect(effects).toEqual([
      { type: 'drive', devices: CANDIDATE },
      { type: 'write', devices: CANDIDATE },
      { type: 'tell-kept', device: MOVED, devices: CANDIDATE },
    ]);
  });

  test('is not kept because another device is ready', () => {
    expect(play([SAVE, status('reader', 'ready')]).change.at).toBe('trying');
  });

  test('has so long, and no longer', () => {
    expect(play([SAVE]).change).toMatchObject({ at: 'trying', until: 100 + READY_WITHIN_MS });
    const { change, effects } = play([
      SAVE,
      status('scanner', 'absent', '/dev/ttyACM9: no such file'),
      status('scanner', 'connecting'),
      { type: 'time-up', at: 9 },
    ]);
    expect(change).toEqual({
      ...{ at: 'rolled-back', device: MOVED, since: 9, reason: 'not-ready' },
      detail: '/dev/ttyACM9: no such file',
    });
    expect(effects.slice(1)).toEqual([
      { type: 'drive', devices: BEFORE },
      { type: 'tell-rolled-back', device: MOVED, reason: 'not-ready' },
    ]);
  });

  test('goes back when the disk does not take the list', () => {
    const { change, effects } = play([
      SAVE,
      status('scanner', 'ready'),
      { type: 'written', fault: 'ENOSPC', at: 1 },
    ]);
    expect(change).toMatchObject({ at: 'rolled-back', reason: 'not-written', detail: 'ENOSPC' });
    expect(effects).toContainEqual({ type: 'drive', devices: BEFORE });
  });

  test('goes back when the console is left', () => {
    const { change } = play([SAVE, { type: 'console-left', at: 3 }]);
    expect(change).toMatchObject({ at: 'rolled-back', reason: 'console-left' });
  });

  test('takes the place of its role, wherever that stands, and of every one of them', () => {
    expect(withDevice([SCANNER, READER, SCANNER], MOVED)).toEqual([MOVED, READER]);
    expect(withDevice([READER], MOVED)).toEqual([READER, MOVED]);
  });
});

describe('a device that is to leave', () => {
  const remove = { type: 'remove', role: 'scanner', inForce: BEFORE } as const;

  test('is driven no more, and the list is written without it', () => {
    const { change, effects } = play([remove, { type: 'written', fault: null, at: 4 }]);
    expect(change).toEqual({ at: 'removed', device: SCANNER, since: 4 });
    expect(effects).toEqual([
      { type: 'drive', devices: [READER] },
      { type: 'write', devices: [READER] },
      { type: 'tell-removed', device: SCANNER, devices: [READER] },
    ]);
  });

  test('stays when the disk does not take the list, and when it is not there', () => {
    const { change, effects } = play([remove, { type: 'written', fault: 'ENOSPC', at: 4 }]);
    expect(change).toMatchObject({ at: 'rolled-back', reason: 'not-written' });
    expect(effects).toContainEqual({ type: 'drive', devices: BEFORE });
    expect(play([{ ...remove, role: 'lamp' }])).toEqual({ change: NO_CHANGE, effects: [] });
  });
});

describe('a list that is given up', () => {
  const erase = { type: 'erase', settings: BEFORE, inForce: CANDIDATE } as const;

  test('leaves the settings’ devices', () => {
    const { change, effects } = play([erase, { type: 'written', fault: null, at: 5 }]);
    expect(change).toEqual({ at: 'erased', since: 5 });
    expect(effects).toEqual([
      { type: 'drive', devices: BEFORE },
      { type: 'erase' },
      { type: 'tell-erased', devices: BEFORE },
    ]);
  });

  test('holds when the disk does not let it go', () => {
    const { change, effects } = play([erase, { type: 'written', fault: 'EROFS', at: 5 }]);
    expect(change).toEqual({ at: 'not-erased', since: 5, detail: 'EROFS' });
    expect(effects.at(-1)).toEqual({ type: 'drive', devices: CANDIDATE });
  });
});

const anyDevice = fc.constantFrom<Device>(READER, SCANNER, MOVED, at(READER, '/dev/ttyUSB7'));
const anyEvent: fc.Arbitrary<ChangeEvent> = fc.oneof(
  fc.record({
    type: fc.constant('save' as const),
    device: anyDevice,
    inForce: fc.array(anyDevice, { maxLength: 4 }),
    now: fc.nat(),
  }),
  fc
    .tuple(
      fc.constantFrom('reader' as const, 'scanner' as const),
      fc.constantFrom('absent' as const, 'connecting' as const, 'ready' as const),
    )
    .map(([role, state]) => status(role, state)),
  fc.record({
    type: fc.constant('remove' as const),
    role: fc.constantFrom('reader' as const, 'scanner' as const, 'lamp' as const),
    inForce: fc.constant(BEFORE),
  }),
  fc.record({
    type: fc.constant('erase' as const),
    settings: fc.constant(BEFORE),
    inForce: fc.constant(BEFORE),
  }),
  fc.record({ type: fc.constant('time-up' as const), at: fc.nat() }),
  fc.record({
    type: fc.constant('written' as const),
    fault: fc.option(fc.constant('ENOSPC')),
    at: fc.nat(),
  }),
  fc.record({ type: fc.constant('console-left' as const), at: fc.nat() }),
);

test('whatever happens, what is driven at rest is the list in force: the one before, or the one that was written', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
      let change: DeviceChange = NO_CHANGE;
      let driven: readonly Device[] = BEFORE;
      let inForce: readonly Device[] = BEFORE;
      for (const each of events) {
        const event = 'inForce' in each ? { ...each, inForce } : each;
        const step = stepChange(change, event);
        change = step.change;
        for (const effect of step.effects) {
          if (effect.type === 'drive') driven = effect.devices;
          if (effect.type === 'tell-kept' || effect.type === 'tell-removed' || effect.type === 'tell-erased')
            inForce = effect.devices;
        }
        if (!isUnderWay(change)) expect(driven).toEqual(inForce);
      }
    }),
  );
});
