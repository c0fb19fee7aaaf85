import type { Channel } from '#contract/channel.ts';
import type { SettingView } from '#contract/console-api.ts';
import type { StationSettings } from '#contract/settings.ts';
import { assertNever, type Result } from '#domain/result.ts';
import type { LogInNews } from '#domain/staff/log-in.ts';
import type { StaffRole } from '#domain/staff/role.ts';
import type { Timers } from '#drivers/timers.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import type { AuditEvent } from '#station/audit/audit-events.ts';
import type { StationIdentity } from '#station/desk/station-desk.ts';
import { deviceDesk } from '#station/devices/device-desk.ts';
import type { DeviceProfiles } from '#station/devices/device-profiles.ts';
import type { DevicesInForce } from '#station/devices/devices-in-force.ts';
import type { DriverLink } from '#station/drivers/driver-link.ts';
import type { StationLog } from '#station/log/station-log.ts';
import type { AuditTrail, Environment, KeyStore, Standing } from '#station/ports.ts';
import type { ProvisioningFault } from '#station/provisioning/provision.ts';
import { newSessionId } from '#station/session/session-id.ts';
import type { SettingsDesk } from '#station/settings/settings-desk.ts';
import type { BootClock } from '#station/staff/boot-clock.ts';
import { staffDesk } from '#station/staff/staff-desk.ts';
import { staffStore } from '#station/staff/staff-store.ts';
import { auditView } from './audit-view.ts';
import { chainWalk } from './chain-walk.ts';
import { consoleService } from './console-service.ts';
import { type ConsoleProvisioning, consoleWindow } from './console-window.ts';
import { deviceBook } from './device-book.ts';
import { deviceHandlers } from './device-handlers.ts';
import { queueView } from './queue-view.ts';
import { clockView, linkView, ruleView } from './state-views.ts';
import type { StationInside } from './station-inside.ts';

/** Staff and console of one station. */
export interface StationConsole {
  /** The session has handed the screen to staff. */
  open(): void;
  attach(channel: Channel): void;
  /** Gives the screen back to the citizens. */
  leave(): void;
  /** A citizen's page took the screen: a console that is open is left. */
  taken(): void;
  stop(): void;
}

export function openConsole(options: {
  readonly inside: StationInside;
  readonly settings: StationSettings;
  readonly keyStore: KeyStore;
  readonly drivers: DriverLink;
  /** Called whenever the drivers' process has ended. */
  readonly onDriversEnd: (listener: () => void) => void;
  /** The devices that the drivers were started with, and whose word they are. */
  readonly devices: DevicesInForce;
  readonly profiles: DeviceProfiles;
  readonly audit: AuditTrail;
  readonly environment: Environment;
  readonly bootClock: BootClock;
  readonly timers: Timers;
  readonly log: StationLog;
  readonly standing: () => Standing;
  readonly identity: () => StationIdentity | null;
  readonly provision: (order: ConsoleProvisioning) => Promise<Result<StationIdentity, ProvisioningFault>>;
  readonly settingViews: (role: StaffRole, devices: DevicesInForce) => SettingView[];
  readonly changeSetting: SettingsDesk['change'];
  readonly onLeft: () => void;
}): StationConsole {
  const { inside, settings, drivers, audit, environment, bootClock, log } = options;
  const { clock } = inside;
  const startedAt = clock.now();
  const monotonic = () => environment.clock.monotonic();
  const staff = staffDesk({
    store: staffStore(inside.database),
    bootClock,
    clock,
    link: inside.link,
    randomBytes: environment.randomBytes,
    tell: (news) => audit.record(eventOf(news)),
    onRefused: ({ what, reason }) =>
      audit.record({
        type: what === 'badge' ? 'staff.badge-refused' : 'staff.unlock-refused',
        fields: { reason },
      }),
    log,
  });
  const service = consoleService({ drivers, staff, audit, bootClock, timers: options.timers, onLeft });
  const desk = deviceDesk({
    atStart: options.devices,
    settingsDevices: settings.devices,
    dataFolder: settings.dataFolder,
    mode: settings.mode,
    drivers,
    reconnect: service.reconnectDevices,
    timers: options.timers,
    now: clock.now,
    tell: audit.record,
    log,
  });
  options.onDriversEnd(desk.driversEnded);
  const devices = deviceBook({ drivers, devices: desk.driven, now: clock.now });
  const window = consoleWindow({
    service,
    staff,
    log,
    newId: () => newSessionId(environment.randomBytes),
    provision: options.provision,
    changeSetting: options.changeSetting,
    isScannerRecorded: () => desk.recordings.runs('scanner'),
    devices: deviceHandlers({
      desk,
      profiles: options.profiles,
      views: () => [...devices.views()],
      isOpen: service.isOpen,
      touched: service.touched,
    }),
    tryNow: () => {
      const link = inside.link();
      link?.runner.tryNow();
      return link !== null;
    },
    views: {
      repair: () => {
        const identity = options.identity();
        return {
          stationName: settings.stationName,
          mode: settings.mode,
          identity:
            identity === null
              ? null
              : {
                  stationId: identity.stationId,
                  installation: identity.installation,
                  kid: identity.kid,
                  demoKey: identity.demoKey,
                },
          registryUrl: settings.registryUrl,
          link: linkView(inside, monotonic()),
          clock: clockView(inside),
          rule: ruleView(inside, options.standing().frozen),
          devices: [...devices.views()],
        };
      },
      overview: () => ({
        version: inside.version,
        startedAt,
        keyStore: options.keyStore.kind,
        staffListVersion: inside.link()?.staff.version() ?? null,
        queue: {
          waiting: inside.queue.waiting(),
          acknowledged: inside.queue.acknowledged(),
          refused: inside.queue.refused(),
        },
      }),
      queue: queueView(inside, monotonic),
      audit: auditView(inside.database),
      chain: chainWalk({
        database: inside.database,
        findVerifier: (kid) =>
          inside.installations
            .all()
            .map(({ publicKey }) => nodeVerifier(publicKey))
            .find((verifier) => sameBytes(verifier.kid, kid)),
      }),
      settings: (role) => options.settingViews(role, desk.inForce()),
    },
  });

  function onLeft(): void {
    window.close();
    desk.consoleLeft();
    options.onLeft();
  }

  return {
    open: service.open,
    attach: window.attach,
    leave: service.leave,
    // Whichever page the host shows by then: a session that still waited for staff would wait for ever.
    taken: service.leave,
    stop: () => {
      service.stop();
      devices.stop();
      desk.stop();
      window.close();
    },
  };
}

function eventOf(news: LogInNews): AuditEvent {
  switch (news.kind) {
    case 'logged-in': {
      const { badge, role } = news.member;
      return { type: 'staff.logged-in', fields: { badge, role } };
    }
    case 'logged-out': {
      const { badge, role } = news.member;
      return { type: 'staff.logged-out', fields: { badge, role, cause: news.cause } };
    }
    case 'pin-wrong':
      return { type: 'staff.pin-wrong', fields: { badge: news.member.badge, times: news.wrong } };
    case 'blocked':
      return { type: 'staff.blocked', fields: { badge: news.member.badge } };
    case 'unlocked':
      return { type: 'staff.unlocked', fields: {} };
    default:
      return assertNever(news);
  }
}
