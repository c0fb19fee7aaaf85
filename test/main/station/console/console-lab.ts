import { randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import {
  CONSOLE_METHODS,
  CONSOLE_PUSHES,
  type ConsoleMethods,
  type ConsolePushes,
} from '#contract/console-api.ts';
import type { LineScannerDevice } from '#contract/device.ts';
import type { DeviceProfile } from '#contract/device-profile.ts';
import type { DriverCommand, DriverReport } from '#contract/driver-messages.ts';
import { NO_HEALTH } from '#contract/driver-messages.ts';
import { type Client, connect } from '#contract/rpc.ts';
import type { StationSettings } from '#contract/settings.ts';
import type { AuditEvent } from '#station/audit/audit-events.ts';
import type { ConsoleProvisioning } from '#station/console/console-window.ts';
import { openConsole } from '#station/console/open-console.ts';
import { settingViews } from '#station/console/setting-views.ts';
import type { DevicesInForce } from '#station/devices/devices-in-force.ts';
import type { DeviceStatus } from '#station/drivers/driver-link.ts';
import { silentLog } from '#station/log/station-log.ts';
import { memoryChannelPair } from '../../../contract/memory-channel.ts';
import { manualTimers } from '../../../drivers/manual-timers.ts';
import { settingsFor } from '../desk/station-settings.ts';
import { staffedStation } from '../staff/staff-lab.ts';

export type ConsoleClient = Client<ConsoleMethods, ConsolePushes>;

export const SCANNER = {
  role: 'scanner',
  model: 'Line scanner',
  simulated: false,
  protocol: 'line',
  connection: { transport: 'serial', path: '/dev/scanner', baudRate: 9600 },
  ending: { kind: 'suffix', suffix: 'cr' },
  encoding: 'utf-8',
  aimIdentifier: false,
  trigger: 'always-on',
} as const satisfies LineScannerDevice;

/** What a test wants otherwise than usual. */
interface Terminal {
  readonly settings: Partial<StationSettings>;
  readonly devices: DevicesInForce;
  readonly profiles: readonly DeviceProfile[];
}

/** The console of a staffed station at the other end of a channel; the hands on the scanner are the test's. */
export async function consoleLab(terminal: Partial<Terminal> = {}) {
  const lab = await staffedStation();
  const { inside, desk, identity } = lab.station.desk;
  const listeners = new Set<(report: DriverReport) => void>();
  const commands: DriverCommand['type'][] = [];
  const sent: DriverCommand[] = [];
  let driversEnded: () => void = () => {};
  const statuses = new Map<string, DeviceStatus>();
  const timers = manualTimers();
  const events: string[] = [];
  const told: AuditEvent[] = [];
  const provisionings: ConsoleProvisioning[] = [];
  let left = 0;
  let renewals = 0;
  const console = openConsole({
    inside,
    settings: settingsFor(lab.folder, { devices: [SCANNER], ...terminal.settings }),
    devices: terminal.devices ?? { source: 'settings', devices: [SCANNER], faults: [] },
    profiles: () => ({ profiles: terminal.profiles ?? [], faults: [] }),
    onDriversEnd: (listener) => {
      driversEnded = listener;
    },
    keyStore: {
      kind: 'file',
      demoOnly: true,
      unwrapSeed: async () => null,
      storeSeed: async () => {},
    },
    drivers: {
      send: (command) => {
        commands.push(command.type);
        sent.push(command);
      },
      onReport: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      device: (role) => statuses.get(role) ?? null,
      renew: () => {
        renewals += 1;
      },
      stop: async () => {},
    },
    audit: {
      record: (event) => {
        events.push(event.type);
        told.push(event);
      },
    },
    environment: {
      clock: { now: () => Date.now(), monotonic: () => performance.now() },
      randomBytes: (length) => new Uint8Array(randomBytes(length)),
    },
    bootClock: lab.bootClock,
    timers,
    log: silentLog,
    standing: desk.standing,
    identity,
    provision: async (order) => {
      provisionings.push(order);
      return { ok: false, error: { reason: order.mayMove ? 'unreachable' : 'another-registry' } };
    },
    settingViews: (role) => settingViews(settingsFor(lab.folder), lab.station.desk.settings.view(), role),
    changeSetting: (order) => lab.station.desk.settings.change(order),
    onLeft: () => {
      left += 1;
    },
  });
  onTestFinished(() => console.stop());

  function report(told: DriverReport): void {
    if (told.type === 'device') statuses.set(told.role, told);
    for (const listener of listeners) listener(told);
  }

  return {
    lab,
    console,
    commands,
    /** Every command with what it carries. */
    sent,
    events,
    told,
    /** The drivers say something. */
    report,
    driversEnd: () => driversEnded(),
    provisionings,
    inside,
    get left() {
      return left;
    },
    get renewals() {
      return renewals;
    },
    /** A page comes up. */
    page(): { readonly client: ConsoleClient; readonly closed: () => Promise<boolean> } {
      const [ours, pages] = memoryChannelPair();
      console.attach(ours);
      const client = connect({ channel: pages, methods: CONSOLE_METHODS, pushes: CONSOLE_PUSHES });
      const closed = () =>
        client.call('logInView', {}).then(
          () => false,
          () => true,
        );
      return { client, closed };
    },
    scan: (text: string) => report({ type: 'scan', text, simulated: false }),
    device: (state: DeviceStatus['state']) =>
      report({
        type: 'device',
        role: 'scanner',
        state,
        model: SCANNER.model,
        samId: null,
        simulated: false,
        detail: null,
        health: NO_HEALTH,
      }),
    /** Time goes by on the boot clock, a second at a time, as the console's own timer sees it. */
    async pass(milliseconds: number) {
      for (let passed = 0; passed < milliseconds; passed += 1_000) {
        lab.bootClock.pass(1_000);
        await timers.advance(1_000);
      }
    },
  };
}
