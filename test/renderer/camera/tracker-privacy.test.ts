import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = resolve(import.meta.dirname, '../../../node_modules/@mediapipe/tasks-vision');

/** Ways to send something home; `type.googleapis.com` is a name in a message, not a host that is asked. */
const REPORTING = /sendBeacon|(?<!type\.)googleapis\.com|google-analytics|clearcut/i;

/** Later versions post usage to their maker once a minute, with no switch to turn it off. */
describe('the face tracker that we ship', () => {
  it('is the version that was examined', () => {
    expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version).toBe('0.10.35');
  });

  it('names no host that it could report to', () => {
    const scripts = ['vision_bundle.mjs', ...readdirSync(join(folder, 'wasm')).map((name) => `wasm/${name}`)];
    for (const name of scripts.filter((script) => /\.m?js$/.test(script))) {
      const text = readFileSync(join(folder, name), 'utf8');
      expect({ name, found: text.match(REPORTING)?.[0] ?? null }).toEqual({ name, found: null });
    }
  });
});
