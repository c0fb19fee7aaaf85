import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../temporary-folder.ts';

const MAIN = resolve(import.meta.dirname, '../../../src/main/shell/chromium/main.ts');

/** Starts the terminal as the service does: what it prints is what stands in the journal. */
async function start(settings: string, environment: Readonly<Record<string, string>> = {}) {
  const folder = temporaryFolder();
  const file = join(folder, 'settings.json');
  const dataFolder = join(folder, 'data');
  writeFileSync(file, settings.replace('DATA', dataFolder));
  const env = { ...process.env, ...environment };
  try {
    await promisify(execFile)(process.execPath, [MAIN, '--settings', file, '--headless'], { env });
    throw new Error('it started');
  } catch (fault) {
    const { code, stdout, stderr } = fault as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr, file, opened: existsSync(dataFolder) };
  }
}

const SETTINGS = `{
  "mode": "production",
  "stationName": "Hall 1",
  "registryUrl": "https://127.0.0.1:8443",
  "dataFolder": "DATA",
  "devices": [],
  "camera": { "source": "simulated" }
}`;

describe('a terminal that must not start', () => {
  it('tells the journal one sentence and one code for each relaxation, and opens nothing', async () => {
    const { code, stdout, stderr, opened } = await start(SETTINGS, { NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    expect(code).toBe(1);
    const sentences = stderr.split('\n').filter((line) => line.startsWith('In mode "production" '));
    const codes = stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as { code: string; reason: string })
      .filter((line) => line.code === 'station.start-refused');
    expect(codes.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining([
        'simulated-camera',
        'tls-unchecked',
        'key-not-protected',
        'registry-is-this-machine',
      ]),
    );
    expect(sentences).toHaveLength(codes.length);
    expect(opened).toBe(false);
  });

  it('names every fault of a broken settings file with its line, and opens nothing', async () => {
    const broken = SETTINGS.replace('"production"', '"live"').replace('https:', 'http:');
    const { code, stderr, file, opened } = await start(broken);
    expect(code).toBe(2);
    expect(stderr).toContain(`${file}:2: mode: `);
    expect(stderr).toContain(`${file}:4: registryUrl: `);
    expect(opened).toBe(false);
  });
});
