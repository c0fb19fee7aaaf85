import { READY_WITHIN_MS } from '#contract/console-devices.ts';
import type { Connection, Device, DeviceRole } from '#contract/device.ts';
import { deviceClash } from '#contract/device-clash.ts';
import type { DeviceIdentity, Trial } from '#contract/device-trial.ts';
import type { OperationMode } from '#contract/settings.ts';
import { assertNever, err, ok, type Result } from '#domain/result.ts';
import type { Timers } from '#drivers/timers.ts';
import type { AuditEvent } from '#station/audit/audit-events.ts';
import type { DriverLink } from '#station/drivers/driver-link.ts';
import type { StationLog } from '#station/log/station-log.ts';
import { refusedDevices } from '#station/settings/relaxations.ts';
import type { DeskFault } from './desk-fault.ts';
import {
  type ChangeEffect,
  type ChangeEvent,
  type DeviceChange,
  isUnderWay,
  NO_CHANGE,
  stepChange,
  withDevice,
} from './device-change.ts';
import { type DeviceListFault, eraseDeviceList, writeDeviceList } from './device-list-store.ts';
import type { DevicesInForce } from './devices-in-force.ts';
import { type Attached, driverQuestions, type TrialOrder } from './driver-questions.ts';
import { type KeptRecordings, keptRecordings } from './kept-recordings.ts';
import { recordingFiles } from './recording-files.ts';
import { type Recordings, recordings } from './recordings.ts';

const BUSY: DeskFault = { reason: 'busy', detail: null };

/** What a technician does with the terminal's devices. Whether they may, and whether citizens wait, is known already. */
export interface DeviceDesk extends KeptRecordings {
  inForce(): DevicesInForce;
  /** What the drivers run with: while a device is tried in the list, the list with it. */
  driven(): readonly Device[];
  change(): DeviceChange;
  /** Milliseconds that a device in the trying still has to become ready. */
  leftMs(): number;
  attached(): Promise<Result<Attached, DeskFault>>;
  identify(connection: Connection): Promise<Result<DeviceIdentity, DeskFault>>;
  /** Changes nothing. */
  tryDevice(order: TrialOrder): Promise<Result<Trial, DeskFault>>;
  save(device: Device): Result<void, DeskFault>;
  /** Drives it no more and takes it off the list. */
  remove(role: DeviceRole): Result<void, DeskFault>;
  /** Gives up the list that was saved: the settings' devices hold again. */
  erase(): Result<void, DeskFault>;
  /** Has the drivers tell what they have counted; {@link DriverLink.device} knows it a moment later. */
  askHealth(): void;
  readonly recordings: Recordings;
  /** The screen goes back to the citizens: what is under way ends as if it had never begun. */
  consoleLeft(): void;
  driversEnded(): void;
  stop(): void;
}

