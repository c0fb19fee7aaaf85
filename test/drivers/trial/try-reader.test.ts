import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ReaderDevice } from '#contract/device.ts';
import type { Trial, TrialPrompt } from '#contract/device-trial.ts';
import { systemConnector, THIS_MACHINE } from '#drivers/hub/system-connector.ts';
import { createSdtReaderSimulator, type SdtReaderSimulator } from '#drivers/simulator/sdt-reader.ts';
import { systemTimers } from '#drivers/timers.ts';
import { type TrialWish, tryDevice } from '#drivers/trial/try-device.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { fakeHidDevice } from '../transport/fake-hid.ts';
import { demoCard, lineTo, type MakeFarEnd, module, PLACE } from './trial-bench.ts';

const READER: ReaderDevice = {
  role: 'reader',
  model: 'Reader on trial',
  simulated: false,
  protocol: 'sdt',
  connection: { transport: 'serial', path: PLACE, baudRate: 115200 },
  pollInterval: 200,
  settleTime: 300,
  thinkingTimes: {},
  quirks: { readsFingerprints: false, presence: 'newest-address' },
};
const LOOK: TrialWish = { card: false, scan: false, page: false, patience: 5000 };
const READ: TrialWish = { ...LOOK, card: true };

const told = (trial: Trial) => trial.steps.map(({ step, outcome }) => `${step}: ${outcome}`);
const detail = (trial: Trial, step: string) => trial.steps.find((each) => each.step === step)?.detail;

/** A reader of the simulators, kept so that cards can be laid on it. */
function simulated() {
  const kept: { reader?: SdtReaderSimulator } = {};
  const farEnd: MakeFarEnd = ({ timers, send }) => {
    kept.reader = createSdtReaderSimulator({ baudRate: 115200, timers, send });
    return kept.reader;
  };
  return { farEnd, insert: (id: string) => kept.reader?.insert(demoCard(id).card) };
}

