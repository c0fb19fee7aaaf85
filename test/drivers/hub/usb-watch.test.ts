import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { findByUsb } from '#drivers/hub/find-device.ts';
import { whenFound } from '#drivers/hub/usb-watch.ts';
import type { Timers } from '#drivers/timers.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { eventually } from '../eventually.ts';
import { manualTimers } from '../manual-timers.ts';
import { eventsHandled } from './events-handled.ts';
import { machineFolder } from './machine-folder.ts';

const NUMBERS = { vendorId: '2b8b', productId: '2721' } as const;
/** Time stands still: whatever is told was told by an event. */
const STILL: Timers = { monotonic: () => 0, after: () => () => {} };

function bench(timers: Timers) {
  const machine = machineFolder(temporaryFolder());
  const find = vi.fn(() => findByUsb({ root: machine.root, transport: 'hid', usb: NUMBERS }));
  const appeared = vi.fn();
  return {
    machine,
    find,
    appeared,
    watch: () => whenFound({ root: machine.root, find, timers, appeared }),
  };
}

describe('waiting for a device that is known by its USB numbers', () => {
  it('tells at once when its file comes, once', async () => {
    const { machine, appeared, watch } = bench(STILL);
    watch();
    machine.plug({ name: 'hidraw0', usb: { ...NUMBERS, productId: '0001' } });
    machine.plug({ name: 'hidraw1', usb: NUMBERS });
    await eventually(() => expect(appeared).toHaveBeenCalledTimes(1));
    machine.plug({ name: 'hidraw2', usb: NUMBERS });
    await eventsHandled(join(machine.root, 'dev'));
    expect(appeared).toHaveBeenCalledTimes(1);
  });

  it('looks every three seconds where no event tells, and no more once it is found', async () => {
    const timers = manualTimers();
    const { machine, find, appeared, watch } = bench(timers);
    // Its file is there before its descriptors: no event follows.
    writeFileSync(join(machine.root, 'dev/hidraw0'), '');
    watch();
    await timers.advance(6500);
    expect([find.mock.calls.length, appeared.mock.calls.length]).toEqual([3, 0]);
    machine.plug({ name: 'hidraw0', usb: NUMBERS, file: false });
    await timers.advance(3000);
    expect(appeared).toHaveBeenCalledTimes(1);
    const looks = find.mock.calls.length;
    await timers.advance(60_000);
    expect(find).toHaveBeenCalledTimes(looks);
  });

  it('neither watches nor looks when it is there already', async () => {
    const timers = manualTimers();
    const { machine, find, appeared, watch } = bench(timers);
    machine.plug({ name: 'hidraw0', usb: NUMBERS });
    watch();
    machine.plug({ name: 'hidraw1', usb: NUMBERS });
    await timers.advance(60_000);
    expect([find.mock.calls.length, appeared.mock.calls.length]).toEqual([1, 0]);
  });

  it('looks at nothing for files that are no devices of this kind', async () => {
    const { machine, find, watch } = bench(STILL);
    watch();
    for (const name of ['null', 'tty', 'tty1', 'ttyUSB0.lock', 'video0']) {
      writeFileSync(join(machine.root, 'dev', name), '');
    }
    writeFileSync(join(machine.root, 'dev/hidraw7'), '');
    await eventually(() => expect(find.mock.calls.length).toBeGreaterThan(1));
    // One look at the start; the file that could be one made a few events.
    expect(find.mock.calls.length).toBeLessThanOrEqual(4);
  });

  it('tells nothing once it was called off', async () => {
    const timers = manualTimers();
    const { machine, appeared, watch } = bench(timers);
    const stop = watch();
    stop();
    machine.plug({ name: 'hidraw0', usb: NUMBERS });
    await timers.advance(10_000);
    expect(appeared).not.toHaveBeenCalled();
  });
});
