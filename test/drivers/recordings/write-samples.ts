/** Writes the recordings of this folder anew, from simulated readers: node test/drivers/recordings/write-samples.ts */
import { writeFileSync } from 'node:fs';
import { recordVisit, reportNames } from '../recording/recorded-visit.ts';
import { STRICT_CARD } from './sample-card.ts';

const SAMPLES = {
  'reads-a-card': { faults: '', note: 'A card is read.' },
  'damaged-photo': { faults: 'on read: bad-checksum', note: 'The answer to reading has a wrong checksum.' },
  'unplugged-in-the-photo': {
    faults: 'on read: unplug-at 640 1000',
    note: 'The plug is pulled and put back.',
  },
  'late-answer': {
    faults: 'on read: delay 6000',
    note: 'The answer to reading comes after it was given up.',
  },
  'babbling-line': {
    faults: 'on read: babble 600',
    note: 'Rubbish with beginnings of frames before the answer.',
  },
} as const;

for (const [name, { faults, note }] of Object.entries(SAMPLES)) {
  const { text, reports } = await recordVisit({ card: STRICT_CARD, faults, time: 20_000 });
  const head = [
    `note Simulated reader whose module says it is a real one, so that the card is masked. ${note}`,
    ...reportNames(reports).map((report) => `expect ${report}`),
  ];
  const blank = text.indexOf('\n\n');
  writeFileSync(
    new URL(`./${name}.recording`, import.meta.url),
    `${text.slice(0, blank)}\n${head.join('\n')}${text.slice(blank)}`,
  );
}
