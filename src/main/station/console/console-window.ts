import type { Channel } from '#contract/channel.ts';
import {
  CONSOLE_METHODS,
  CONSOLE_PUSHES,
  type ConsoleMethods,
  type ConsolePushes,
  LARGEST_CONSOLE_MESSAGE,
  type Overview,
  type RepairView,
  type SettingView,
} from '#contract/console-api.ts';
import { type Handlers, type Server, serve } from '#contract/rpc.ts';
import { assertNever, type Result } from '#domain/result.ts';
import { mayDo, type Permission, type StaffRole } from '#domain/staff/role.ts';
import type { StationIdentity } from '#station/desk/station-desk.ts';
import type { StationLog } from '#station/log/station-log.ts';
import type { ProvisioningFault } from '#station/provisioning/provision.ts';
import type { SettingsDesk } from '#station/settings/settings-desk.ts';
import type { StaffDesk } from '#station/staff/staff-desk.ts';
import type { auditView } from './audit-view.ts';
import type { ChainState } from './chain-walk.ts';
import type { ConsoleScan, ConsoleService } from './console-service.ts';
import type { DeviceHandlers } from './device-handlers.ts';
import type { queueView } from './queue-view.ts';
import { logInView } from './state-views.ts';

/** What the pages show; each is made when it is asked for. */
export interface ConsoleViews {
  readonly repair: () => RepairView;
  readonly overview: () => Overview;
  readonly queue: ReturnType<typeof queueView>;
  readonly audit: ReturnType<typeof auditView>;
  readonly chain: { readonly state: () => ChainState; readonly step: () => void };
  readonly settings: (role: StaffRole) => SettingView[];
}

/** A code from the repair path; moving the station to another registry is for whoever is logged in and may. */
export interface ConsoleProvisioning {
  readonly code: string;
  readonly mayMove: boolean;
}

/** The console's page: one at a time, trusted with nothing but what the station's own staff session allows. */
export interface ConsoleWindow {
  attach(channel: Channel): void;
  close(): void;
}