describe('a reader on trial', () => {
  it('is opened, asked how and who it is, and looked at for a card', async () => {
    const line = lineTo({ farEnd: simulated().farEnd });
    const trial = await line.finish(
      tryDevice({ device: READER, connectorFor: () => line.connector(), timers: line.timers, wish: LOOK }),
    );
    expect(trial.passed).toBe(true);
    expect(told(trial)).toEqual(['open: passed', 'status: passed', 'SAM id: passed', 'card: passed']);
    expect(detail(trial, 'SAM id')).toBe('99.01-20260101-0000000001-0000000001, of a simulated reader');
    expect(detail(trial, 'card')).toBe('no card lies there');
    expect(line.open()).toBe(0);
  });

  it('says how many newest addresses a test card holds and whether its body has a number, not which', async () => {
    const address = '某某路1号'.padEnd(35);
    const line = lineTo({
      farEnd(end) {
        const simulator = createSdtReaderSimulator({ baudRate: 115200, ...end });
        const { card } = demoCard('lin');
        if (card.kind !== 'identity') throw new Error('Lin has an identity card');
        simulator.insert({
          ...card,
          newestAddress: new Uint8Array(Buffer.from(address + ' '.repeat(35) + address, 'utf16le')),
          bodyNumber: new Uint8Array(28).fill(0x5a),
        });
        return simulator;
      },
    });
    const trial = await line.finish(
      tryDevice({ device: READER, connectorFor: () => line.connector(), timers: line.timers, wish: READ }),
    );
    expect(detail(trial, 'newest address')).toBe('2 stored');
    expect(detail(trial, 'card number')).toBe('the card has one');
    expect(JSON.stringify(trial)).not.toMatch(/某某路|5[aA]5[aA]/);
  });

  it('reads a test card that is laid down meanwhile, and tells only its measures', async () => {
    const { farEnd, insert } = simulated();
    const line = lineTo({ farEnd });
    line.timers.after(2000, () => insert('lin'));
    const trial = await line.finish(
      tryDevice({ device: READER, connectorFor: () => line.connector(), timers: line.timers, wish: READ }),
    );
    expect(told(trial).slice(3)).toEqual([
      'card: passed',
      'select: passed',
      'read: passed',
      'newest address: passed',
      expect.stringMatching(/^card number: (passed|skipped)$/),
    ]);
    expect(detail(trial, 'read')).toBe(
      'text 256 bytes, portrait 1024 bytes, layout: resident ID card; number, dates and checks hold',
    );
    expect(detail(trial, 'newest address')).toBe('none is stored');
    const { person } = demoCard('lin');
    const said = JSON.stringify(trial);
    const secrets = Object.values(person ?? {}).filter(
      (value) => typeof value === 'string' && value.length > 3,
    );
    expect(secrets.length).toBeGreaterThan(2);
    for (const secret of secrets) expect(said).not.toContain(secret);
  });

  it('waits in vain for a card as long as it was told to', async () => {
    const line = lineTo({ farEnd: simulated().farEnd });
    const prompts: TrialPrompt[] = [];
    const trial = await line.finish(
      tryDevice({
        ...{ device: READER, connectorFor: () => line.connector(), timers: line.timers, wish: READ },
        onPrompt: (prompt) => prompts.push(prompt),
      }),
    );
    expect(prompts).toEqual([{ ask: 'lay-card', seconds: 5 }]);
    expect(trial.passed).toBe(false);
    expect(detail(trial, 'card')).toBe('no card was laid down within 5 s.');
  });

  it('asks nobody for a card that lies there already', async () => {
    const { farEnd, insert } = simulated();
    const line = lineTo({ farEnd });
    insert('lin');
    const prompts: TrialPrompt[] = [];
    const trial = await line.finish(
      tryDevice({
        ...{ device: READER, connectorFor: () => line.connector(), timers: line.timers, wish: READ },
        onPrompt: (prompt) => prompts.push(prompt),
      }),
    );
    expect(trial.passed).toBe(true);
    expect(prompts).toEqual([]);
  });

  it('asks for a card that was read already to be lifted', async () => {
    const { farEnd, insert } = simulated();
    const line = lineTo({ farEnd });
    insert('lin');
    const tryIt = () =>
      tryDevice({ device: READER, connectorFor: () => line.connector(), timers: line.timers, wish: READ });
    await line.finish(tryIt());
    const again = await line.finish(tryIt());
    expect(detail(again, 'card')).toBe(
      'a card lies there that was read before: lift it and lay it down again',
    );
    expect(again.passed).toBe(false);
  });

  it('names another card than an identity card', async () => {
    const { farEnd, insert } = simulated();
    const line = lineTo({ farEnd });
    insert('bus-card');
    const trial = await line.finish(
      tryDevice({ device: READER, connectorFor: () => line.connector(), timers: line.timers, wish: READ }),
    );
    expect(detail(trial, 'select')).toMatch(/^SW3 40 .*unknown card type/);
  });

  it('whose rate is not known is found at the rate at which it answers', async () => {
    const line = lineTo({ farEnd: simulated().farEnd, rate: 9600 });
    const device: ReaderDevice = {
      ...READER,
      connection: { transport: 'serial', path: PLACE, baudRate: 'probe' },
    };
    const trial = await line.finish(
      tryDevice({ device, connectorFor: () => line.connector(), timers: line.timers, wish: LOOK }),
    );
    expect(detail(trial, 'open')).toBe('a module answers at 9600 bits/s');
  });

  it.each([
    ['says nothing', {}, 'open', /^no reader answers: is it powered/],
    ['has failed its self-test', { '11ff': { status: 0x60 } }, 'status', /^SW3 60 .*self-test failed/],
    ['is not authorised', { '11ff': { status: 0x66 } }, 'status', /^SW3 66 .*not authorised/],
    [
      'does not tell who it is',
      { '11ff': { status: 0x90 }, '12ff': { status: 0x21 } },
      'SAM id',
      /^SW3 21 .*unknown command/,
    ],
  ])('that %s fails at that step, and no further one is done', async (_, answers, step, sentence) => {
    const line = lineTo({ farEnd: module(answers) });
    const trial = await line.finish(
      tryDevice({ device: READER, connectorFor: () => line.connector(), timers: line.timers, wish: READ }),
    );
    expect(trial.passed).toBe(false);
    expect(trial.steps.at(-1)).toMatchObject({
      step,
      outcome: 'failed',
      detail: expect.stringMatching(sentence),
    });
    expect(line.open()).toBe(0);
  });

  it.each([
    ['missing', 'No such file or directory', /is not there: look at plug and power/],
    ['busy', 'Cannot lock port', /is held by another program, most often the terminal/],
    ['failed', 'Error: Permission denied, cannot open /dev/bench', /may not be opened by this user.*dialout/],
    ['failed', 'Input/output error', /cannot be opened \(Input\/output error\)/],
  ] as const)('that cannot be opened (%s, %s) says what to do', async (reason, words, sentence) => {
    const line = lineTo({ farEnd: module({}), openFault: { reason, detail: words } });
    const trial = await line.finish(
      tryDevice({ device: READER, connectorFor: () => line.connector(), timers: line.timers, wish: LOOK }),
    );
    expect(trial.steps).toMatchObject([
      { step: 'open', outcome: 'failed', detail: expect.stringMatching(sentence) },
    ]);
  });

  it('that answers with any bytes is told about, never thrown at', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 1, maxLength: 6 }),
        async (answers) => {
          let next = 0;
          const line = lineTo({
            farEnd: ({ timers, send }) => ({
              receive() {
                const answer = answers[next % answers.length] ?? new Uint8Array();
                next += 1;
                timers.after(5, () => send(answer));
              },
            }),
          });
          const trial = await line.finish(
            tryDevice({
              device: READER,
              connectorFor: () => line.connector(),
              timers: line.timers,
              wish: READ,
            }),
          );
          expect(trial.passed).toBe(false);
          expect(line.open()).toBe(0);
        },
      ),
      { numRuns: 40 },
    );
  });
});

