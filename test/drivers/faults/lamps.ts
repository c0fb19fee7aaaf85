import type { LampDevice } from '#contract/device.ts';
import type { DriverReport, LampSign } from '#contract/driver-messages.ts';
import { createLcusRelaySimulator } from '#drivers/simulator/lcus-relays.ts';
import { manualTimers } from '../manual-timers.ts';
import { driven, LONGEST, type Outcome, technicianSees, withoutRepeats } from './driven.ts';
import { memoryWire } from './wires.ts';

const PATH = '/dev/ttyUSB2';
const LAMP: LampDevice = {
  role: 'lamp',
  model: 'Status lamp',
  simulated: true,
  protocol: 'lcus',
  connection: { transport: 'serial', path: PATH, baudRate: 9600 },
  channels: { green: 1, amber: 2, red: 3 },
};
const LIGHTS: Readonly<Record<LampSign, string>> = {
  free: 'green',
  'in-use': 'amber',
  'call-staff': 'red',
  off: 'dark',
};
const COLOURS = ['green', 'amber', 'red'] as const;

/** What befalls a lamp that is green, and what the station wants it to show meanwhile. */
const TROUBLES: Readonly<
  Record<string, { readonly unpluggedFor: number; readonly wants: LampSign; readonly after: number }>
> = {
  none: { unpluggedFor: 0, wants: 'in-use', after: 0 },
  'unplugged for 3000 ms': { unpluggedFor: 3000, wants: 'free', after: 0 },
  'unplugged for 60000 ms': { unpluggedFor: 60_000, wants: 'free', after: 0 },
  'unplugged for 3000 ms, staff called meanwhile': { unpluggedFor: 3000, wants: 'call-staff', after: 1000 },
  'unplugged for 3000 ms as a citizen comes': { unpluggedFor: 3000, wants: 'in-use', after: 0 },
};
export const LAMP_FAULTS = Object.keys(TROUBLES);

/** The lamp is pulled, loses its relays, and is put back; until it shows what the station wants. */
export async function lightThrough(fault: string): Promise<Outcome> {
  const trouble = TROUBLES[fault];
  if (trouble === undefined) throw new Error(`no fault of lamps is called ${fault}`);
  const timers = manualTimers();
  const reports: DriverReport[] = [];
  const seen: string[] = [];
  const wire = memoryWire(PATH);
  const lamp = createLcusRelaySimulator();
  const shown = () => {
    const lit = lamp.lit();
    return COLOURS.filter((colour) => lit.includes(LAMP.channels[colour] ?? 0)).join(' and ') || 'dark';
  };
  wire.onWrite((bytes) => {
    lamp.receive(bytes);
    seen.push(shown());
  });
  const { driver, cable } = driven({ device: LAMP, wire, timers, reports });
  driver.handle({ type: 'lamp.show', sign: 'free' });
  await timers.until(() => shown() === 'green');
  await timers.advance(1000);

  const begin = timers.monotonic();
  const before = reports.length;
  seen.splice(0, seen.length, shown());
  const { unpluggedFor, wants, after } = trouble;
  timers.after(after, () => driver.handle({ type: 'lamp.show', sign: wants }));
  if (unpluggedFor > 0) {
    cable.unplug();
    lamp.losePower();
    seen.push(shown());
    timers.after(unpluggedFor, cable.plug);
    await timers.advance(unpluggedFor);
  }
  await timers.until(() => shown() === LIGHTS[wants], LONGEST);
  const recovered = timers.monotonic() - begin;
  await timers.advance(1000);
  const citizen = withoutRepeats(seen).join(', ');
  const technician = technicianSees(reports.slice(before));
  const stopping = driver.stop();
  await timers.advance(1000);
  await stopping;
  if (shown() !== 'dark') throw new Error(`${fault}: the lamp is left on`);
  return { citizen, technician, recovered };
}
