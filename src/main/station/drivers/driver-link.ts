import * as v from 'valibot';
import { DEVICE_ROLES, type Device, type DeviceRole } from '#contract/device.ts';
import {
  type DriverCommand,
  DriverCommandSchema,
  type DriverReport,
  DriverReportSchema,
} from '#contract/driver-messages.ts';
import type { Timers } from '#drivers/timers.ts';
import { type ChildLog, keepChild } from '../children/kept-child.ts';
import type { ProcessHost } from '../ports.ts';
import { answerWhileAway } from './answer-while-away.ts';
import { statusWithoutProcess } from './status-without-process.ts';
import { createUnfinished } from './unfinished.ts';
import { commandsFor, initiallyWanted, isIdle, wantedAfter } from './wanted.ts';

export type DeviceStatus = Extract<DriverReport, { type: 'device' }>;

/** Bytes of memory at which a child is renewed as soon as nobody waits for a card, a code or paper. */
const MEMORY_BOUND = 400_000_000;
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

/**
 * Keeps one drivers' process alive and says to it what is wanted. Whatever becomes of it, the session hears of it only
 * by `device` reports: one that crashes is started again after a pause, one that answers no pings is killed, one that
 * grows is renewed when nobody waits for a device, or at once when it has grown to twice its bound.
 */
export function createDriverLink(options: {
  readonly processHost: ProcessHost;
  readonly devices: readonly Device[];
  readonly log: ChildLog;
  readonly timers: Timers;
  /** Bytes of resident memory. */
  readonly memoryBound?: number;
}): DriverLink {
  const { processHost, log, timers, memoryBound = MEMORY_BOUND } = options;
  const listeners = new Set<(report: DriverReport) => void>();
  const statuses = new Map<DeviceRole, DeviceStatus>();
  const unfinished = createUnfinished();
  let wanted = initiallyWanted(options.devices);

  /** What the child holds; above the bound it is renewed when nobody waits for a device. */
  let memory = 0;
  const child = keepChild({
    start: () => processHost.start('drivers'),
    name: 'the drivers',
    timers,
    log,
    onStart() {
      for (const command of commandsFor(wanted)) child.post(command);
    },
    onMessage,
    onMemory(held) {
      memory = held;
      shrink();
    },
    onGone() {
      memory = 0;
      for (const report of unfinished.abandon()) tell(report);
    },
    onAgain: () => tellAll('connecting', 'the drivers are started again'),
  });

  function tell(report: DriverReport): void {
    unfinished.told(report);
    for (const listener of listeners) listener(report);
  }

  /** The devices as they are while their process is not there. */
  function tellAll(state: DeviceStatus['state'], detail: string | null): void {
    for (const role of DEVICE_ROLES) {
      const profile = wanted.devices.find((device) => device.role === role);
      if (!profile) {
        statuses.delete(role);
        continue;
      }
      const status = statusWithoutProcess(profile, state, detail);
      statuses.set(role, status);
      tell(status);
    }
  }

  function onMessage(message: unknown): void {
    const checked = v.safeParse(DriverReportSchema, message);
    if (!checked.success) {
      const place = v.getDotPath(checked.issues[0]) ?? 'type';
      log.warn({ place }, 'the drivers sent a report that does not fit its schema; it was dropped');
      return;
    }
    const report = checked.output;
    if (report.type === 'pong') {
      child.heard(report);
      return;
    }
    child.spoke();
    if (report.type === 'device') statuses.set(report.role, report);
    if (report.type === 'health') counted(report);
    // One reading answers one request; the next card is asked for anew.
    if (report.type === 'card.read') wanted = { ...wanted, reader: 'reader.watch' };
    tell(report);
    shrink();
  }

  /** Newer counts of a device whose state is as it was. */
  function counted({ role, health }: Extract<DriverReport, { type: 'health' }>): void {
    const status = statuses.get(role);
    if (status !== undefined) statuses.set(role, { ...status, health });
  }

  /** Renews a child that has grown too large, when that disturbs nobody or cannot be helped. */
  function shrink(): void {
    if (memory <= memoryBound) return;
    if (memory <= 2 * memoryBound && (!isIdle(wanted) || unfinished.printing)) return;
    log.warn({ memory, memoryBound }, 'the drivers hold too much memory and are renewed');
    child.replace('asked');
  }

  tellAll('connecting', null);
  child.begin();

  return {
    send(command) {
      const checked = v.safeParse(DriverCommandSchema, command);
      if (!checked.success) {
        const place = v.getDotPath(checked.issues[0]) ?? 'type';
        throw new Error(`a driver command is wrong at "${place}"`);
      }
      const said = checked.output;
      if (said.type === 'ping' || said.type === 'stop')
        throw new Error(`"${said.type}" is the link's own business: use renew or stop`);
      wanted = wantedAfter(wanted, said);
      if (said.type === 'configure') tellAll('connecting', null);
      if (child.post(said)) unfinished.asked(said);
      else {
        const answer = answerWhileAway(said);
        if (answer !== null) timers.after(0, () => tell(answer));
      }
      shrink();
    },
    onReport(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    device: (role) => statuses.get(role) ?? null,
    renew() {
      wanted = { ...initiallyWanted(wanted.devices), lamp: wanted.lamp };
      log.info({}, 'the drivers are started afresh');
      child.renew();
      tellAll('connecting', null);
    },
    stop: () => child.stop(),
  };
}
