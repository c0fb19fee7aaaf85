import { describe, expect, it } from 'vitest';
import { ALL_ROWS, readTable, rowOf } from './table.ts';

const table = readTable();

describe('the table of faults', () => {
  it('has every model with every fault of its kind', () => {
    expect(table.map(({ model, fault }) => [model, fault])).toEqual(ALL_ROWS.map((row) => [...row]));
  });

  it.each(table.map((row) => [row.model, row.fault, row] as const))('%s: %s', async (model, fault, row) => {
    expect(await rowOf(model, fault)).toEqual(row);
  });

  it('ends every row but a refused card with a whole card or code, and none later than half a minute', () => {
    for (const { fault, citizen, recovered } of table) {
      if (fault === 'on read: status 32')
        expect([citizen, recovered]).toEqual(['refused, asks staff', 'by staff']);
      else expect([citizen.endsWith('read'), Number.parseInt(recovered, 10) < 30_000]).toEqual([true, true]);
    }
  });
});
