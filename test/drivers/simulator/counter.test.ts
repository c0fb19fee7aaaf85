import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DeviceSchema } from '#contract/device.ts';
import { type CounterState, DOCK_METHODS } from '#contract/dock-api.ts';
import type { DriverCommand, DriverReport } from '#contract/driver-messages.ts';
import type { Receipt } from '#contract/receipt.ts';
import { loadPeople } from '#drivers/simulator/people.ts';
import { type Simulators, startSimulators } from '#drivers/simulator/start-simulators.ts';
import { eventually } from '../eventually.ts';

const ENTRY = fileURLToPath(new URL('../../../src/drivers/main.ts', import.meta.url));
const WELL = { paper: 'plenty', cover: 'closed', cutter: 'well', answers: 'all' } as const;
const RECEIPT: Receipt = [
  { kind: 'text', text: '办理回执', size: 'double', align: 'centre', bold: true },
  { kind: 'fact', name: '姓名', value: '林**' },
  { kind: 'qr', text: 'EIDS1:ABC' },
];
const folder = mkdtempSync(join(tmpdir(), 'counter-'));
const drivers = fork(ENTRY, [], {
  serialization: 'advanced',
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
const reports: DriverReport[] = [];
drivers.on('message', (message) => reports.push(message as DriverReport));
const send = (command: DriverCommand) => drivers.send(command);
let simulators: Simulators;
let lastRequest = 0;

beforeAll(async () => {
  simulators = await startSimulators({
    folder,
    people: loadPeople(new URL('../../../resources/demo/people.json', import.meta.url)),
    portraitFolder: new URL('file:///nowhere/'),
    counter: true,
  });
  send({
    type: 'configure',
    devices: simulators.list.filter(({ role }) => role === 'printer' || role === 'lamp'),
  });
  send({ type: 'lamp.show', sign: 'off' });
  await eventually(() => {
    expect(stateOf('printer')).toBe('ready');
    expect(stateOf('lamp')).toBe('ready');
  });
});
beforeEach(async () => {
  await simulators.dock.setPrinter(WELL);
  await simulators.dock.tearOff({});
});
afterAll(async () => {
  const ended = new Promise((resolve) => drivers.once('exit', resolve));
  drivers.disconnect();
  await ended;
  await simulators.stop();
  rmSync(folder, { recursive: true });
});

const counter = async (): Promise<CounterState> => {
  const state = v.parse(DOCK_METHODS.state.output, await simulators.dock.state({}));
  if (state.counter === null) throw new Error('no counter');
  return state.counter;
};
const stateOf = (role: 'printer' | 'lamp') =>
  reports
    .flatMap((report) => (report.type === 'device' && report.role === role ? [report.state] : []))
    .at(-1);

/** What became of a print, through the drivers' own process. */
async function print(): Promise<string> {
  lastRequest += 1;
  const request = lastRequest;
  send({ type: 'printer.print', request, document: { kind: 'receipt', lines: RECEIPT } });
  return eventually(() => {
    const printed = reports.find((report) => report.type === 'printed' && report.request === request);
    if (printed?.type !== 'printed') throw new Error('not answered yet');
    return printed.fault ?? 'printed';
  });
}
const lights = async () => {
  const { green, amber, red } = (await counter()).lamp;
  return { green, amber, red };
};

describe('the simulated printer and lamp', () => {
  it('are devices that a station’s settings take', () => {
    expect(simulators.list.map(({ role }) => role)).toEqual(['reader', 'scanner', 'printer', 'lamp']);
    for (const device of simulators.list) expect(v.parse(DeviceSchema, device)).toEqual(device);
  });

  it('let what the drivers print come out at the dock, to be torn off', async () => {
    expect(await print()).toBe('printed');
    const { paper } = (await counter()).printer;
    expect(paper).toMatchObject({
      isCut: true,
      lines: [
        { kind: 'text', text: '办理回执', centred: true, bold: true, double: true },
        { kind: 'text', text: expect.stringMatching(/^姓名 +林\*\*$/), centred: false },
        { kind: 'qr', text: 'EIDS1:ABC' },
        { kind: 'text', text: '' },
      ],
    });
    await simulators.dock.tearOff({});
    expect((await counter()).printer.paper).toEqual({ lines: [], isCut: false });
  });

  it.each([
    ['has no paper', { paper: 'none' }, 'no-paper'],
    ['answers nothing', { answers: 'silent' }, 'offline'],
  ] as const)('print nothing while the printer %s, and say so; then again', async (_, condition, fault) => {
    await simulators.dock.setPrinter({ ...WELL, ...condition });
    expect((await counter()).printer.condition).toEqual({ ...WELL, ...condition });
    expect(await print()).toBe(fault);
    expect((await counter()).printer.paper.lines).toEqual([]);
    await simulators.dock.setPrinter(WELL);
    await eventually(() => expect(stateOf('printer')).toBe('ready'));
    expect(await print()).toBe('printed');
  });

  it.each([
    ['free', { green: true, amber: false, red: false }],
    ['in-use', { green: false, amber: true, red: false }],
    ['call-staff', { green: false, amber: false, red: true }],
    ['off', { green: false, amber: false, red: false }],
  ] as const)('light what “%s” means', async (sign, lit) => {
    send({ type: 'lamp.show', sign });
    await eventually(async () => expect(await lights()).toEqual(lit));
  });

  it('lose the lamp’s light with its plug, and get it back with it', async () => {
    send({ type: 'lamp.show', sign: 'in-use' });
    await eventually(async () => expect(await lights()).toMatchObject({ amber: true }));
    await simulators.dock.plug({ device: 'lamp', plugged: false });
    expect((await counter()).lamp).toEqual({ plugged: false, green: false, amber: false, red: false });
    await eventually(() => expect(stateOf('lamp')).toBe('absent'));
    await simulators.dock.plug({ device: 'lamp', plugged: true });
    await eventually(async () => expect(await lights()).toEqual({ green: false, amber: true, red: false }));
  });

  it('lose the printer with its plug, and print when it is back', async () => {
    await simulators.dock.plug({ device: 'printer', plugged: false });
    expect((await counter()).printer.plugged).toBe(false);
    expect(existsSync(join(folder, 'printer'))).toBe(false);
    await eventually(() => expect(stateOf('printer')).toBe('absent'));
    expect(await print()).toBe('offline');
    await simulators.dock.plug({ device: 'printer', plugged: true });
    await eventually(() => expect(stateOf('printer')).toBe('ready'));
    expect(await print()).toBe('printed');
  });
});
