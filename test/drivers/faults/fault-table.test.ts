import { describe, expect, it } from 'vitest';
import { ALL_ROWS, PARTS, readTable, rowOf } from './table.ts';

const table = readTable();
const rowsOf = (part: keyof typeof PARTS) =>
  table.filter((row) => PARTS[part].some(([model, fault]) => model === row.model && fault === row.fault));
const time = (recovered: string) => Number.parseInt(recovered, 10);

describe('the table of faults', () => {
  it('has every model with every fault of its kind', () => {
    expect(table.map(({ model, fault }) => [model, fault])).toEqual(ALL_ROWS.map((row) => [...row]));
  });

  it.each(table.map((row) => [row.model, row.fault, row] as const))('%s: %s', async (model, fault, row) => {
    expect(await rowOf(model, fault)).toEqual(row);
  });

  it('ends every row but a refused card with a whole card or code, and none later than half a minute', () => {
    for (const { fault, citizen, recovered } of rowsOf('read')) {
      if (fault === 'on read: status 32')
        expect([citizen, recovered]).toEqual(['refused, asks staff', 'by staff']);
      else expect([citizen.endsWith('read'), time(recovered) < 30_000]).toEqual([true, true]);
    }
  });

  it('tells of every slip within half a minute whether it came out, and tells nothing that is not so', () => {
    for (const { fault, citizen, recovered } of rowsOf('printed')) {
      const said = expect.stringMatching(/^printing, (printed|not printed: [a-z-]+)$/);
      expect([fault, citizen]).toEqual([fault, said]);
      expect(time(recovered)).toBeLessThan(30_000);
    }
  });

  it('has the device ready in the end, whatever befell it', () => {
    for (const { technician } of table) expect(technician).toMatch(/(^|, )ready( \([^)]*\))?$/);
  });
});
