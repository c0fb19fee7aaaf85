import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Device } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { parseRecording } from '#drivers/recording/parse-recording.ts';
import { LARGEST_CHUNK, MOST_EVENTS, withoutPlace } from '#drivers/recording/recording.ts';
import { openRecordingFile } from '#drivers/recording/recording-file.ts';
import { roleRecordings } from '#drivers/recording/role-recordings.ts';
import { eventLines, recordingHead } from '#drivers/recording/write-recording.ts';
import { memoryTransport } from '#drivers/transport/memory.ts';
import { replayRecording } from '#drivers/transport/replay.ts';
import { bytes } from '../bytes.ts';
import { manualTimers } from '../manual-timers.ts';
import { CARD, READER } from '../reader/reader-bench.ts';
import { recordVisit } from './recorded-visit.ts';

const folder = mkdtempSync(join(tmpdir(), 'recordings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HEAD = recordingHead({ started: '2026-01-01T09:00:00.000Z', device: READER });
const OF_A_QUEUE = recordingHead({
  started: '2026-01-01T09:00:00.000Z',
  device: {
    ...{ role: 'printer', model: 'Office printer', simulated: false },
    ...{ protocol: 'cups', queue: 'counter', media: 'A4' },
  },
});
const EVENT_LINE = HEAD.split('\n').length;

describe('a recording’s file', () => {
  it('reads back as it was written, comments and long chunks included', () => {
    const long = Uint8Array.from({ length: 300 }, (_, index) => index & 0xff);
    const events = [
      { at: 0, kind: 'open', failed: 'No such file' },
      { at: 500, kind: 'open', failed: null },
      { at: 800, kind: 'asked', bytes: bytes('AA96') },
      { at: 805, kind: 'heard', bytes: long },
      { at: 806, kind: 'told', command: 'reader.read' },
      { at: 900, kind: 'end', unplugged: true, cause: 'gone' },
      { at: 900, kind: 'stop', why: 'by command' },
    ] as const;
    const written = events
      .map((event) => eventLines(event, event.kind === 'heard' ? 'a # comment' : null))
      .join('');
    const parsed = parseRecording(HEAD + written);
    expect(parsed).toMatchObject({ ok: true, value: { started: '2026-01-01T09:00:00.000Z', events } });
  });

  it.each([
    ['', 1, 'no-recording'],
    ['eid-recording 2\n', 1, 'no-recording'],
    ['eid-recording 1\nstarted 2026-01-01T09:00:00.000Z\n', 2, 'no-device'],
    ['eid-recording 1\ndevice {}\n', 2, 'wrong-device'],
    ['eid-recording 1\ndevice {\n', 2, 'wrong-device'],
    [HEAD.replace(/^started.*\n/m, ''), 2, 'no-start'],
    [HEAD.replace('started', 'begun'), 2, 'no-such-line'],
    [HEAD.replace('2026-01', '2026-13'), 2, 'no-such-line'],
    [`${HEAD}0 open\nnonsense\n`, EVENT_LINE + 1, 'no-such-line'],
    [`${HEAD}0 open\n5 > AA B\n`, EVENT_LINE + 1, 'wrong-bytes'],
    [`${HEAD}0 open\n+ AA\n`, EVENT_LINE + 1, 'no-such-line'],
    [`${HEAD}9 open\n5 > AA\n`, EVENT_LINE + 1, 'wrong-time'],
    [`${HEAD}9999999999 open\n`, EVENT_LINE, 'wrong-time'],
    [`${HEAD}0 ! reader.explode\n`, EVENT_LINE, 'no-such-command'],
    [`${HEAD}0 < ${'00'.repeat(LARGEST_CHUNK + 1)}\n`, EVENT_LINE, 'chunk-too-large'],
    // Playing it would ask the machine's own printer.
    [OF_A_QUEUE, 3, 'wrong-device'],
    [HEAD + '0 open\n'.repeat(MOST_EVENTS + 1), EVENT_LINE + MOST_EVENTS, 'too-large'],
  ])('is refused with the line and the reason: %#', (text, line, reason) => {
    expect(parseRecording(text)).toEqual({ ok: false, error: { line, reason } });
  });

  it('never throws, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.nat(400), (rubbish, at) => {
        const text = `${HEAD}0 open\n5 > AA\n`;
        expect(typeof parseRecording(text.slice(0, at) + rubbish + text.slice(at)).ok).toBe('boolean');
      }),
    );
  });

  it('is read in no time, however long a line of blanks is', () => {
    expect(parseRecording(`${HEAD}0 open${' '.repeat(5_000_000)}\n`).ok).toBe(true);
  });

  it('does not tell where the device stands', async () => {
    const { text } = await recordVisit({ card: CARD, faults: 'on read: unplug-at 640' });
    expect(text).not.toContain(READER.connection.path);
    const gate: Device = { ...READER, connection: { transport: 'tcp', host: 'gate-3.hall', port: 4001 } };
    expect(JSON.stringify(withoutPlace(gate))).not.toContain('gate-3');
    const plugged: Device = {
      ...READER,
      connection: {
        transport: 'serial',
        baudRate: 9600,
        usb: { vendorId: '1a86', productId: '7523', serialNumber: 'A7003xyz' },
      },
    };
    expect(JSON.stringify(withoutPlace(plugged))).not.toContain('A7003xyz');
  });

  it('is new, for its owner only, and never written over', () => {
    const path = join(folder, 'new.recording');
    const sink = openRecordingFile(path);
    if (!sink.ok) throw new Error(sink.error.detail);
    sink.value.write('one\n');
    sink.value.close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(openRecordingFile(path)).toMatchObject({
      ok: false,
      error: { detail: expect.stringMatching(/EEXIST/) },
    });
    expect(readFileSync(path, 'utf8')).toBe('one\n');
  });

  it('ends at its largest size with a line that says so', async () => {
    const { text, ends } = await recordVisit({ card: CARD, faults: '', limit: 3000 });
    expect(text.length).toBeLessThanOrEqual(3000);
    expect(text).toMatch(/\d+ stop the file has reached 3000 bytes\n$/);
    expect(ends).toEqual(['ended: the file has reached 3000 bytes']);
    expect(parseRecording(text).ok).toBe(true);
  });
});

