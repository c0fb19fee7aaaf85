import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CARD_VECTORS, FINGERPRINTS, PHOTO } from '../framing/sdt-vectors.ts';
import { READER, readerBench } from './reader-bench.ts';

/** Two cards that differ in every field, so that a mix of them shows. */
const CARDS = CARD_VECTORS.slice(0, 2).map(({ text }, index) => ({
  kind: 'identity' as const,
  text,
  photo: PHOTO.map((byte) => byte + index),
  fingerprints: FINGERPRINTS.map((byte) => byte + index),
}));

const occasion = fc.constantFrom('find', 'select', 'read', 'newest-address', 'status', 'sam-id', 'any');
const fault = fc.oneof(
  fc.nat(1400).map((at) => `drop-byte ${at % 20}`),
  fc.nat(1400).map((at) => `drop-byte ${at}`),
  fc.constant('bad-checksum'),
  fc.integer({ min: 10, max: 5000 }).map((milliseconds) => `delay ${milliseconds}`),
  fc.nat(1400).map((length) => `cut-after ${length}`),
  fc.constantFrom('status 41', 'status 24', 'status 80', 'status 90', 'status 9f', 'status 10', 'status 60'),
  fc.constantFrom('silence', 'silence 900', 'power-cycle 700'),
  fc.tuple(fc.nat(1400), fc.integer({ min: 20, max: 2000 })).map(([at, back]) => `unplug-at ${at} ${back}`),
  fc.nat(600).map((length) => `babble ${length}`),
);
const rule = fc
  .tuple(occasion, fc.integer({ min: 1, max: 4 }), fault)
  .map(([on, which, what]) => `on ${on} ${which}: ${what}`);

const act = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant('lay' as const), card: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('lift' as const) }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('ask' as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('watch' as const) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constant('misbehave' as const),
      script: fc.array(rule, { minLength: 1, maxLength: 5 }).map((rules) => rules.join('\n')),
    }),
  },
);
const visit = fc.array(fc.tuple(act, fc.nat(3000)), { minLength: 4, maxLength: 14 });

describe('whatever a reader and its cable do', () => {
  it.each([false, true])(
    'a card that is told is whole and was laid down, and afterwards all is well again (fingerprints: %s)',
    async (readsFingerprints) => {
      let told = 0;
      await fc.assert(
        fc.asyncProperty(visit, async (acts) => {
          const bench = readerBench({
            device: { ...READER, quirks: { ...READER.quirks, readsFingerprints } },
          });
          const laidDown = new Set<number>();
          for (const [deed, pause] of acts) {
            if (deed.what === 'lay') {
              const card = CARDS[deed.card];
              if (card) bench.simulator.insert(card);
              laidDown.add(deed.card);
            } else if (deed.what === 'lift') bench.simulator.lift();
            else if (deed.what === 'ask') bench.reader.handle({ type: 'reader.read' });
            else if (deed.what === 'watch') bench.reader.handle({ type: 'reader.watch' });
            else bench.misbehave(deed.script);
            await bench.timers.advance(pause);
          }
          for (const report of bench.reports) {
            if (report.type !== 'card.read') continue;
            told += 1;
            const { text, photo, fingerprints } = report;
            const whole = [...laidDown].map((index) => ({
              text: CARDS[index]?.text,
              photo: CARDS[index]?.photo,
              fingerprints: readsFingerprints ? CARDS[index]?.fingerprints : null,
            }));
            expect(whole).toContainEqual({ text, photo, fingerprints });
          }
          bench.misbehave('');
          bench.simulator.lift();
          bench.plug();
          await bench.timers.advance(20_000);
          const before = bench.reports.length;
          bench.reader.handle({ type: 'reader.read' });
          bench.simulator.insert(CARDS[0] ?? { kind: 'foreign' });
          await bench.timers.until(() =>
            bench.reports.slice(before).some(({ type }) => type === 'card.read'),
          );
          await bench.reader.stop();
        }),
        { numRuns: 150 },
      );
      expect(told).toBeGreaterThan(20);
    },
  );
});
