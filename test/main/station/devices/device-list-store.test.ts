import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  DEVICE_LIST_FILE,
  eraseDeviceList,
  readDeviceList,
  writeDeviceList,
} from '#station/devices/device-list-store.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { at, READER, SCANNER } from './sample-devices.ts';

let dataFolder: string;
let file: string;
beforeEach(() => {
  dataFolder = temporaryFolder();
  file = join(dataFolder, DEVICE_LIST_FILE);
});

describe('a terminal’s saved devices', () => {
  test('are none until a technician saves some', () => {
    expect(readDeviceList(dataFolder)).toEqual({ ok: true, value: null });
  });

  test('are read as they were written', () => {
    expect(writeDeviceList({ dataFolder, devices: [READER, SCANNER] })).toEqual({
      ok: true,
      value: undefined,
    });
    expect(readDeviceList(dataFolder)).toEqual({ ok: true, value: [READER, SCANNER] });
  });

  test('may be an empty list, which is not the same as none', () => {
    writeDeviceList({ dataFolder, devices: [] });
    expect(readDeviceList(dataFolder)).toEqual({ ok: true, value: [] });
  });

  test('lie in a file that only its user reads, with nothing left beside it', () => {
    writeDeviceList({ dataFolder, devices: [READER] });
    writeDeviceList({ dataFolder, devices: [SCANNER] });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataFolder)).toEqual([DEVICE_LIST_FILE]);
  });

  test('replace one another whole, also over a part that a killed process left open to all', () => {
    const part = join(dataFolder, `.${process.pid}.devices.part`);
    writeFileSync(part, '{"devices": [', { mode: 0o666 });
    chmodSync(part, 0o666);
    expect(writeDeviceList({ dataFolder, devices: [READER] }).ok).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readDeviceList(dataFolder)).toEqual({ ok: true, value: [READER] });
  });
});

describe('a list that is not what this program writes', () => {
  test('is told with file, line and reason', () => {
    writeDeviceList({ dataFolder, devices: [READER, SCANNER] });
    writeFileSync(file, readFileSync(file, 'utf8').replace('"baudRate": 9600', '"baudRate": 12'));
    const read = readDeviceList(dataFolder);
    expect(read).toMatchObject({ ok: false, error: { reason: 'damaged' } });
    if (read.ok) return;
    expect(read.error.sentences[0]).toMatch(/devices\.json:\d+: devices\.1\.connection\.baudRate: /);
  });

  test.each([
    ['cut in half', '{"devices": [{"role": "rea'],
    ['empty', ''],
    ['a list without its name', '[]'],
    ['something else', '{"devices": [], "more": 1}'],
    ['far too long', `{"devices": []}${' '.repeat(200_001)}`],
  ])('%s: damaged', (_name, text) => {
    writeFileSync(file, text);
    expect(readDeviceList(dataFolder)).toMatchObject({ ok: false, error: { reason: 'damaged' } });
  });

  test('a folder in its place is damaged too, and is not written over', () => {
    mkdirSync(file);
    expect(readDeviceList(dataFolder)).toMatchObject({ ok: false, error: { reason: 'damaged' } });
    expect(writeDeviceList({ dataFolder, devices: [READER] })).toMatchObject({
      ok: false,
      error: { reason: 'not-written' },
    });
    expect(readdirSync(dataFolder)).toEqual([DEVICE_LIST_FILE]);
  });

  test('any text at all is answered, never thrown', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        writeFileSync(file, text);
        const read = readDeviceList(dataFolder);
        expect(read.ok || read.error.sentences.length > 0).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

test('what could not be written leaves the list as it was', () => {
  writeDeviceList({ dataFolder, devices: [READER] });
  const wrong = writeDeviceList({ dataFolder, devices: [at(READER, 'not-a-path')] });
  expect(wrong).toMatchObject({ ok: false, error: { reason: 'not-written' } });
  expect(readDeviceList(dataFolder)).toEqual({ ok: true, value: [READER] });
});

test('a data folder that is gone is a fault with the file’s name', () => {
  rmSync(dataFolder, { recursive: true });
  expect(writeDeviceList({ dataFolder, devices: [READER] })).toEqual({
    ok: false,
    error: { reason: 'not-written', sentences: [`${file}: cannot be written (ENOENT)`] },
  });
});

test('a list that is given up is gone, and one that is not there is given up as well', () => {
  writeDeviceList({ dataFolder, devices: [READER] });
  expect(eraseDeviceList(dataFolder)).toEqual({ ok: true, value: undefined });
  expect(readDeviceList(dataFolder)).toEqual({ ok: true, value: null });
  expect(eraseDeviceList(dataFolder).ok).toBe(true);
  mkdirSync(file);
  expect(eraseDeviceList(dataFolder)).toMatchObject({ ok: false, error: { reason: 'not-written' } });
});
