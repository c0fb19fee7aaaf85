import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toEmbedding } from '#domain/comparison/embedding.ts';
import { pairsOf } from '../../../tools/calibrate/own-pairs.ts';
import { proportion } from '../../../tools/calibrate/proportion.ts';
import { ratesOf } from '../../../tools/calibrate/rates.ts';
import { calibrationOf, calibrationText } from '../../../tools/calibrate/report.ts';
import { distancesBetween, type Sample } from '../../../tools/calibrate/sample.ts';

describe('the rates of a calibration', () => {
  it('are counted at the table’s limits', () => {
    const rates = ratesOf({ genuine: [0.3, 0.4, 0.6, 0.7], impostor: [0.5, 0.6, 0.8, 0.9] });
    expect(rates.falseSame).toMatchObject({ count: 1, of: 4 });
    expect(rates.falseDifferent).toMatchObject({ count: 1, of: 4 });
    expect([rates.genuineUntold.count, rates.impostorUntold.count]).toEqual([1, 1]);
    expect(rates.missedAtOneInThousand).toBeNull();
  });

  it('find the limit at which both errors are equal', () => {
    expect(ratesOf({ genuine: [0.2, 0.3], impostor: [0.7, 0.8] }).equalError?.rate.share).toBe(0);
    const mixed = ratesOf({ genuine: [0.1, 0.2, 0.3, 0.8], impostor: [0.25, 0.7, 0.8, 0.9] });
    expect(mixed.equalError?.rate.share).toBe(0.25);
    expect(ratesOf({ genuine: [], impostor: [0.5] }).equalError).toBeNull();
  });

  it('say what is missed at one false match in a thousand, once there are a thousand', () => {
    const impostor = Array.from({ length: 1000 }, (_, index) => 0.5 + index / 1000);
    const missed = ratesOf({ genuine: [0.4, 0.5, 0.6, 0.7], impostor }).missedAtOneInThousand;
    expect(missed?.limit).toBeCloseTo(0.501);
    expect(missed?.rate).toMatchObject({ count: 2, of: 4 });
  });

  it('have an interval that holds the share and lies within 0 and 1', () => {
    expect(proportion(0, 20).high).toBeCloseTo(0.161, 2);
    expect(proportion(50, 100)).toMatchObject({
      low: expect.closeTo(0.404, 3),
      high: expect.closeTo(0.596, 3),
    });
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 1, max: 500 }), (count, more) => {
        const { low, share, high } = proportion(count, count + more);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low <= share + 1e-12 && share <= high + 1e-12).toBe(true);
      }),
    );
  });
});

const sample = (person: string, name: string, at: number): Sample => ({
  person,
  name,
  from: 'frame',
  embedding: toEmbedding([at, ...new Array<number>(127).fill(0)]),
  fault: null,
  tookMs: 90,
});

describe('the pairs of a calibration', () => {
  it('are each taken once, a picture never with itself, and without those that could not be read', () => {
    const unread: Sample = { ...sample('c', '1', 0), embedding: null, fault: 'no-face' };
    const samples = [sample('a', '1', 0), sample('a', '2', 0.25), sample('b', '1', 1), unread];
    const all = () => true;
    const { genuine, impostor } = distancesBetween(samples, { one: all, other: all });
    expect(genuine).toEqual([0.25]);
    expect(impostor.toSorted()).toEqual([0.75, 1]);
    const text = calibrationText(
      calibrationOf({
        source: 'generated-heads',
        samples,
        people: 3,
        groups: { all: { genuine, impostor } },
      }),
    );
    expect(text).toContain('regression');
    expect(text).toContain('1 no-face');
  });

  it('are read from lines, and a line that is none is named', () => {
    expect(pairsOf('# set\nsame\ta/1.jpg\ta/2.jpg\n\ndifferent\ta/1.jpg\tb/card.png\n')).toEqual([
      { same: true, one: 'a/1.jpg', other: 'a/2.jpg' },
      { same: false, one: 'a/1.jpg', other: 'b/card.png' },
    ]);
    for (const text of ['same\ta.jpg', 'equal\ta\tb', 'same\ta\tb\tc'])
      expect(() => pairsOf(`# first\n${text}`)).toThrow('line 2');
  });
});
