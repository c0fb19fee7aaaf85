import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Device } from '#contract/device.ts';
import { deviceFromProfile } from '#contract/device-profile.ts';
import { createEscPosPrinterSimulator } from '#drivers/simulator/escpos-printer.ts';
import { createSdtReaderSimulator } from '#drivers/simulator/sdt-reader.ts';
import { createSimulatedDevice, type SimulatedDevice } from '#drivers/simulator/simulated-device.ts';
import { systemTimers } from '#drivers/timers.ts';
import { serialTransport } from '#drivers/transport/serial.ts';
import { readDeviceList, writeDeviceList } from '#station/devices/device-list-store.ts';
import { shippedProfile } from '../../drivers/profiles/shipped-profiles.ts';
import { demoCard, type MakeFarEnd, module } from '../../drivers/trial/trial-bench.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { devices } from './devices-command.ts';

/** A device of the simulators at the end of a cable that the system takes for a serial line. */
async function onPty(
  make: (send: (bytes: Uint8Array) => void) => { receive(bytes: Uint8Array): void },
): Promise<string> {
  const kept: { device?: SimulatedDevice } = {};
  const farEnd = make((bytes) => kept.device?.send(bytes));
  kept.device = await createSimulatedDevice({
    path: join(temporaryFolder(), 'line'),
    baudRate: 115200,
    receive: (bytes) => farEnd.receive(bytes),
  });
  onTestFinished(() => kept.device?.unplug());
  return kept.device.path;
}

const reader = (card: string | null = null) =>
  onPty((send) => {
    const simulator = createSdtReaderSimulator({ baudRate: 115200, timers: systemTimers, send });
    if (card !== null) simulator.insert(demoCard(card).card);
    return simulator;
  });

/** Its module is not one of the simulators': for all that the recorder knows, the card on it is somebody's. */
function readerOfAMaker(id: string): MakeFarEnd {
  const { card } = demoCard(id);
  if (card.kind !== 'identity') throw new Error(`${id} is no identity card`);
  const reading = new Uint8Array(4 + card.text.length + card.photo.length);
  reading.set([1, 0, 4, 0]);
  reading.set(card.text, 4);
  reading.set(card.photo, 4 + card.text.length);
  const samId = Buffer.from('050001003FB4340187D6120015CD5B07', 'hex');
  return module({
    '11ff': { status: 0x90 },
    '12ff': { status: 0x90, data: samId },
    '2001': { status: 0x9f, data: new Uint8Array(4) },
    '2002': { status: 0x90, data: new Uint8Array(8) },
    '3001': { status: 0x90, data: reading },
    '3003': { status: 0x80 },
  });
}

/** A terminal's settings with one device, and its data folder. */
function terminal(device: object) {
  const folder = temporaryFolder();
  const settings = join(folder, 'settings.json');
  const dataFolder = join(folder, '.');
  writeFileSync(
    settings,
    JSON.stringify({
      mode: 'pilot',
      stationName: 'Hall 1',
      registryUrl: 'https://registry.example',
      dataFolder,
      devices: [device],
    }),
  );
  return { settings, dataFolder, list: join(dataFolder, 'devices.json') };
}

