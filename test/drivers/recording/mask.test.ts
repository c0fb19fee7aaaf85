import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCard } from '#domain/identity/decode-card.ts';
import { maskedCardTexts } from '#drivers/recording/masked-card-text.ts';
import { parseRecording } from '#drivers/recording/parse-recording.ts';
import { CARD } from '../reader/reader-bench.ts';
import { recordVisit, replayVisit, reportNames } from './recorded-visit.ts';

const utf16 = (text: string) => Buffer.from(text, 'utf16le');

/** A card of anybody: fields as they stand in the text block of a resident card, padded with spaces. */
function cardOf(person: { name: string; address: string; number: string }) {
  const text = utf16(' '.repeat(128));
  text.set(utf16(person.name), 0);
  text.set(utf16(person.address), 52);
  text.set(utf16(person.number), 122);
  return { kind: 'identity', text: Uint8Array.from(text), photo: new Uint8Array(1024).fill(0x5a) } as const;
}

const han = (minLength: number, maxLength: number) =>
  fc
    .array(fc.integer({ min: 0x4e00, max: 0x9fa5 }), { minLength, maxLength })
    .map((codes) => String.fromCharCode(...codes));
const person = fc.record({
  name: han(2, 15),
  address: han(4, 35),
  number: fc.stringMatching(/^[1-9]\d{17}$/),
});
const FAULTS = [
  '',
  'on read: bad-checksum',
  'on read: cut-after 500',
  'on read: cut-after 40',
  'on read: silence',
  'on read: drop-byte 2',
  'on read: drop-byte 6',
  'on read: drop-byte 200',
  'on read: babble 300',
  'on read: babble 4096',
  'on read: delay 6000',
  'on read: status 41',
  'on read: unplug-at 640 1000',
  'on read: power-cycle',
  'on find 2: bad-checksum\non read: drop-byte 100',
];

/** Every byte of the file's chunks, in order and by direction. */
function heardIn(text: string): Buffer {
  const parsed = parseRecording(text);
  if (!parsed.ok) throw new Error(`line ${parsed.error.line}: ${parsed.error.reason}`);
  return Buffer.concat(
    parsed.value.events.map((event) => (event.kind === 'heard' ? event.bytes : Buffer.alloc(0))),
  );
}

function withoutInvented(heard: Buffer): Buffer {
  let rest = heard.toString('latin1');
  for (const text of maskedCardTexts()) rest = rest.replaceAll(Buffer.from(text).toString('latin1'), '--');
  return Buffer.from(rest, 'latin1');
}

describe('a recording of a card that may be anybody’s', () => {
  it('holds no two characters of name, number or address, however the stream is cut and damaged', async () => {
    await fc.assert(
      fc.asyncProperty(
        person,
        fc.constantFrom(...FAULTS),
        fc.array(fc.integer({ min: 1, max: 120 }), { maxLength: 6 }),
        async (someone, faults, chunks) => {
          const { text } = await recordVisit({ card: cardOf(someone), faults, chunks });
          // The invented person who stands for everybody has digits, too.
          const heard = withoutInvented(heardIn(text));
          for (const field of [someone.name, someone.address, someone.number]) {
            for (let at = 0; at + 2 <= field.length; at += 1) {
              expect(
                heard.includes(utf16(field.slice(at, at + 2))),
                `${faults}: ${field.slice(at, at + 2)}`,
              ).toBe(false);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is the same for two people, so that it tells of neither', async () => {
    await fc.assert(
      fc.asyncProperty(
        person,
        person,
        fc.constantFrom('', ...FAULTS.filter((each) => !/drop-byte/.test(each))),
        async (one, other, faults) => {
          const first = await recordVisit({ card: cardOf(one), faults });
          const second = await recordVisit({ card: cardOf(other), faults });
          expect(second.text).toBe(first.text);
        },
      ),
      { numRuns: 20 },
    );
  });

  it.each(FAULTS)(
    'replays to the same reports as live (%j)',
    async (faults) => {
      for (const chunks of [[], [1], [7, 64, 3]]) {
        const live = await recordVisit({ card: CARD, faults, chunks, time: 20_000 });
        const parsed = parseRecording(live.text);
        if (!parsed.ok) throw new Error(`line ${parsed.error.line}: ${parsed.error.reason}`);
        const replayed = await replayVisit(parsed.value);
        expect(replayed.fault).toBeNull();
        expect(replayed.finished).toBe(true);
        // Where the recording ends the replayed device is unplugged.
        expect(reportNames(replayed.reports).slice(0, live.reports.length)).toEqual(
          reportNames(live.reports),
        );
      }
    },
    60_000,
  );

  it('keeps chunk boundaries and times, the module’s identity, and what is no card’s', async () => {
    const { text } = await recordVisit({ card: CARD, faults: 'on read: bad-checksum' });
    expect(text).toContain(
      'AA AA AA 96 69 00 14 00 00 90 05 00 01 00 3F B4 34 01 87 D6 12 00 15 CD 5B 07 F9',
    );
    expect(text).toContain('AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97');
    expect(text).toMatch(/# read text and photo/);
    expect(text).toMatch(/# SW 00 00 9F, 8 bytes/);
    const lengths = [...text.matchAll(/^\d+ <.*\n(?:\+.*\n)*/gm)].map(
      ([chunk]) => chunk.replace(/#.*/, '').match(/\b[\dA-F]{2}\b(?! <)/g)?.length,
    );
    expect(lengths).toContain(115);
  });

  it('keeps everything of a module that says it is an invented one', async () => {
    const whole = Buffer.from(CARD.text).toString('hex');
    const invented = await recordVisit({ card: CARD, faults: '', invented: true });
    expect(heardIn(invented.text).toString('hex')).toContain(whole);
    const unknown = await recordVisit({ card: CARD, faults: '' });
    expect(heardIn(unknown.text).toString('hex')).not.toContain(whole);
  });

  it.each([
    [' ', 'resident'],
    ['J', 'residence-permit'],
    ['I', 'foreigner-2017'],
    ['Y', 'foreigner-2023'],
    ['?', 'resident'],
  ])('replays a card with the layout letter %j as a valid invented one', async (letter, kind) => {
    const text = CARD.text.slice();
    text[248] = letter.charCodeAt(0);
    text[249] = 0;
    const visit = await recordVisit({
      card: { ...CARD, text, newestAddress: new Uint8Array(70).fill(0x41) },
      faults: '',
    });
    expect(heardIn(visit.text).toString('hex')).not.toContain('41414141');
    const parsed = parseRecording(visit.text);
    if (!parsed.ok) throw new Error(parsed.error.reason);
    const { reports } = await replayVisit(parsed.value);
    const read = reports.find((report) => report.type === 'card.read');
    if (read?.type !== 'card.read') throw new Error('no card was read');
    expect(decodeCard(read.text)).toMatchObject({ ok: true, value: { kind, validUntil: 'long-term' } });
    expect(new Set(read.photo)).toEqual(new Set([0x58]));
  });
});
