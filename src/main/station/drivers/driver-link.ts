import * as v from 'valibot';
import { DEVICE_ROLES, type Device, type DeviceRole } from '#contract/device.ts';
import {
  type DriverCommand,
  DriverCommandSchema,
  type DriverReport,
  DriverReportSchema,
  NO_HEALTH,
} from '#contract/driver-messages.ts';
import type { Timers } from '#drivers/timers.ts';
import { backOff } from '#drivers/timers.ts';
import type { ChildProcess, ProcessHost } from '../ports.ts';

export type DeviceStatus = Extract<DriverReport, { type: 'device' }>;

/** Milliseconds between two pings, and how many may go unanswered. */
const PING_INTERVAL = 2000;
const MISSED_PINGS = 3;
/** A child that lived this long was well: the back-off begins anew. */
const WELL_AFTER = 30_000;
/** How long a child may take to end by itself. */
const STOP_LIMIT = 2000;

/** The part of a logger that the link needs; pino fits. */
export interface LinkLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** The station's hold on the drivers' process. */
export interface DriverLink {
  /** Passes a command on. What is wanted of the devices is remembered and said again after a crash. */
  send(command: DriverCommand): void;
  /** Returns a function that ends the listening. */
  onReport(listener: (report: DriverReport) => void): () => void;
  /**
   * The last word on a device, or null when none is configured for that role. A state other than `ready` voids what is
   * known of a card; `card.laid` or `card.removed` is told anew after every connection.
   */
  device(role: DeviceRole): DeviceStatus | null;
  /** Ends the process and starts a fresh one, so that nothing of a citizen stays in its memory. */
  renew(): void;
  /** Ends the process for good. */
  stop(): Promise<void>;
}

export function createDriverLink(options: {
  readonly processHost: ProcessHost;
  readonly devices: readonly Device[];
  readonly log: LinkLog;
  readonly timers: Timers;
}): DriverLink {
  const { processHost, log, timers } = options;
  const listeners = new Set<(report: DriverReport) => void>();
  const statuses = new Map<DeviceRole, DeviceStatus>();
  /** What is wanted of the devices: said to every new child. */
  let devices = options.devices;
  let reader: 'reader.read' | 'reader.watch' = 'reader.watch';
  let scanner: 'scanner.start' | 'scanner.stop' = 'scanner.stop';

  let child: ChildProcess | null = null;
  let failures = 0;
  let nonce = 0;
  let unanswered = 0;
  let stopped = false;
  let renewing = false;
  let cancelPing: () => void = () => {};
  let cancelRestart: () => void = () => {};

  function tell(report: DriverReport): void {
    for (const listener of listeners) listener(report);
  }

  /** The devices as they are while their process is not there. */
  function tellAll(state: DeviceStatus['state'], detail: string | null): void {
    for (const role of DEVICE_ROLES) {
      const profile = devices.find((device) => device.role === role);
      if (!profile) {
        statuses.delete(role);
        continue;
      }
      const status: DeviceStatus = {
        type: 'device',
        role,
        state,
        model: profile.model,
        samId: null,
        simulated: profile.simulated,
        detail,
        health: NO_HEALTH,
      };
      statuses.set(role, status);
      tell(status);
    }
  }

  function onMessage(from: ChildProcess, message: unknown): void {
    if (from !== child) return; // a last word from a child that was given up
    const checked = v.safeParse(DriverReportSchema, message);
    if (!checked.success) {
      const place = v.getDotPath(checked.issues[0]) ?? 'type';
      log.warn({ place }, 'the drivers sent a report that does not fit its schema; it was dropped');
      return;
    }
    const report = checked.output;
    if (report.type === 'pong') {
      if (report.nonce === nonce) unanswered = 0;
      return;
    }
    if (report.type === 'device') statuses.set(report.role, report);
    // One reading answers one request; the next card is asked for anew.
    if (report.type === 'card.read') reader = 'reader.watch';
    tell(report);
  }

  function startChild(): void {
    const fresh = processHost.start('drivers');
    const startedAt = timers.monotonic();
    child = fresh;
    unanswered = 0;
    fresh.onMessage((message) => onMessage(fresh, message));
    fresh.onExit((code) => {
      if (fresh !== child) return;
      child = null;
      cancelPing();
      if (stopped) return;
      if (timers.monotonic() - startedAt > WELL_AFTER) failures = 0;
      const pause = backOff(failures);
      failures += 1;
      log.warn({ code, pause }, 'the drivers ended unexpectedly and are started again');
      tellAll('connecting', 'the drivers are started again');
      cancelRestart = timers.after(pause, startChild);
    });
    fresh.post({ type: 'configure', devices: [...devices] } satisfies DriverCommand);
    fresh.post({ type: reader } satisfies DriverCommand);
    fresh.post({ type: scanner } satisfies DriverCommand);
    cancelPing = timers.after(PING_INTERVAL, ping);
  }

  function ping(): void {
    if (!child) return;
    if (unanswered >= MISSED_PINGS) {
      log.warn({ unanswered }, 'the drivers do not answer and are killed');
      child.kill(); // its exit starts the next one
      return;
    }
    unanswered += 1;
    nonce += 1;
    child.post({ type: 'ping', nonce } satisfies DriverCommand);
    cancelPing = timers.after(PING_INTERVAL, ping);
  }

  /** Gives a child up: asks it to end, and kills it when it does not. */
  function dismiss(old: ChildProcess): Promise<void> {
    return new Promise((resolve) => {
      const cancelKill = timers.after(STOP_LIMIT, () => old.kill());
      old.onExit(() => {
        cancelKill();
        resolve();
      });
      old.post({ type: 'stop' } satisfies DriverCommand);
    });
  }

  function giveUpChild(): Promise<void> {
    cancelPing();
    cancelRestart();
    const old = child;
    child = null;
    return old ? dismiss(old) : Promise.resolve();
  }

  tellAll('connecting', null);
  startChild();

  return {
    send(command) {
      const checked = v.safeParse(DriverCommandSchema, command);
      if (!checked.success) {
        const place = v.getDotPath(checked.issues[0]) ?? 'type';
        throw new Error(`a driver command is wrong at "${place}"`);
      }
      switch (checked.output.type) {
        case 'configure':
          devices = checked.output.devices;
          tellAll('connecting', null);
          break;
        case 'reader.read':
        case 'reader.watch':
          reader = checked.output.type;
          break;
        case 'scanner.start':
        case 'scanner.stop':
          scanner = checked.output.type;
          break;
        case 'ping':
        case 'stop':
          throw new Error(`"${checked.output.type}" is the link's own business: use renew or stop`);
      }
      child?.post(checked.output);
    },
    onReport(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    device: (role) => statuses.get(role) ?? null,
    renew() {
      reader = 'reader.watch';
      scanner = 'scanner.stop';
      failures = 0;
      if (stopped || renewing) return;
      renewing = true;
      log.info({}, 'the drivers are started afresh');
      tellAll('connecting', null);
      // The old one has to let go of the lines before the new one takes them.
      void giveUpChild().then(() => {
        renewing = false;
        if (!stopped) startChild();
      });
    },
    async stop() {
      stopped = true;
      await giveUpChild();
    },
  };
}
