/**
 * Feeds random and half-valid bytes to every framer. `npm run fuzz -- [bytes] [seed]`: 100 000 000 bytes unless said,
 * shared out between the framers; the same seed gives the same bytes. Ends with 1 when a framer throws, holds more than
 * its bound, gives back more frames than it had bytes, stands still, or the process grows.
 */
import '../../src/require-node.mjs';
import { fuzzedFramers } from './framers.ts';
import { halfValid } from './half-valid.ts';
import { seededRandom } from './random.ts';

const [bytesWanted = '100000000', seedWanted = String(Date.now() % 1_000_000_007)] = process.argv.slice(2);
const total = Number(bytesWanted);
const seed = Number(seedWanted);
if (!Number.isSafeInteger(total) || total < 1 || !Number.isSafeInteger(seed)) {
  console.error('npm run fuzz -- [bytes] [seed]: both are whole numbers');
  process.exit(2);
}

/** Milliseconds that one chunk may take; some microseconds are usual. */
const STALL = 2000;
/** Bytes by which the process may grow: several collections' worth of what is made and dropped. */
const GROWTH = 300_000_000;
const LONGEST_RUBBISH = 2000;

function fail(framer: string, what: string): never {
  console.error(`${framer}: ${what}. Again: npm run fuzz -- ${total} ${seed}`);
  process.exit(1);
}

console.log(`seed ${seed}, ${total} bytes`);
const framers = fuzzedFramers();
const share = Math.ceil(total / framers.length);
const before = process.memoryUsage.rss();
for (const [index, framer] of framers.entries()) {
  const random = seededRandom(seed + index);
  const begin = performance.now();
  let fed = 0;
  let frames = 0;
  while (fed < share) {
    const chunk = halfValid({ random, valid: framer.valid, longest: LONGEST_RUBBISH });
    const at = performance.now();
    try {
      frames += framer.push(chunk).length;
    } catch (error) {
      fail(framer.name, `threw after ${fed} bytes: ${error instanceof Error ? error.stack : String(error)}`);
    }
    fed += chunk.length;
    if (performance.now() - at > STALL) fail(framer.name, `stood still for a chunk of ${chunk.length} bytes`);
    if (framer.pending() > framer.bound) fail(framer.name, `held ${framer.pending()} bytes`);
    if (frames > fed) fail(framer.name, `gave ${frames} frames for ${fed} bytes`);
  }
  const seconds = (performance.now() - begin) / 1000;
  const rate = fed / 1_000_000 / seconds;
  console.log(`${framer.name.padEnd(18)} ${fed} bytes  ${frames} frames  ${rate.toFixed(1)} MB/s`);
}
const grown = process.memoryUsage.rss() - before;
if (grown > GROWTH) fail('the process', `grew by ${Math.round(grown / 1_000_000)} MB`);
console.log(`nothing thrown, nothing held beyond its bound; grown by ${Math.round(grown / 1_000_000)} MB`);
