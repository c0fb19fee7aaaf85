import { isReady, LONGEST, type Outcome, technicianSees } from './driven.ts';
import { type SlipStand, slipStand } from './slip-stand.ts';

/** Milliseconds between a fault and the next slip, and between a slip and somebody who comes to the printer. */
const COMING = 5000;
/** Lines of a slip that hang from the printer in the middle of it. */
const HALF = 12;
/** Bytes of a slip that are through when the plug is pulled in the middle of them. */
const HALF_SENT = 200;

const UNKNOWN = 'not printed: unknown';

interface Trouble {
  /** Long before a slip is wanted, or right before. */
  readonly before?: (stand: SlipStand) => void;
  readonly justBefore?: (stand: SlipStand) => void;
  /** In the middle of the slip. */
  readonly during?: (stand: SlipStand) => void;
  /** What somebody does who comes to the printer. */
  readonly repair?: (stand: SlipStand) => void;
}

const noPaper = (stand: SlipStand) => stand.printer().set({ paper: 'none' });
const opens = (stand: SlipStand) => stand.printer().set({ cover: 'open' });
const jams = (stand: SlipStand) => stand.printer().set({ cutter: 'jammed' });
const fallsSilent = (stand: SlipStand) => stand.printer().set({ answers: 'silent' });
const unplugs = (stand: SlipStand) => stand.cable.unplug();
const plugs = (stand: SlipStand) => stand.cable.plug();
/** Everything is put right, and what hangs from the printer taken away. */
function putsRight(stand: SlipStand): void {
  stand.printer().set({ paper: 'plenty', cover: 'closed', cutter: 'well', answers: 'all' });
  stand.printer().tearOff();
}
const powerCycle = (dark: number) => (stand: SlipStand) => {
  stand.powerOff();
  stand.timers.after(dark, stand.powerOn);
};

const TROUBLES: Readonly<Record<string, Trouble>> = {
  none: {},
  'no paper': { before: noPaper, repair: putsRight },
  'paper out just before': { justBefore: noPaper, repair: putsRight },
  'paper out in mid-slip': { during: noPaper, repair: putsRight },
  'paper out before the cut': {
    justBefore: (stand) => stand.printer().leaveLines(stand.receipts().join('\n').split('\n').length),
    repair: putsRight,
  },
  'paper low': { before: (stand) => stand.printer().set({ paper: 'low' }), repair: putsRight },
  'cover open': { before: opens, repair: putsRight },
  'cover opened in mid-slip': { during: opens, repair: putsRight },
  'cutter jammed': { before: jams, repair: putsRight },
  'cutter jams in mid-slip': { during: jams, repair: putsRight },
  unplugged: { before: unplugs, repair: plugs },
  'unplugged just before': { justBefore: unplugs, repair: plugs },
  'unplugged while it is sent': {
    justBefore: (stand) => stand.unplugAfter(HALF_SENT),
    repair(stand) {
      putsRight(stand);
      plugs(stand);
    },
  },
  'unplugged in mid-slip': { during: unplugs, repair: plugs },
  silent: { before: fallsSilent, repair: putsRight },
  'silent from just before': { justBefore: fallsSilent, repair: putsRight },
  'silent from mid-slip': { during: fallsSilent, repair: putsRight },
  'power off for 3000 ms, just before': { justBefore: powerCycle(3000) },
  'power off for 3000 ms in mid-slip': { during: powerCycle(3000) },
  'power off for 30000 ms in mid-slip': { during: powerCycle(30_000) },
};
export const PRINTER_FAULTS = Object.keys(TROUBLES);

/**
 * Somebody waits for a slip, and somebody comes to the printer afterwards, if need be. What the screen says is set
 * against what comes out; after `unknown` either may be. Throws where the next slip does not come out.
 */
export async function printThrough(fault: string): Promise<Outcome> {
  const trouble = TROUBLES[fault];
  if (trouble === undefined) throw new Error(`no fault of printers is called ${fault}`);
  const stand = slipStand();
  const { timers, reports } = stand;
  await timers.until(() => isReady(reports));
  const first = await stand.print();
  const [whole] = stand.receipts();
  if (first !== 'printed' || whole === undefined) throw new Error(`the slip before the fault is ${first}`);
  await timers.advance(COMING);

  const before = reports.length;
  trouble.before?.(stand);
  await timers.advance(COMING);
  trouble.justBefore?.(stand);
  const begin = timers.monotonic();
  const ended = await stand.print(async () => {
    if (!trouble.during) return;
    await timers.until(() => stand.printer().hanging().length >= HALF);
    trouble.during(stand);
  });
  const recovered = timers.monotonic() - begin;

  await timers.advance(COMING);
  const cameOut = stand.receipts().slice(1);
  const isWhole = cameOut.length === 1 && cameOut[0] === whole;
  const isSo = ended === 'printed' ? isWhole : ended === UNKNOWN || cameOut.length === 0;
  trouble.repair?.(stand);
  await timers.advance(COMING);
  await timers.until(() => isReady(reports), LONGEST);
  const next = await stand.print();
  if (next !== 'printed' || stand.receipts().at(-1) !== whole)
    throw new Error(`${fault}: the next slip is ${next}`);
  await stand.stop();
  return {
    citizen: `printing, ${ended}${isSo ? '' : ` (${cameOut.length} came out)`}`,
    technician: technicianSees(reports.slice(before)),
    recovered,
  };
}
