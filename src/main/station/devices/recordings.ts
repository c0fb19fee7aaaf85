import { LARGEST_RECORDING, type RecordingEnd, type RecordingView } from '#contract/console-devices.ts';
import type { DeviceRole } from '#contract/device.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Timers } from '#drivers/timers.ts';
import type { AuditEvent } from '#station/audit/audit-events.ts';
import type { DriverLink } from '#station/drivers/driver-link.ts';
import type { RecordingFiles } from './recording-files.ts';

/** How long the drivers may take to begin or end a recording, and how often a running one is measured, milliseconds. */
const ANSWER_WITHIN_MS = 5_000;
const MEASURE_EVERY_MS = 1_000;

export interface EndedRecording {
  readonly role: DeviceRole;
  readonly end: RecordingEnd;
  readonly detail: string | null;
}

/**
 * Recordings of the devices' traffic, which the drivers write and mask. They end with the console: what citizens do is
 * not recorded.
 */
export interface Recordings {
  start(role: DeviceRole): Result<void, RecordingRefusal>;
  /** False when none of this role runs. */
  stop(role: DeviceRole): boolean;
  runs(role: DeviceRole): boolean;
  views(): readonly RecordingView[];
  /** The whole path of one that is listed and has ended. */
  pathOf(file: string): Result<string, NoSuchRecording>;
  lastEnd(): EndedRecording | null;
  consoleLeft(): void;
  /** The process that wrote them is gone. */
  driversEnded(): void;
  close(): void;
}

export type RecordingRefusal =
  | { readonly reason: 'recording-runs'; readonly detail: null }
  | { readonly reason: 'not-written'; readonly detail: string };

export interface NoSuchRecording {
  readonly reason: 'no-such-recording' | 'recording-runs';
  readonly detail: null;
}

interface Running {
  readonly file: string;
  /** The drivers have said that it runs. */
  begun: boolean;
  ending: RecordingEnd | null;
  cancelWait: () => void;
}

export function recordings(options: {
  readonly drivers: Pick<DriverLink, 'send' | 'onReport'>;
  readonly files: RecordingFiles;
  readonly timers: Timers;
  readonly now: () => number;
  readonly tell: (event: AuditEvent) => void;
}): Recordings {
  const { drivers, files, timers, now, tell } = options;
  const running = new Map<DeviceRole, Running>();
  let lastEnd: EndedRecording | null = null;
  let cancelMeasure: () => void = () => {};

  function ended(
    role: DeviceRole,
    how: { readonly end: RecordingEnd; readonly detail: string | null },
  ): void {
    const one = running.get(role);
    if (one === undefined) return;
    one.cancelWait();
    running.delete(role);
    const end = one.ending ?? how.end;
    lastEnd = end === 'asked' || end === 'console-left' ? null : { role, end, detail: how.detail };
    if (one.begun) {
      const bytes = Math.min(files.size(one.file), LARGEST_RECORDING * 10);
      tell({ type: 'device.recording-ended', fields: { role, reason: end, bytes } });
    }
  }

  function askToEnd(role: DeviceRole, end: RecordingEnd): void {
    const one = running.get(role);
    if (one === undefined || one.ending !== null) return;
    one.ending = end;
    one.cancelWait();
    one.cancelWait = timers.after(ANSWER_WITHIN_MS, () => ended(role, { end, detail: null }));
    drivers.send({ type: 'recording.stop', role });
  }

  function measure(): void {
    if (running.size === 0) return;
    for (const [role, { file }] of running) {
      if (files.size(file) > LARGEST_RECORDING) askToEnd(role, 'too-large');
    }
    cancelMeasure = timers.after(MEASURE_EVERY_MS, measure);
  }

  function views(): readonly RecordingView[] {
    const now = new Set([...running.values()].map(({ file }) => file));
    const written = files.list();
    // One that was asked for and has no file yet.
    const coming = [...running].filter(([, { file }]) => !written.some((each) => each.file === file));
    return [
      ...coming.map(([role, { file }]) => ({ file, role, bytes: 0, running: true })),
      ...written.map((each) => ({ ...each, running: now.has(each.file) })),
    ];
  }

  const stopListening = drivers.onReport((report) => {
    if (report.type !== 'recording') return;
    const { role, state, detail } = report;
    const one = running.get(role);
    if (one === undefined) return;
    switch (state) {
      case 'running':
        if (one.begun) return;
        one.begun = true;
        if (one.ending === null) one.cancelWait();
        tell({ type: 'device.recording-begun', fields: { role } });
        return;
      case 'ended':
        ended(role, { end: 'by-itself', detail });
        return;
      case 'failed':
        ended(role, { end: 'failed', detail });
        return;
    }
  });

  return {
    start(role) {
      if (running.has(role)) return err({ reason: 'recording-runs', detail: null });
      const next = files.next(role, now());
      if (!next.ok) return err({ reason: 'not-written', detail: next.error });
      const cancelWait = timers.after(ANSWER_WITHIN_MS, () => {
        drivers.send({ type: 'recording.stop', role });
        ended(role, { end: 'failed', detail: null });
      });
      running.set(role, { file: next.value.file, begun: false, ending: null, cancelWait });
      lastEnd = null;
      cancelMeasure();
      cancelMeasure = timers.after(MEASURE_EVERY_MS, measure);
      drivers.send({ type: 'recording.start', role, file: next.value.path });
      return ok(undefined);
    },
    stop(role) {
      if (!running.has(role)) return false;
      askToEnd(role, 'asked');
      return true;
    },
    runs: (role) => running.has(role),
    views,
    pathOf(file) {
      const view = views().find((each) => each.file === file);
      if (view === undefined) return err({ reason: 'no-such-recording', detail: null });
      return view.running ? err({ reason: 'recording-runs', detail: null }) : ok(files.path(file));
    },
    lastEnd: () => lastEnd,
    consoleLeft: () => {
      for (const role of running.keys()) askToEnd(role, 'console-left');
    },
    driversEnded: () => {
      for (const role of [...running.keys()]) ended(role, { end: 'drivers-ended', detail: null });
    },
    close: () => {
      stopListening();
      cancelMeasure();
      for (const { cancelWait } of running.values()) cancelWait();
      running.clear();
    },
  };
}
