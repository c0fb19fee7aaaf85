import { describe, expect, it } from 'vitest';
import type { EscPosPrinterDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { createEscPosPrinter } from '#drivers/printer/escpos-printer.ts';
import { encodeReceipt } from '#drivers/printer/escpos-receipt.ts';
import { parseRecording } from '#drivers/recording/parse-recording.ts';
import { createRecorder, recordingTransport } from '#drivers/recording/recorder.ts';
import { memoryTransport } from '#drivers/transport/memory.ts';
import { replayRecording } from '#drivers/transport/replay.ts';
import type { Transport } from '#drivers/transport/transport.ts';
import { manualTimers } from '../manual-timers.ts';
import { manualConnector } from '../reader/reader-bench.ts';

const PRINTER: EscPosPrinterDevice = {
  role: 'printer',
  model: 'Receipt printer',
  simulated: false,
  protocol: 'escpos',
  connection: { transport: 'serial', path: '/dev/ttyS0', baudRate: 9600 },
  columns: 48,
  cutter: true,
};

function recorded() {
  let text = '';
  const timers = manualTimers();
  const sink = {
    write(more: string) {
      text += more;
    },
    close: () => {},
  };
  const recorder = createRecorder({
    device: PRINTER,
    timers,
    started: '2026-01-01T09:00:00.000Z',
    sink,
    onEnd: () => {},
  });
  const { transport, device } = memoryTransport({ path: '/dev/ttyS0' });
  const recording = () => {
    recorder.stop('by command');
    const parsed = parseRecording(text);
    if (!parsed.ok) throw new Error(parsed.error.reason);
    return parsed.value;
  };
  return { timers, device, transport: recordingTransport(transport, recorder), recording };
}

function drive(transport: () => Transport, timers: ReturnType<typeof manualTimers>) {
  const reports: DriverReport[] = [];
  const printer = createEscPosPrinter({
    device: PRINTER,
    timers,
    connector: manualConnector(transport),
    report: (report) => reports.push(report),
  });
  const standing = () =>
    reports.flatMap((each) => (each.type === 'device' ? [`${each.state}: ${each.detail}`] : []));
  return { printer, standing };
}

describe('a masked recording of a printer', () => {
  it('replays to the state that the printer told', async () => {
    const live = recorded();
    // 32: the paper is out.
    live.device.onWrite(() => live.device.emit(Uint8Array.of(0x32)));
    const driven = drive(() => live.transport, live.timers);
    await live.timers.advance(1000);
    const recording = live.recording();
    await driven.printer.stop();

    const timers = manualTimers();
    const replay = replayRecording({ recording, timers, pace: 'recorded', onTold: () => {} });
    const again = drive(() => replay.connect(), timers);
    await timers.until(() => replay.finished() || replay.fault() !== null);
    expect(replay.fault()).toBeNull();
    expect(driven.standing().some((each) => /no paper/.test(each))).toBe(true);
    expect(again.standing().slice(0, driven.standing().length)).toEqual(driven.standing());
    await again.printer.stop();
  });

  it('takes another receipt of the same layout for the recorded one, and no other', async () => {
    const receipt = (text: string) =>
      encodeReceipt({
        receipt: [{ kind: 'text', text, size: 'usual', align: 'left', bold: false }],
        columns: 48,
        cutter: true,
      });
    const live = recorded();
    await live.transport.open();
    await live.transport.write(receipt('林** 4401**'));
    const recording = live.recording();
    for (const [text, same] of [
      ['张** 1101**', true],
      ['张* 1101**', false],
    ] as const) {
      const timers = manualTimers();
      const replay = replayRecording({ recording, timers, pace: 'recorded', onTold: () => {} });
      const transport = replay.connect();
      await transport.open();
      expect((await transport.write(receipt(text))).ok).toBe(same);
    }
  });
});
