/** Writes the recordings of this folder anew, from simulated devices: node test/drivers/recordings/write-samples.ts */
import { writeFileSync } from 'node:fs';
import { recordScans, replayScans, scanNames } from '../recording/recorded-scans.ts';
import { recordVisit, reportNames } from '../recording/recorded-visit.ts';
import { hidReports } from '../recording/streams-of-a-person.ts';
import { HID_SCANNER, SSI_SCANNER } from '../scanner/scanner-bench.ts';
import { simulatedSsi } from '../scanner/simulated-ssi.ts';
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
  write(name, text, [
    `note Simulated reader whose module says it is a real one, so that the card is masked. ${note}`,
    ...reportNames(reports).map((report) => `expect ${report}`),
  ]);
}

const LONG_CODE = `EIDP1:${'0123456789'.repeat(40)}`;
const ssi = await recordScans({
  device: SSI_SCANNER,
  time: 200,
  scanner({ timers, send }) {
    const simulator = simulatedSsi({ timers, send });
    return { receive: simulator.receive, begin: () => simulator.show(LONG_CODE) };
  },
});
await writeScans('ssi-scans-a-long-code', ssi, 'Simulated SSI scanner. A code in two packets.');
const hid = await recordScans({
  device: HID_SCANNER,
  time: 200,
  scanner: ({ send }) => ({
    receive: () => {},
    begin() {
      for (const report of hidReports(new TextEncoder().encode(LONG_CODE))) send(report);
      for (const report of hidReports(Uint8Array.of(0x41, 0xff))) send(report);
    },
  }),
});
await writeScans(
  'hid-pos-scans-a-long-code',
  hid,
  'Simulated HID scanner of the layout honeywell. A code in eight reports, and one that is no text.',
);

/** Where the recording ends, the replayed device is unplugged: that report is not expected. */
async function writeScans(
  name: string,
  { text, recording }: Awaited<ReturnType<typeof recordScans>>,
  note: string,
): Promise<void> {
  const names = scanNames((await replayScans(recording)).reports);
  const expected = names.slice(0, names.findLastIndex((each) => each !== 'device absent') + 1);
  write(name, text, [`note ${note}`, ...expected.map((report) => `expect ${report}`)]);
}

function write(name: string, text: string, head: readonly string[]): void {
  const blank = text.indexOf('\n\n');
  writeFileSync(
    new URL(`./${name}.recording`, import.meta.url),
    `${text.slice(0, blank)}\n${head.join('\n')}${text.slice(blank)}`,
  );
}
