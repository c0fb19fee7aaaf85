import { readFileSync } from 'node:fs';
import { READERS, readThrough, scanThrough } from './visit.ts';

export const TABLE = new URL('./fault-table.md', import.meta.url);
export const SCANNER_MODEL = 'line scanner';

/** What the table tries each model with. */
export const READER_FAULTS = [
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
export const SCANNER_FAULTS = [
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

export interface Row {
  readonly model: string;
  readonly fault: string;
  readonly citizen: string;
  readonly technician: string;
  readonly recovered: string;
}

export async function rowOf(model: string, fault: string): Promise<Row> {
  const script = fault === 'none' ? '' : fault;
  const { citizen, technician, recovered } =
    model === SCANNER_MODEL ? await scanThrough(script) : await readThrough(model, script);
  const isOver = citizen.endsWith('read');
  return { model, fault, citizen, technician, recovered: isOver ? `${recovered} ms` : 'by staff' };
}

/** Every model with every fault of its kind. */
export const ALL_ROWS: readonly (readonly [model: string, fault: string])[] = [
  ...Object.keys(READERS).flatMap((model) => READER_FAULTS.map((fault) => [model, fault] as const)),
  ...SCANNER_FAULTS.map((fault) => [SCANNER_MODEL, fault] as const),
];

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