export function consoleWindow(options: {
  readonly service: ConsoleService;
  readonly staff: StaffDesk;
  readonly views: ConsoleViews;
  readonly provision: (order: ConsoleProvisioning) => Promise<Result<StationIdentity, ProvisioningFault>>;
  readonly changeSetting: SettingsDesk['change'];
  readonly devices: DeviceHandlers;
  /** Codes that are shown now are for the recording of the scanner. */
  readonly isScannerRecorded: () => boolean;
  /** False until provisioned. */
  readonly tryNow: () => boolean;
  readonly log: StationLog;
  readonly newId: () => string;
}): ConsoleWindow {
  const { service, staff, views, log } = options;
  let current: { readonly channel: Channel; readonly server: Server<ConsolePushes> } | null = null;
  let provisioning = false;
  let unreadable = 0;

  staff.onChange(() => push((server) => server.push('logIn', logInView(staff))));
  service.onScan((scan) => void takeScan(scan));
  service.onTick(() => views.chain.step());

  function push(tell: (server: Server<ConsolePushes>) => void): void {
    try {
      if (current) tell(current.server);
    } catch (error) {
      log.error('console.push-failed', { error });
    }
  }

  async function takeScan(scan: ConsoleScan): Promise<void> {
    const isForRecording = staff.stage().at === 'in' && options.isScannerRecorded();
    if (isForRecording && (scan.kind === 'badge' || scan.kind === 'other')) return;
    switch (scan.kind) {
      case 'badge': {
        const shown = await staff.showBadge(scan.code);
        if (!shown.ok) push((server) => server.push('badgeRefused', { reason: shown.error }));
        return;
      }
      case 'unlock': {
        const unlocked = staff.showUnlock(scan.code);
        push((server) =>
          unlocked.ok
            ? server.push('unlocked', {})
            : server.push('unlockRefused', { reason: unlocked.error }),
        );
        return;
      }
      case 'provisioning':
        push((server) => server.push('provisioningCode', { code: scan.code }));
        return;
      case 'other':
        push((server) => server.push('badgeRefused', { reason: 'not-ours' }));
        return;
      default:
        assertNever(scan);
    }
  }

  /** The role of whoever is in and may do it, looked up at the station, at the moment of the call. */
  function roleFor(permission: Permission): StaffRole | null {
    const stage = staff.stage();
    return stage.at === 'in' && mayDo(stage.member.role, permission) ? stage.member.role : null;
  }

  function guarded<T>(permission: Permission, view: (role: StaffRole) => T) {
    const role = roleFor(permission);
    return role === null ? ({ kind: 'not-allowed' } as const) : ({ kind: 'view', view: view(role) } as const);
  }

  const handlers: Handlers<ConsoleMethods> = {
    repair: () => views.repair(),
    async provision({ code }) {
      service.touched();
      if (provisioning) return { kind: 'busy' };
      provisioning = true;
      try {
        const provisioned = await options.provision({ code, mayMove: roleFor('change-registry') !== null });
        return provisioned.ok
          ? {
              kind: 'provisioned',
              stationId: provisioned.value.stationId,
              installation: provisioned.value.installation,
            }
          : { kind: 'failed', fault: provisioned.error.reason };
      } finally {
        provisioning = false;
      }
    },
    uploadNow: () => {
      service.touched();
      const started = options.tryNow();
      if (started) service.repaired('upload-now');
      return { started };
    },
    reconnectDevices: () => {
      service.touched();
      service.reconnectDevices();
      service.repaired('reconnect-devices');
      return {};
    },
    unlock: ({ code }) => {
      service.touched();
      const unlocked = staff.showUnlock(code.trim());
      return unlocked.ok ? { kind: 'unlocked' } : { kind: 'refused', reason: unlocked.error };
    },
    logInView: () => logInView(staff),
    async showBadge({ code }) {
      service.touched();
      const shown = await staff.showBadge(code.trim());
      return shown.ok ? { kind: 'known' } : { kind: 'refused', reason: shown.error };
    },
    async enterPin({ pin }) {
      service.touched();
      return { result: await staff.enterPin(pin) };
    },
    touch: () => {
      service.touched();
      return {};
    },
    logOut: () => {
      service.touched();
      staff.logOut();
      return {};
    },
    leave: () => {
      service.leave();
      return {};
    },
    overview: () => guarded('see-state', views.overview),
    queue: ({ before }) => guarded('see-queue', () => views.queue(before)),
    audit: (query) =>
      guarded('see-audit', () => {
        views.chain.step();
        return { ...views.audit(query), chain: views.chain.state() };
      }),
    ...options.devices({
      roleFor,
      pushProgress: (progress) => push((server) => server.push('trialProgress', progress)),
    }),
    settings: () => guarded('see-settings', views.settings),
    changeSetting: (order) => {
      service.touched();
      const role = roleFor('change-settings');
      if (role === null) return { kind: 'not-allowed' };
      const changed = options.changeSetting({ ...order, role });
      if (changed.ok) return { kind: 'changed' };
      return changed.error === 'not-allowed'
        ? { kind: 'not-allowed' }
        : { kind: 'refused', reason: changed.error };
    },
  };

  function attach(channel: Channel): void {
    const former = current;
    current = null;
    former?.channel.close();
    // A page that is not asked for: the screen is the citizens'.
    if (!service.isOpen()) {
      channel.close();
      return;
    }
    const server = serve({
      channel,
      methods: CONSOLE_METHODS,
      pushes: CONSOLE_PUSHES,
      largestMessage: LARGEST_CONSOLE_MESSAGE,
      onUnreadable: (bytes) => {
        unreadable += 1;
        if (Number.isInteger(Math.log2(unreadable))) {
          log.warn('console.unreadable', { count: unreadable, bytes });
        }
      },
      onException: (error, method) => {
        const id = options.newId();
        log.error('console.call-failed', { id, method, error });
        return id;
      },
      handlers,
    });
    channel.onClose(() => {
      if (current?.channel === channel) current = null;
    });
    current = { channel, server };
  }

  return {
    attach,
    close() {
      current?.channel.close();
      current = null;
    },
  };
}