/** A reader on HID fills each report from one answer; only its last is filled up. */
function wholeFrames(send: (frame: Uint8Array) => void): (bytes: Uint8Array) => void {
  let begun: number[] = [];
  return (bytes) => {
    begun.push(...bytes);
    const length = 7 + (((begun[5] ?? 0xff) << 8) | (begun[6] ?? 0xff));
    if (begun.length < length) return;
    send(Uint8Array.from(begun));
    begun = [];
  };
}

describe('the same trial', () => {
  it('reads a card over HID', async () => {
    const path = join(temporaryFolder(), 'hidraw0');
    const hid = fakeHidDevice({ path, reportId: 0, reportSize: 64 });
    const reader = createSdtReaderSimulator({
      baudRate: 115200,
      timers: systemTimers,
      send: wholeFrames((frame) => hid.send(frame)),
    });
    hid.onReport((report) => reader.receive(report.subarray(1)));
    reader.insert(demoCard('lin').card);
    const device: ReaderDevice = {
      ...READER,
      settleTime: 0,
      connection: { transport: 'hid', path, reportId: 0, reportSize: 64 },
    };
    const trial = await tryDevice({
      device,
      connectorFor: () => systemConnector(device.connection, { ...THIS_MACHINE, openHid: hid.open }),
      timers: systemTimers,
      wish: READ,
    });
    expect(trial).toMatchObject({ passed: true });
    expect(detail(trial, 'read')).toMatch(/number, dates and checks hold$/);
    expect(hid.openHandles).toBe(0);
  });

  it('reads a card over TCP', async () => {
    const callers = new Set<Socket>();
    const reader = createSdtReaderSimulator({
      baudRate: 115200,
      timers: systemTimers,
      send: (bytes) => {
        for (const caller of callers) caller.write(bytes);
      },
    });
    const bridge = createServer((socket) => {
      callers.add(socket);
      socket.on('error', () => {}); // the trial goes away when it is done
      socket.on('data', (bytes) => reader.receive(bytes));
      socket.on('close', () => callers.delete(socket));
    });
    await new Promise<void>((resolve) => bridge.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      bridge.close();
    });
    const address = bridge.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    reader.insert(demoCard('lin').card);
    const device: ReaderDevice = {
      ...READER,
      settleTime: 0,
      connection: { transport: 'tcp', host: '127.0.0.1', port: address.port },
    };
    const trial = await tryDevice({
      device,
      connectorFor: () => systemConnector(device.connection),
      timers: systemTimers,
      wish: READ,
    });
    expect(trial).toMatchObject({ passed: true });
    expect(detail(trial, 'read')).toMatch(/number, dates and checks hold$/);
  });
});
