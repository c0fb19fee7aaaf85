import '../../src/require-node.mjs';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { embeddingDistance } from '#domain/comparison/embedding.ts';
import { createFaceReader } from '#faces/face-reader.ts';
import { refuseNetwork } from '#faces/refuse-network.ts';
import { picturesOfFolder } from './own-folder.ts';
import { type Pair, pairsOf } from './own-pairs.ts';
import type { Distances } from './rates.ts';
import { type KnownPicture, readSamples } from './read-samples.ts';
import { type Calibration, calibrationOf, calibrationText } from './report.ts';
import { distancesBetween, type Sample } from './sample.ts';

const USAGE = `npm run calibrate                      generated heads
npm run calibrate -- --folder FOLDER   pictures of your own: one folder per person
npm run calibrate -- --pairs FILE      same|different, tab, picture, tab, picture
                     --report FILE     where the numbers go as JSON (build/calibration.json)
Pictures are JPEG, PNG, WebP or BMP of at most 64 KiB and 4 megapixels; names that begin with "card" are portraits of
cards. Nothing is sent anywhere, and the report names nobody.`;

function options(): { readonly folder?: string; readonly pairs?: string; readonly report: string } | null {
  try {
    const { values } = parseArgs({
      options: {
        folder: { type: 'string' },
        pairs: { type: 'string' },
        report: { type: 'string', default: 'build/calibration.json' },
      },
    });
    return values.folder !== undefined && values.pairs !== undefined ? null : values;
  } catch {
    return null;
  }
}

/** Generated or own, in groups by what is compared with what. */
async function calibrateOn(
  source: Calibration['source'],
  pictures: readonly KnownPicture[],
): Promise<Calibration> {
  const samples = await readSamples(await createFaceReader(), pictures);
  const card = (sample: Sample) => sample.from === 'card';
  const frame = (sample: Sample) => sample.from === 'frame';
  const neutral = (sample: Sample) => sample.name === 'neutral';
  const groups: Record<string, Distances> = {
    'frame to frame': distancesBetween(samples, { one: frame, other: frame }),
  };
  if (samples.some(card)) groups['card to frame'] = distancesBetween(samples, { one: card, other: frame });
  if (source === 'generated-heads') {
    groups['neutral to neutral'] = distancesBetween(samples, { one: neutral, other: neutral });
    for (const name of new Set(samples.filter(frame).map((sample) => sample.name)))
      if (name !== 'neutral')
        groups[`neutral to ${name}`] = distancesBetween(samples, {
          one: neutral,
          other: (sample) => sample.name === name,
        });
  }
  const people = new Set(samples.map(({ person }) => person)).size;
  return calibrationOf({ source, samples, people, groups });
}

async function calibrateOnPairs(pairs: readonly Pair[], folder: string): Promise<Calibration> {
  const files = [...new Set(pairs.flatMap(({ one, other }) => [one, other]))];
  const pictures = files.map((name) => ({
    person: name,
    name,
    from: /^card/i.test(basename(name)) ? ('card' as const) : ('frame' as const),
    bytes: () => new Uint8Array(readFileSync(resolve(folder, name))),
  }));
  const samples = await readSamples(await createFaceReader(), pictures);
  const embeddings = new Map(samples.map(({ name, embedding }) => [name, embedding]));
  const distances = { genuine: [] as number[], impostor: [] as number[] };
  for (const { same, one, other } of pairs) {
    const [left, right] = [embeddings.get(one), embeddings.get(other)];
    if (left && right) distances[same ? 'genuine' : 'impostor'].push(embeddingDistance(left, right));
  }
  return calibrationOf({ source: 'own-pictures', samples, people: null, groups: { pairs: distances } });
}

const asked = options();
if (asked === null) {
  console.error(USAGE);
  process.exit(2);
}
if (asked.folder !== undefined || asked.pairs !== undefined) refuseNetwork();
let calibration: Calibration;
if (asked.pairs !== undefined)
  calibration = await calibrateOnPairs(pairsOf(readFileSync(asked.pairs, 'utf8')), dirname(asked.pairs));
else if (asked.folder !== undefined)
  calibration = await calibrateOn('own-pictures', picturesOfFolder(asked.folder));
else {
  const { picturesOfHeads } = await import('./generated-heads.ts');
  calibration = await calibrateOn('generated-heads', await picturesOfHeads());
}
process.stdout.write(calibrationText(calibration));
const report = resolve(asked.report);
mkdirSync(dirname(report), { recursive: true });
writeFileSync(report, `${JSON.stringify(calibration, null, 2)}\n`);
console.log(`numbers as JSON: ${asked.report}`);
