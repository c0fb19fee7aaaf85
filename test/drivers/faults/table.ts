import { readFileSync } from 'node:fs';
import type { Outcome } from './driven.ts';
import { LAMP_FAULTS, lightThrough } from './lamps.ts';
import { PRINTER_FAULTS, printThrough } from './printers.ts';
import { SCANNERS, scanThrough } from './scanners.ts';
import { READERS, readThrough } from './visit.ts';

export const TABLE = new URL('./fault-table.md', import.meta.url);

const READER_FAULTS = [
  'none',
  'on read: drop-byte 0',
  'on read: drop-byte 5',
  'on read: drop-byte 700',
  'on read: bad-checksum',
  'on find: bad-checksum',
  'on find: delay 1600',
  'on read: delay 6000',
  'on read: cut-after 500',
  'on find: status 24',
  'on select: status 81',
  'on read: status 41',
  'on read: status 32',
  'on read: status 66',
  'on read: silence',
  'on read: silence 20000',
  'on find: unplug-at 0 3000',
  'on read: unplug-at 640 3000',
  'on read: power-cycle',
  'on read: power-cycle 10000',
  'on read: babble 4096',
];
const SCANNER_FAULTS = [
  'none',
  'on scan: drop-byte 3',
  'on scan: drop-byte 22',
  'on scan: delay 2000',
  'on scan: cut-after 5',
  'on scan: silence',
  'on scan: silence 10000',
  'on scan: unplug-at 5 3000',
  'on scan: power-cycle',
  'on scan: babble 400',
  'on scan: babble 9000',
];
/** Two reports of 63 bytes each are one code. */
const HID_SCANNER_FAULTS = [
  'none',
  'on scan: drop-byte 0',
  'on scan: drop-byte 22',
  'on scan: delay 2000',
  'on scan: cut-after 40',
  'on scan: cut-after 63',
  'on scan: silence',
  'on scan: silence 10000',
  'on scan: unplug-at 63 3000',
  'on scan: power-cycle',
  'on scan: babble 441',
  'on scan: babble 9009',
];
const PRINTER_MODEL = 'ESC/POS printer';
const LAMP_MODEL = 'LCUS lamp';

export interface Row {
  readonly model: string;
  readonly fault: string;
  readonly citizen: string;
  readonly technician: string;
  readonly recovered: string;
}

function tried(model: string, fault: string): Promise<Outcome> {
  if (model === PRINTER_MODEL) return printThrough(fault);
  if (model === LAMP_MODEL) return lightThrough(fault);
  const script = fault === 'none' ? '' : fault;
  return model in SCANNERS ? scanThrough(model, script) : readThrough(model, script);
}

export async function rowOf(model: string, fault: string): Promise<Row> {
  const { citizen, technician, recovered } = await tried(model, fault);
  const isByStaff = citizen.endsWith('asks staff');
  return { model, fault, citizen, technician, recovered: isByStaff ? 'by staff' : `${recovered} ms` };
}

const every = (models: readonly string[], faults: readonly string[]) =>
  models.flatMap((model) => faults.map((fault) => [model, fault] as const));

/** Every model with every fault of its kind, by what the columns say. */
export const PARTS = {
  read: [
    ...every(Object.keys(READERS), READER_FAULTS),
    ...Object.keys(SCANNERS).flatMap((model) =>
      every([model], model.startsWith('HID') ? HID_SCANNER_FAULTS : SCANNER_FAULTS),
    ),
  ],
  printed: every([PRINTER_MODEL], PRINTER_FAULTS),
  lit: every([LAMP_MODEL], LAMP_FAULTS),
};
export const ALL_ROWS = Object.values(PARTS).flat();

export function readTable(): readonly Row[] {
  return readFileSync(TABLE, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| model'))
    .map((line) => {
      const [model = '', fault = '', citizen = '', technician = '', recovered = ''] = line
        .slice(2, -2)
        .split(' | ')
        .map((cell) => cell.trim());
      return { model, fault, citizen, technician, recovered };
    });
}
