import { describe, expect, it } from 'vitest';
import { readOrder } from '../../../tools/attacks/order.ts';

const SPECIES = { known: ['still-photo', 'mannequin'], live: 'live' };
const read = (...parameters: string[]) => readOrder(parameters, SPECIES);

describe('the order for attack runs', () => {
  it('is everything, two side by side, unless told otherwise', () => {
    expect(read()).toEqual({
      ok: true,
      value: {
        ...{ fromRecords: false, species: [], first: null, browsers: 2, anew: false },
        ...{ out: 'build/attacks', help: false },
      },
    });
  });

  it.each([
    [
      ['--species', 'still-photo,mannequin'],
      ['still-photo', 'mannequin'],
    ],
    [
      ['--species', 'still-photo', 'mannequin'],
      ['still-photo', 'mannequin'],
    ],
    [
      ['--species', 'still-photo', '--species', 'mannequin'],
      ['still-photo', 'mannequin'],
    ],
    [
      ['--species', 'mannequin', '--live'],
      ['mannequin', 'live'],
    ],
    [['--live'], ['live']],
  ])('takes %j', (parameters, species) => {
    expect(read(...parameters)).toMatchObject({ ok: true, value: { species } });
  });

  it.each([
    [['--species', 'mask']],
    [['mannequin']],
    [['--browsers', '0']],
    [['--browsers', 'two']],
    [['--from-records', '--anew']],
    [['--first', '0']],
    [['--fast']],
  ])('does not understand %j', (parameters) => {
    expect(read(...parameters).ok).toBe(false);
  });
});