function old(path: string): Device {
  const made = deviceFromProfile({
    profile: shippedProfile('sdt-serial'),
    place: { path },
    simulated: false,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
}

describe('npm run devices', () => {
  it('lists what is attached, for programs too', async () => {
    const { code, said } = await devices('list', '--json');
    expect([0, 1]).toContain(code);
    expect(JSON.parse(said)).toMatchObject({ devices: expect.any(Array) });
  });

  it('finds out that a reader stands at a line', async () => {
    const path = await reader();
    const { code, said } = await devices('identify', '--path', path);
    expect({ code, said }).toEqual({
      code: 0,
      said: `${path}: reader: SDT reader, SAM 99.01-20260101-0000000001-0000000001, simulated at 115200 bits/s\n`,
    });
  });

  it('finds out that a receipt printer stands at a line', async () => {
    const path = await onPty((send) =>
      createEscPosPrinterSimulator({ columns: 48, timers: systemTimers, send }),
    );
    const { code, said } = await devices('identify', '--path', path, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(said)).toMatchObject({ role: 'printer' });
  });

  it('tries a reader with a test card and tells nothing of what stands on it', async () => {
    const path = await reader('lin');
    const { code, said } = await devices('test', '--profile', 'sdt-serial', '--path', path, '--card');
    expect(code).toBe(0);
    expect(said).toMatch(/ok {3}SAM id +99\.01-20260101/);
    expect(said).toMatch(/ok {3}read .*layout: resident ID card; number, dates and checks hold/);
    expect(said).toMatch(/ {2}passed\n$/);
    const { person } = demoCard('lin');
    for (const value of Object.values(person ?? {}))
      if (typeof value === 'string' && value.length > 3) expect(said).not.toContain(value);
  });

  it('tries every device of a terminal', async () => {
    const path = await reader();
    const { settings } = terminal({ profile: 'sdt-serial', path });
    const { code, said } = await devices('test', '--settings', settings, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(said)).toMatchObject({ trials: [{ passed: true, device: { role: 'reader' } }] });
  });

  it('says who holds the line, and what to do', async () => {
    const path = await reader();
    const holder = serialTransport({ path, baudRate: 115200 });
    onTestFinished(() => holder.close());
    expect(await holder.open()).toEqual({ ok: true, value: undefined });
    const { code, said } = await devices('test', '--profile', 'sdt-serial', '--path', path);
    expect(code).toBe(1);
    expect(said).toMatch(/FAIL open .*is held by another program, most often the terminal/);
  });

  it('says that nothing is there', async () => {
    const { code, said } = await devices('test', '--profile', 'sdt-serial', '--path', '/dev/ttyNONE');
    expect(code).toBe(1);
    expect(said).toContain('/dev/ttyNONE is not there: look at plug and power');
  });

  it('saves a device that passes, for nobody else to read', async () => {
    const path = await reader();
    const { settings, dataFolder, list } = terminal({ profile: 'sdt-serial', path: '/dev/old' });
    const { code, said, complained } = await devices(
      ...[
        'save',
        '--settings',
        settings,
        '--profile',
        'sdt-serial',
        '--path',
        path,
        '--set',
        'pollInterval=100',
      ],
    );
    expect({ code, said, complained }).toEqual({
      code: 0,
      said: expect.stringContaining(`Saved: ${list}. `),
      complained: '',
    });
    expect(readDeviceList(dataFolder)).toMatchObject({
      ok: true,
      value: [{ role: 'reader', pollInterval: 100, connection: { path } }],
    });
    expect(statSync(list).mode & 0o777).toBe(0o600);
  });

  it('records a reader that reads a card, masked, and plays it again without the reader', async () => {
    const path = await onPty((send) => readerOfAMaker('lin')({ timers: systemTimers, send }));
    const file = join(temporaryFolder(), 'reader.rec');
    const recorded = await devices(
      ...['record', file, '--profile', 'sdt-serial', '--path', path, '--seconds', '4', '--card'],
    );
    expect(recorded).toMatchObject({ code: 0, said: expect.stringMatching(/device ready[\s\S]*card\.read/) });
    const text = readFileSync(file, 'utf8');
    const name = Buffer.from(demoCard('lin').person?.name ?? '', 'utf16le');
    expect(name.length).toBeGreaterThan(2);
    const bytes = Buffer.from(
      text.replaceAll(/ *#.*|^\+|^\d+ [<>]/gm, '').replaceAll(/\s/g, ''),
      'latin1',
    ).toString();
    expect(bytes).toContain('AAAAAA9669');
    expect(bytes).not.toContain(name.toString('hex').toUpperCase());
    expect(text).not.toContain(path);
    const replayed = await devices('replay', file);
    expect(replayed).toMatchObject({
      code: 0,
      said: expect.stringMatching(/device ready[\s\S]*card\.read[\s\S]*The driver did as it was recorded\./),
    });
  });

  it('tries a recorded reader as if it were there', async () => {
    const path = await reader('lin');
    const file = join(temporaryFolder(), 'reader.rec');
    await devices('record', file, '--profile', 'sdt-serial', '--path', path, '--seconds', '3', '--card');
    const { code, said } = await devices('test', '--recording', file, '--card');
    expect(said).toMatch(/ok {3}SAM id +99\.01-20260101/);
    expect(said).toMatch(/ok {3}read .*number, dates and checks hold/);
    expect(said).toMatch(/skip card number +this model does not answer it/);
    expect(code).toBe(0);
  });

  it('never writes a recording over another file', async () => {
    const path = await reader();
    const file = join(temporaryFolder(), 'kept.rec');
    writeFileSync(file, 'something else');
    const { code, complained } = await devices('record', file, '--profile', 'sdt-serial', '--path', path);
    expect(code).toBe(2);
    expect(complained).toBe(`${file} exists already: name another, or remove it.\n`);
    expect(readFileSync(file, 'utf8')).toBe('something else');
  });

  it('keeps the old list when the trial fails', async () => {
    const silent = await onPty(() => ({ receive: () => {} }));
    const { settings, dataFolder, list } = terminal({ profile: 'sdt-serial', path: '/dev/old' });
    expect(writeDeviceList({ dataFolder, devices: [old('/dev/saved')] }).ok).toBe(true);
    const before = readFileSync(list);
    const { code, complained } = await devices(
      ...['save', '--settings', settings, '--profile', 'sdt-serial', '--path', silent],
    );
    expect(code).toBe(1);
    expect(complained).toContain('Nothing was saved: the list is as it was.');
    expect(readFileSync(list).equals(before)).toBe(true);
  });
});
