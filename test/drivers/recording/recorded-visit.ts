import type { ReaderDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { createIdCardReader } from '#drivers/reader/id-card-reader.ts';
import { createRecorder, recordingTransport } from '#drivers/recording/recorder.ts';
import type { Recording } from '#drivers/recording/recording.ts';
import { scriptedFaults } from '#drivers/simulator/fault-run.ts';
import type { SimulatedCard } from '#drivers/simulator/sdt-module.ts';
import { createSdtReaderSimulator } from '#drivers/simulator/sdt-reader.ts';
import type { MemoryDevice } from '#drivers/transport/memory.ts';
import { memoryTransport } from '#drivers/transport/memory.ts';
import { replayRecording } from '#drivers/transport/replay.ts';
import { bytes } from '../bytes.ts';
import { manualTimers } from '../manual-timers.ts';
import { manualConnector, READER, READER_PATH } from '../reader/reader-bench.ts';
import { script } from '../simulator/script.ts';

/** What a module of a real maker answers: 05.01-20231231-0001234567-0123456789. */
const REAL_SAM_ID = bytes('AA AA AA 96 69 00 14 00 00 90 05 00 01 00 3F B4 34 01 87 D6 12 00 15 CD 5B 07 F9');
/** Beginning of the simulated module's identity behind its status. */
const INVENTED = bytes('00 14 00 00 90 63 00 01 00');

/** Reports as a recording's head names them. */
export function reportNames(reports: readonly DriverReport[]): string[] {
  return reports.map((report) => {
    if (report.type === 'device') return `device ${report.state}`;
    return report.type === 'card.fault' ? `card.fault ${report.fault}` : report.type;
  });
}

function isInventedSamId(chunk: Uint8Array): boolean {
  return INVENTED.every((byte, index) => chunk[5 + index] === byte);
}

/** A reader reads one card while it misbehaves as the script says, and what goes by is recorded. */
export async function recordVisit(visit: {
  readonly card: SimulatedCard;
  readonly faults: string;
  /** Lengths in which the bytes arrive, in turn; as they are sent when left out. */
  readonly chunks?: readonly number[];
  /** Whether the module says that it is an invented one. */
  readonly invented?: boolean;
  readonly limit?: number;
  /** Simulated milliseconds. */
  readonly time?: number;
}): Promise<{ readonly text: string; readonly reports: DriverReport[]; readonly ends: string[] }> {
  const timers = manualTimers();
  const reports: DriverReport[] = [];
  const ends: string[] = [];
  const faults = scriptedFaults();
  let text = '';
  let device: MemoryDevice | null = null;
  let plugged = true;
  let turn = 0;
  const recorder = createRecorder({
    device: READER,
    timers,
    started: '2026-01-01T09:00:00.000Z',
    sink: {
      write(more) {
        text += more;
      },
      close: () => {},
    },
    ...(visit.limit === undefined ? {} : { limit: visit.limit }),
    onEnd: ({ state, detail }) => ends.push(`${state}: ${detail}`),
  });
  /** Chunks of the wished lengths, whatever pieces the simulator speaks in. */
  function arrive(piece: Uint8Array): void {
    const lengths = visit.chunks ?? [];
    for (let at = 0; at < piece.length; ) {
      const length = lengths.length === 0 ? piece.length : (lengths[turn % lengths.length] ?? 1);
      turn += 1;
      device?.emit(piece.subarray(at, at + length));
      at += length;
    }
  }
  const connector = manualConnector(() => {
    const made = memoryTransport(
      plugged
        ? { path: READER_PATH }
        : { path: READER_PATH, openFault: { reason: 'missing', detail: `no such file ${READER_PATH}` } },
    );
    if (plugged) {
      device = made.device;
      device.onWrite((asked) => simulator.receive(asked));
    }
    return recordingTransport(made.transport, recorder);
  });
  const simulator = createSdtReaderSimulator({
    baudRate: 115200,
    timers,
    faults,
    send: (piece) => arrive(visit.invented !== true && isInventedSamId(piece) ? REAL_SAM_ID : piece),
    cable: {
      unplug() {
        plugged = false;
        device?.unplug(`lost ${READER_PATH}`);
      },
      plug() {
        plugged = true;
        connector.appear();
      },
    },
  });
  const reader = createIdCardReader({
    device: READER,
    timers,
    connector,
    report: (report) => reports.push(report),
  });
  await timers.advance(1500);
  faults.set(script(visit.faults));
  reader.handle({ type: 'reader.read' });
  recorder.told('reader.read');
  simulator.insert(visit.card);
  await timers.advance((visit.time ?? 8000) - 1500);
  recorder.stop('by command');
  await reader.stop();
  return { text, reports, ends };
}

/** The reports that a driver gives when it is driven by a recording. */
export async function replayVisit(recording: Recording): Promise<{
  readonly reports: DriverReport[];
  readonly fault: string | null;
  readonly finished: boolean;
}> {
  const timers = manualTimers();
  const reports: DriverReport[] = [];
  const replay = replayRecording({
    recording,
    timers,
    pace: 'recorded',
    onTold: (command) => reader.handle({ type: command }),
  });
  const device = recording.device as ReaderDevice;
  const connector = manualConnector(() => replay.connect());
  const reader = createIdCardReader({
    device,
    timers,
    connector,
    report: (report) => reports.push(report),
  });
  await timers.until(() => replay.finished() || replay.fault() !== null, 10_000_000);
  // What was under way when the recording ended is over by then.
  await timers.advance(100);
  await reader.stop();
  return { reports, fault: replay.fault()?.detail ?? null, finished: replay.finished() };
}
