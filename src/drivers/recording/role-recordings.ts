import type { Device, DeviceRole } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import type { Timers } from '../timers.ts';
import type { Transport } from '../transport/transport.ts';
import type { Recorder } from './recorder.ts';
import { createRecorder, recordingTransport } from './recorder.ts';
import type { ToldCommand } from './recording.ts';
import { TOLD_COMMANDS } from './recording.ts';
import { openRecordingFile } from './recording-file.ts';

/** What of the hub is needed: a role's device is connected anew when its recording begins. */
export interface PausingHub {
  pause(role: DeviceRole): Promise<void>;
  resume(role: DeviceRole): void;
}

/** The recordings of a drivers' process: one at a time for each role. */
export interface RoleRecordings {
  /** Puts a running recording around a new connection. */
  wrap(role: DeviceRole, transport: Transport): Transport;
  configured(devices: readonly Device[]): void;
  /** What the station wants of its devices. */
  told(command: { readonly type: string }): void;
  start(wish: { readonly role: DeviceRole; readonly file: string; readonly hub: PausingHub }): Promise<void>;
  stop(role: DeviceRole): void;
  /** The process ends. */
  stopAll(): void;
}

export function roleRecordings(options: {
  readonly timers: Timers;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly report: (report: DriverReport) => void;
}): RoleRecordings {
  const { timers, report } = options;
  const recorders = new Map<DeviceRole, Recorder>();
  const lastTold = new Map<string, ToldCommand>();
  let devices: readonly Device[] = [];

  function fail(role: DeviceRole, detail: string): void {
    report({ type: 'recording', role, state: 'failed', detail: detail.slice(0, 400) });
  }
  /** `reader.read` is for the reader. */
  const roleOf = (command: ToldCommand) => command.slice(0, command.indexOf('.'));

  return {
    wrap(role, transport) {
      const recorder = recorders.get(role);
      return recorder ? recordingTransport(transport, recorder) : transport;
    },
    configured(next) {
      devices = next;
    },
    told({ type }) {
      const command = TOLD_COMMANDS.find((each) => each === type);
      if (command === undefined) return;
      const role = roleOf(command);
      lastTold.set(role, command);
      for (const [recorded, recorder] of recorders) if (recorded === role) recorder.told(command);
    },
    async start({ role, file, hub }) {
      const device = devices.find((each) => each.role === role);
      if (device === undefined) return fail(role, `no ${role} is configured`);
      if (!('connection' in device)) return fail(role, 'this device is on no line of its own');
      if (recorders.has(role)) return fail(role, 'a recording is running already');
      const sink = openRecordingFile(file);
      if (!sink.ok) return fail(role, sink.error.detail);
      const recorder = createRecorder({
        device,
        sink: sink.value,
        timers,
        started: new Date(options.now()).toISOString(),
        onEnd({ state, detail }) {
          recorders.delete(role);
          report({ type: 'recording', role, state, detail: detail.slice(0, 400) });
        },
      });
      recorders.set(role, recorder);
      const wanted = lastTold.get(role);
      if (wanted !== undefined) recorder.told(wanted);
      report({ type: 'recording', role, state: 'running', detail: null });
      await hub.pause(role);
      hub.resume(role);
    },
    stop: (role) => recorders.get(role)?.stop('by command'),
    stopAll() {
      for (const recorder of [...recorders.values()]) recorder.stop('the drivers ended');
    },
  };
}
