import * as v from 'valibot';
import { DEVICE_ROLES, type Device, type DeviceRole } from '#contract/device.ts';
import {
  type DriverCommand,
  DriverCommandSchema,
  type DriverReport,
  DriverReportSchema,
} from '#contract/driver-messages.ts';
import type { Timers } from '#drivers/timers.ts';
import { backOff } from '#drivers/timers.ts';
import type { ChildProcess, ProcessHost } from '../ports.ts';
import { answerWhileAway } from './answer-while-away.ts';
import { type ChildWatch, watchChild } from './child-watch.ts';
import { endChild } from './end-child.ts';
import { statusWithoutProcess } from './status-without-process.ts';
import { createUnfinished } from './unfinished.ts';
import { commandsFor, initiallyWanted, isIdle, wantedAfter } from './wanted.ts';

export type DeviceStatus = Extract<DriverReport, { type: 'device' }>;

/** Bytes of memory at which a child is renewed as soon as nobody waits for a card, a code or paper. */
const MEMORY_BOUND = 400_000_000;
/** A child that lived this long was well: the back-off begins anew. */
const WELL_AFTER = 30_000;

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

/**
 * Keeps one drivers' process alive and says to it what is wanted. Whatever becomes of it, the session hears of it only
 * by `device` reports: one that crashes is started again after a pause, one that answers no pings is killed, one that
 * grows is renewed when nobody waits for a device, or at once when it has grown to twice its bound.
 */
export function createDriverLink(options: {
  readonly processHost: ProcessHost;
  readonly devices: readonly Device[];
  readonly log: LinkLog;
  readonly timers: Timers;
  /** Bytes of resident memory. */
  readonly memoryBound?: number;
}): DriverLink {
  const { processHost, log, timers, memoryBound = MEMORY_BOUND } = options;
  const listeners = new Set<(report: DriverReport) => void>();
  const statuses = new Map<DeviceRole, DeviceStatus>();
  const unfinished = createUnfinished();
  let wanted = initiallyWanted(options.devices);

  let child: ChildProcess | null = null;
  let watch: ChildWatch | null = null;
  let startedAt = 0;
  let failures = 0;
  /** What the child holds; above the bound it is renewed when nobody waits for a device. */
  let memory = 0;
  let stopped = false;
  /** Ends when the last child that was given up has let go of its lines. */
  let leaving: Promise<void> = Promise.resolve();
  /** Of several starts that are under way only the one that was arranged last takes place. */
  let arrangement = 0;

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
      watch?.heard(report);
      return;
    }
    watch?.spoke();
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

  function startChild(): void {
    const fresh = processHost.start('drivers');
    child = fresh;
    startedAt = timers.monotonic();
    memory = 0;
    fresh.onMessage((message) => onMessage(fresh, message));
    fresh.onExit((code) => {
      if (fresh !== child) return;
      log.warn({ code }, 'the drivers ended unexpectedly');
      letGo();
      startAgain();
    });
    for (const command of commandsFor(wanted)) fresh.post(command);
    watch = watchChild({
      post: (ping) => fresh.post(ping),
      timers,
      onDeaf: (unanswered) => {
        log.warn({ unanswered }, 'the drivers do not answer and are killed');
        end('killed');
        startAgain();
      },
      onMemory(held) {
        memory = held;
        shrink();
      },
    });
  }

  /** After a child that did not do well: each in a row costs a longer pause. */
  function startAgain(): void {
    if (timers.monotonic() - startedAt > WELL_AFTER) failures = 0;
    const pause = backOff(failures);
    failures += 1;
    log.info({ pause }, 'the drivers are started again');
    tellAll('connecting', 'the drivers are started again');
    startWhenFree(pause);
  }

  function startWhenFree(pause: number): void {
    arrangement += 1;
    const arranged = arrangement;
    const start = () => {
      if (arranged === arrangement && !stopped) startChild();
    };
    // The old one has to let go of the lines before the new one takes them.
    void leaving.then(() => {
      if (pause === 0) start();
      else timers.after(pause, start);
    });
  }

  /** Renews a child that has grown too large, when that disturbs nobody or cannot be helped. */
  function shrink(): void {
    if (memory <= memoryBound || child === null) return;
    if (memory <= 2 * memoryBound && (!isIdle(wanted) || unfinished.printing)) return;
    log.warn({ memory, memoryBound }, 'the drivers hold too much memory and are renewed');
    end('asked');
    startAgain();
  }

  /** Listens to the child no more, and tells what becomes of what it had begun. */
  function letGo(): ChildProcess | null {
    watch?.end();
    watch = null;
    const old = child;
    child = null;
    memory = 0;
    for (const report of unfinished.abandon()) tell(report);
    return old;
  }

  function end(how: 'asked' | 'killed'): void {
    const old = letGo();
    if (old !== null) leaving = endChild(old, how, timers);
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
      const said = checked.output;
      if (said.type === 'ping' || said.type === 'stop')
        throw new Error(`"${said.type}" is the link's own business: use renew or stop`);
      wanted = wantedAfter(wanted, said);
      if (said.type === 'configure') tellAll('connecting', null);
      if (child !== null) {
        unfinished.asked(said);
        child.post(said);
      } else {
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
      failures = 0;
      if (stopped) return;
      log.info({}, 'the drivers are started afresh');
      end('asked');
      tellAll('connecting', null);
      startWhenFree(0);
    },
    async stop() {
      stopped = true;
      end('asked');
      await leaving;
    },
  };
}
