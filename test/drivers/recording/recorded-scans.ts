import type { ScannerDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { parseRecording } from '#drivers/recording/parse-recording.ts';
import { createRecorder, recordingTransport } from '#drivers/recording/recorder.ts';
import type { Recording } from '#drivers/recording/recording.ts';
import { createScanner } from '#drivers/scanner/scanner-driver.ts';
import type { Timers } from '#drivers/timers.ts';
import { memoryTransport } from '#drivers/transport/memory.ts';
import { replayRecording } from '#drivers/transport/replay.ts';
import { manualTimers } from '../manual-timers.ts';
import { manualConnector } from '../reader/reader-bench.ts';

/** What the driver made of codes: of one that it took, how many bytes it had does not depend on its encoding. */
export function scanNames(reports: readonly DriverReport[]): string[] {
  return reports.flatMap((report) => {
    if (report.type === 'device') return [`device ${report.state}`];
    return report.type === 'scan.refused' ? [`scan.refused ${report.reason}`] : [report.type];
  });
}

/** A scanner that says things while a code is wanted, and what goes by is recorded. */
export async function recordScans(options: {
  readonly device: ScannerDevice;
  /** Answers the driver, and says what it has to say by itself. */
  readonly scanner: (line: { readonly timers: Timers; readonly send: (bytes: Uint8Array) => void }) => {
    readonly receive: (bytes: Uint8Array) => void;
    readonly begin: () => void;
  };
  readonly time?: number;
}): Promise<{ readonly text: string; readonly recording: Recording; readonly reports: DriverReport[] }> {
  const timers = manualTimers();
  const reports: DriverReport[] = [];
  let text = '';
  const recorder = createRecorder({
    device: options.device,
    timers,
    started: '2026-01-01T09:00:00.000Z',
    sink: {
      write(more) {
        text += more;
      },
      close: () => {},
    },
    onEnd: () => {},
  });
  const made = memoryTransport({ path: '/dev/bench-scanner' });
  const simulated = options.scanner({ timers, send: (bytes) => made.device.emit(bytes) });
  made.device.onWrite((bytes) => simulated.receive(bytes));
  const driver = createScanner({
    device: options.device,
    timers,
    connector: manualConnector(() => recordingTransport(made.transport, recorder)),
    report: (report) => reports.push(report),
  });
  await timers.advance(10);
  recorder.told('scanner.start');
  driver.handle({ type: 'scanner.start' });
  await timers.advance(1000);
  simulated.begin();
  await timers.advance(options.time ?? 4000);
  recorder.stop('by command');
  await driver.stop();
  const parsed = parseRecording(text);
  if (!parsed.ok) throw new Error(`line ${parsed.error.line}: ${parsed.error.reason}`);
  return { text, recording: parsed.value, reports };
}

/** The reports that a scanner's driver gives when it is driven by a recording. */
export async function replayScans(
  recording: Recording,
): Promise<{ readonly reports: DriverReport[]; readonly fault: string | null }> {
  const timers = manualTimers();
  const reports: DriverReport[] = [];
  const replay = replayRecording({
    recording,
    timers,
    pace: 'recorded',
    onTold: (command) => driver.handle({ type: command }),
  });
  const driver = createScanner({
    device: recording.device as ScannerDevice,
    timers,
    connector: manualConnector(() => replay.connect()),
    report: (report) => reports.push(report),
  });
  await timers.until(() => replay.finished() || replay.fault() !== null, 1_000_000);
  await timers.advance(100);
  await driver.stop();
  return { reports, fault: replay.fault()?.detail ?? null };
}