describe('a recording that is replayed', () => {
  const played = (events: string) => {
    const parsed = parseRecording(HEAD + events);
    if (!parsed.ok) throw new Error(parsed.error.reason);
    const timers = manualTimers();
    const told: string[] = [];
    const replay = replayRecording({
      recording: parsed.value,
      timers,
      pace: 'recorded',
      onTold: (command) => told.push(command),
    });
    return { replay, timers, told };
  };

  it('answers with the recorded pauses when the recorded question is asked', async () => {
    const { replay, timers } = played('0 open\n300 > AA\n310 < 01\n330 < 02\n330 stop\n');
    const transport = replay.connect();
    const heard: [number, number | undefined][] = [];
    transport.onData((chunk) => heard.push([timers.monotonic(), chunk[0]]));
    await transport.open();
    await timers.advance(1000);
    expect((await transport.write(bytes('AA'))).ok).toBe(true);
    await timers.advance(25);
    expect(heard).toEqual([[1010, 1]]);
    await timers.advance(100);
    expect(heard).toEqual([
      [1010, 1],
      [1030, 2],
    ]);
    expect(replay.finished()).toBe(true);
  });

  it('names the line when another question is asked', async () => {
    const { replay } = played('0 open\n300 > AA BB\n');
    const transport = replay.connect();
    await transport.open();
    const detail = `line ${EVENT_LINE + 1}: asked CC where the recording has AABB`;
    expect(await transport.write(bytes('CC'))).toEqual({ ok: false, error: { reason: 'failed', detail } });
    expect(replay.fault()).toEqual({ line: EVENT_LINE + 1, reason: 'another-question', detail });
  });

  it('is unplugged where the recording ends, and missing from then on', async () => {
    const { replay, timers, told } = played('0 ! reader.read\n0 open\n300 > AA\n');
    const transport = replay.connect();
    const ends: string[] = [];
    transport.onEnd(({ cause }) => ends.push(cause ?? ''));
    await transport.open();
    await transport.write(bytes('AA'));
    await timers.advance(1);
    expect(ends).toEqual(['the recording ends here']);
    expect(told).toEqual(['reader.read']);
    expect((await replay.connect().open()).ok).toBe(false);
  });
});

describe('recordings by command', () => {
  function process() {
    const reports: DriverReport[] = [];
    const paused: string[] = [];
    const recordings = roleRecordings({
      timers: manualTimers(),
      now: () => Date.UTC(2026, 0, 1),
      report: (report) => reports.push(report),
    });
    const hub = {
      pause: async (role: string) => void paused.push(`pause ${role}`),
      resume: (role: string) => void paused.push(`resume ${role}`),
    };
    return { reports, paused, recordings, hub };
  }

  it('begin with a new connection, hold what the station wants, and end when told', async () => {
    const { reports, paused, recordings, hub } = process();
    const file = join(folder, 'reader.recording');
    recordings.configured([READER]);
    recordings.told({ type: 'reader.read' });
    await recordings.start({ role: 'reader', file, hub });
    expect(paused).toEqual(['pause reader', 'resume reader']);
    const { transport } = memoryTransport({ path: READER.connection.path });
    const recorded = recordings.wrap('reader', transport);
    await recorded.open();
    await recorded.write(bytes('AA AA AA 96 69 00 03 11 FF ED'));
    recordings.told({ type: 'reader.watch' });
    recordings.stop('reader');
    expect(reports).toEqual([
      { type: 'recording', role: 'reader', state: 'running', detail: null },
      { type: 'recording', role: 'reader', state: 'ended', detail: 'by command' },
    ]);
    expect(readFileSync(file, 'utf8').split('\n').slice(4)).toEqual([
      '0 ! reader.read',
      '0 open',
      expect.stringMatching(/^0 > AA AA AA 96 69 00 03 11 FF ED +# status$/),
      '0 ! reader.watch',
      '0 stop by command',
      '',
    ]);
    expect(recordings.wrap('reader', transport)).toBe(transport);
  });

  it('fail with the reason where there is no device, no line or no new file', async () => {
    const { reports, recordings, hub } = process();
    const taken = join(folder, 'taken.recording');
    writeFileSync(taken, 'mine');
    await recordings.start({ role: 'reader', file: join(folder, 'a'), hub });
    recordings.configured([
      READER,
      { role: 'printer', model: 'x', simulated: false, protocol: 'cups', queue: 'counter', media: 'A4' },
    ]);
    await recordings.start({ role: 'printer', file: join(folder, 'b'), hub });
    await recordings.start({ role: 'reader', file: taken, hub });
    expect(reports.map((report) => report.type === 'recording' && [report.state, report.detail])).toEqual([
      ['failed', 'no reader is configured'],
      ['failed', 'this device is on no line of its own'],
      ['failed', expect.stringMatching(/EEXIST/)],
    ]);
    expect(readFileSync(taken, 'utf8')).toBe('mine');
  });
});
