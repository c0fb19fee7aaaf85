import { describe, expect, it } from 'vitest';
import type { Device, LampDevice, ScannerDevice } from '#contract/device.ts';
import { deviceFromProfile } from '#contract/device-profile.ts';
import type { Trial } from '#contract/device-trial.ts';
import { createEscPosPrinterSimulator, type PrinterCondition } from '#drivers/simulator/escpos-printer.ts';
import { type TrialWish, tryDevice } from '#drivers/trial/try-device.ts';
import { shippedProfile } from '../profiles/shipped-profiles.ts';
import { lineTo, type MakeFarEnd, PLACE } from './trial-bench.ts';

const LOOK: TrialWish = { card: false, scan: false, page: false, patience: 5000 };
const detail = (trial: Trial, step: string) => trial.steps.find((each) => each.step === step)?.detail;

function device(profile: string, overrides: Record<string, unknown> = {}): Device {
  const made = deviceFromProfile({
    profile: shippedProfile(profile),
    place: { path: PLACE },
    simulated: true,
    overrides,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
}

async function trial(of: {
  device: Device;
  farEnd: MakeFarEnd;
  wish?: Partial<TrialWish>;
  /** What was told while it ran, in order. */
  story?: string[];
}): Promise<Trial> {
  const line = lineTo({ farEnd: of.farEnd });
  const done = await line.finish(
    tryDevice({
      device: of.device,
      connectorFor: () => line.connector(),
      timers: line.timers,
      wish: { ...LOOK, ...of.wish },
      onStep: ({ step }) => of.story?.push(step),
      onPrompt: ({ ask, seconds }) => of.story?.push(`${ask} within ${seconds} s`),
    }),
  );
  expect(line.open()).toBe(0);
  return done;
}

/** A scanner that sees a code two seconds after the line was opened. */
const seesCode =
  (bytes: string): MakeFarEnd =>
  ({ timers, send }) => {
    timers.after(2000, () => send(new TextEncoder().encode(bytes)));
    return { receive: () => {} };
  };

describe('a scanner on trial', () => {
  const scanner = device('line-scanner', { aimIdentifier: true }) as ScannerDevice;

  it('tells a code’s measures and kind, and nothing of what it says', async () => {
    const done = await trial({ device: scanner, farEnd: seesCode(']Q1身份SECRET\r'), wish: { scan: true } });
    expect(done.passed).toBe(true);
    expect(detail(done, 'scan')).toBe('a code of 8 characters, utf-8 beyond ASCII, qr-code (AIM ]Q1)');
    expect(JSON.stringify(done)).not.toMatch(/SECRET|身份/);
  });

  it('has somebody told to show a code when it looks for one, and not before', async () => {
    const story: string[] = [];
    await trial({ device: scanner, farEnd: seesCode('12345\r'), wish: { scan: true }, story });
    expect(story).toEqual(['open', 'show-code within 5 s', 'scan']);
  });

  it('that does not say which kind of code it saw is told about', async () => {
    const done = await trial({
      device: device('line-scanner'),
      farEnd: seesCode('12345\r'),
      wish: { scan: true },
    });
    expect(detail(done, 'scan')).toBe('a code of 5 characters, ASCII only, kind not told by the scanner');
  });

  it('on HID tells the kind that stands in its reports', async () => {
    const report = new Uint8Array(64);
    report.set([0x02, 5, ...new TextEncoder().encode(']Q112345')]);
    report[61] = 0x73;
    const done = await trial({
      device: device('honeywell-1400g-hid', { trigger: 'always-on' }),
      farEnd: ({ timers, send }) => {
        timers.after(2000, () => send(report));
        return { receive: () => {} };
      },
      wish: { scan: true },
    });
    expect(detail(done, 'scan')).toBe('a code of 5 characters, ASCII only, qr-code (AIM ]Q1)');
  });

  it('that sees no code says what may be wrong', async () => {
    const done = await trial({
      device: scanner,
      farEnd: () => ({ receive: () => {} }),
      wish: { scan: true },
    });
    expect(done.passed).toBe(false);
    expect(detail(done, 'scan')).toMatch(/^no code came within 5 s: was one shown\?/);
  });

  it('that nobody shows a code to is opened only', async () => {
    const done = await trial({ device: scanner, farEnd: () => ({ receive: () => {} }) });
    expect(done.steps).toMatchObject([
      { step: 'open', outcome: 'passed' },
      { step: 'scan', outcome: 'skipped' },
    ]);
    expect(done.passed).toBe(true);
  });

  it('is told to look by its maker’s command, and to stop again', async () => {
    const heard: string[] = [];
    await trial({
      device: device('datalogic-serial'),
      farEnd: () => ({ receive: (bytes) => heard.push(String.fromCharCode(...bytes)) }),
      wish: { scan: true },
    });
    expect(heard.join('')).toMatch(/T.*X/);
  });
});

describe('a printer on trial', () => {
  const printer =
    (condition: Partial<PrinterCondition> = {}, kept: { receipts?: () => unknown } = {}): MakeFarEnd =>
    ({ timers, send }) => {
      const simulator = createEscPosPrinterSimulator({ columns: 48, timers, send });
      simulator.set(condition);
      kept.receipts = () => simulator.receipts();
      return simulator;
    };

  it('tells how it stands', async () => {
    const done = await trial({ device: device('escpos-80mm'), farEnd: printer() });
    expect(done.steps).toMatchObject([
      { step: 'status', outcome: 'passed', detail: 'ready' },
      { step: 'test page', outcome: 'skipped' },
    ]);
  });

  it.each([
    [{ paper: 'none' }, /no paper/],
    [{ cover: 'open' }, /cover is open/],
    [{ answers: 'silent' }, /./],
  ] as const)('as %j fails, and says what to do', async (condition, sentence) => {
    const done = await trial({
      device: device('escpos-80mm'),
      farEnd: printer(condition),
      wish: { page: true },
    });
    expect(done.passed).toBe(false);
    expect(done.steps).toMatchObject([{ step: 'status', detail: expect.stringMatching(sentence) }]);
  });

  it('prints a test page with both languages and a code', async () => {
    const kept: { receipts?: () => unknown } = {};
    const done = await trial({
      device: device('escpos-80mm'),
      farEnd: printer({}, kept),
      wish: { page: true },
    });
    expect(done.passed).toBe(true);
    const paper = JSON.stringify(kept.receipts?.());
    for (const part of ['测试页', 'Test page', 'QR']) expect(paper).toContain(part);
  });
});

describe('a lamp on trial', () => {
  it('shows each light that is built in, one after the other, and ends dark', async () => {
    const lamp = device('lcus-relay', { channels: { green: 1, amber: null, red: 3 } }) as LampDevice;
    const heard: string[] = [];
    const story: string[] = [];
    const done = await trial({
      device: lamp,
      story,
      farEnd: () => ({
        receive: (bytes) => {
          for (let at = 0; at + 4 <= bytes.length; at += 4)
            heard.push(`${bytes[at + 1]}${bytes[at + 2] ? '+' : '-'}`);
        },
      }),
    });
    expect(done.steps.map(({ step, outcome }) => `${step}: ${outcome}`)).toEqual([
      'open: passed',
      'light green: passed',
      'light amber: skipped',
      'light red: passed',
    ]);
    expect(story).toEqual([
      'open',
      ...['watch-green-light within 1 s', 'light green'],
      'light amber',
      ...['watch-red-light within 1 s', 'light red'],
    ]);
    expect(heard.filter((one) => one.endsWith('+'))).toEqual(['1+', '3+']);
    expect(heard.slice(-2).toSorted()).toEqual(['1-', '3-']);
  });

  it('whose relay does not acknowledge fails when it is opened', async () => {
    const done = await trial({ device: device('modbus-relay'), farEnd: () => ({ receive: () => {} }) });
    expect(done.steps).toMatchObject([{ step: 'open', outcome: 'failed' }]);
  });
});