export function deviceDesk(options: {
  readonly atStart: DevicesInForce;
  /** The settings' own, which hold when no list is saved. */
  readonly settingsDevices: readonly Device[];
  readonly dataFolder: string;
  readonly mode: OperationMode;
  readonly drivers: Pick<DriverLink, 'send' | 'onReport'>;
  /** Ends the drivers and starts them with what they were configured with last. */
  readonly reconnect: () => void;
  readonly timers: Timers;
  readonly now: () => number;
  readonly tell: (event: AuditEvent) => void;
  readonly log: StationLog;
}): DeviceDesk {
  const { dataFolder, mode, drivers, timers, now, tell, log } = options;
  let inForce = options.atStart;
  let change: DeviceChange = NO_CHANGE;
  let cancelTime: () => void = () => {};
  let asking = false;
  const questions = driverQuestions({ drivers, timers });
  const recorded = recordings({ drivers, files: recordingFiles(dataFolder), timers, now, tell });
  if (inForce.faults.length > 0) tell({ type: 'device.list-not-used', fields: {} });

  function perform(effect: ChangeEffect): void {
    switch (effect.type) {
      case 'drive':
        drivers.send({ type: 'configure', devices: [...effect.devices] });
        options.reconnect();
        return;
      case 'write':
        written(writeDeviceList({ dataFolder, devices: effect.devices }));
        return;
      case 'erase':
        written(eraseDeviceList(dataFolder));
        return;
      case 'tell-kept':
      case 'tell-removed': {
        const { role } = effect.device;
        const devices = effect.devices.length;
        inForce = { source: 'saved', devices: effect.devices, faults: [] };
        const isKept = effect.type === 'tell-kept';
        log.info(isKept ? 'devices.saved' : 'devices.removed', { device: role });
        tell({ type: isKept ? 'device.saved' : 'device.removed', fields: { role, devices } });
        return;
      }
      case 'tell-erased':
        inForce = { source: 'settings', devices: effect.devices, faults: [] };
        log.info('devices.list-erased');
        tell({ type: 'device.list-erased', fields: { devices: effect.devices.length } });
        return;
      case 'tell-rolled-back': {
        const { role } = effect.device;
        log.warn('devices.rolled-back', { device: role, reason: effect.reason });
        tell({ type: 'device.rolled-back', fields: { role, reason: effect.reason } });
        return;
      }
      default:
        assertNever(effect);
    }
  }

  function written(outcome: Result<void, DeviceListFault>): void {
    const fault = outcome.ok ? null : outcome.error.sentences.join(' ');
    if (fault !== null) log.error('devices.list-not-written');
    happen({ type: 'written', fault, at: now() });
  }

  function happen(event: ChangeEvent): void {
    const step = stepChange(change, event);
    change = step.change;
    if (change.at !== 'trying') cancelTime();
    for (const effect of step.effects) perform(effect);
  }

  const stopListening = drivers.onReport((report) => {
    if (report.type === 'device') happen({ type: 'status', status: report });
  });

  function relaxed(devices: readonly Device[]): DeskFault | null {
    const found = refusedDevices({ mode, devices, placeOf: () => 'the device' });
    return found.length === 0
      ? null
      : { reason: 'relaxed', detail: found.map(({ sentence }) => sentence).join(' ') };
  }

  function clashing(devices: readonly Device[]): DeskFault | null {
    const clash = deviceClash(devices);
    if (clash === null) return null;
    return { reason: 'wrong-place', detail: `the ${devices[clash.index]?.role} ${clash.reason}` };
  }

  /** One thing at a time: a line that is tried cannot be asked, and a trial would fail while drivers are exchanged. */
  async function ask<T>(question: () => Promise<Result<T, DeskFault>>): Promise<Result<T, DeskFault>> {
    if (asking || isUnderWay(change)) return err(BUSY);
    asking = true;
    try {
      return await question();
    } finally {
      asking = false;
    }
  }

  return {
    ...keptRecordings({ recordings: recorded, questions, ask, log }),
    inForce: () => inForce,
    driven: () => (isUnderWay(change) ? change.candidate : inForce.devices),
    change: () => change,
    leftMs: () => (change.at === 'trying' ? Math.max(0, Math.ceil(change.until - timers.monotonic())) : 0),
    attached: () => ask(questions.list),
    identify: (connection) => ask(() => questions.identify(connection)),
    async tryDevice(order) {
      const { device } = order;
      const fault = relaxed([device]);
      if (fault !== null) return err(fault);
      const tried = await ask(() => questions.tryDevice(order));
      if (tried.ok) {
        const { passed, steps } = tried.value;
        const { role } = device;
        log.info('devices.tried', { device: role, outcome: passed ? 'passed' : 'failed' });
        tell({ type: 'device.tried', fields: { role, passed, steps: steps.length } });
      }
      return tried;
    },
    save(device) {
      if (asking || isUnderWay(change)) return err(BUSY);
      const candidate = withDevice(inForce.devices, device);
      const fault = relaxed(candidate) ?? clashing(candidate);
      if (fault !== null) return err(fault);
      cancelTime();
      cancelTime = timers.after(READY_WITHIN_MS, () => happen({ type: 'time-up', at: now() }));
      happen({ type: 'save', device, inForce: inForce.devices, now: timers.monotonic() });
      return ok(undefined);
    },
    remove(role) {
      if (asking || isUnderWay(change)) return err(BUSY);
      if (!inForce.devices.some((device) => device.role === role))
        return err({ reason: 'no-such-device', detail: null });
      happen({ type: 'remove', role, inForce: inForce.devices });
      return ok(undefined);
    },
    erase() {
      if (asking || isUnderWay(change)) return err(BUSY);
      // A list that cannot be used is one as well.
      if (inForce.source === 'settings' && inForce.faults.length === 0)
        return err({ reason: 'nothing-saved', detail: null });
      happen({ type: 'erase', settings: options.settingsDevices, inForce: inForce.devices });
      return ok(undefined);
    },
    askHealth: () => drivers.send({ type: 'devices.health' }),
    recordings: recorded,
    consoleLeft() {
      recorded.consoleLeft();
      happen({ type: 'console-left', at: now() });
    },
    driversEnded() {
      questions.driversEnded();
      recorded.driversEnded();
    },
    stop() {
      stopListening();
      cancelTime();
      questions.stop();
      recorded.close();
    },
  };
}
