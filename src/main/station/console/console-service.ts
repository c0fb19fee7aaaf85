import type { RepairAction } from '#contract/console-api.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import type { Timers } from '#drivers/timers.ts';
import { BADGE_PREFIX } from '#protocol/badge.ts';
import { parseProvisioningCode } from '#protocol/provisioning.ts';
import { UNLOCK_PREFIX } from '#protocol/unlock.ts';
import type { DriverLink } from '#station/drivers/driver-link.ts';
import type { AuditTrail } from '#station/ports.ts';
import type { BootClock } from '#station/staff/boot-clock.ts';
import type { StaffDesk } from '#station/staff/staff-desk.ts';

/** A console that nobody touches and nobody is logged in at goes back to the citizens after this, milliseconds. */
export const LEFT_ALONE_MS = 120_000;
const TICK_MS = 1_000;

/** What the scanner saw while the console is open, sorted by what it is. */
export type ConsoleScan =
  | { readonly kind: 'badge'; readonly code: string }
  | { readonly kind: 'unlock'; readonly code: string }
  | { readonly kind: 'provisioning'; readonly code: string }
  | { readonly kind: 'other' };

/** The console's time at the screen: from the moment staff ask for it until it is left. */
export interface ConsoleService {
  isOpen(): boolean;
  /** The session has handed the screen over: the scanner now reads for the console. */
  open(): void;
  /** Somebody did something. */
  touched(): void;
  /** Gives the screen back; the terminal is renewed as after a citizen. Does nothing to a console that is not open. */
  leave(): void;
  reconnectDevices(): void;
  repaired(action: RepairAction): void;
  onScan(listener: (scan: ConsoleScan) => void): void;
  /** Called every second while it is open. */
  onTick(listener: () => void): void;
  stop(): void;
}

export function consoleService(options: {
  readonly drivers: Pick<DriverLink, 'send' | 'onReport' | 'renew'>;
  readonly staff: StaffDesk;
  readonly audit: AuditTrail;
  readonly bootClock: BootClock;
  readonly timers: Timers;
  /** Tells the session that the screen is free again. */
  readonly onLeft: () => void;
}): ConsoleService {
  const { drivers, staff, audit, bootClock, timers } = options;
  let open = false;
  let touchedAt = 0;
  let lastCode: string | null = null;
  let cancelTick: () => void = () => {};
  let onScan: (scan: ConsoleScan) => void = () => {};
  let onTick: () => void = () => {};

  function tick(): void {
    cancelTick = timers.after(TICK_MS, tick);
    staff.timePassed();
    const alone = staff.stage().at !== 'in' && bootClock.now() - touchedAt >= LEFT_ALONE_MS;
    if (alone) leave();
    else onTick();
  }

  function leave(): void {
    if (!open) return;
    open = false;
    cancelTick();
    staff.logOut();
    drivers.send({ type: 'scanner.stop' });
    audit.record({ type: 'staff.console-left', fields: {} });
    options.onLeft();
  }

  function touched(): void {
    touchedAt = bootClock.now();
    staff.active();
  }

  const stopListening = drivers.onReport((report: DriverReport) => {
    if (!open || report.type !== 'scan') return;
    const scan = sortScan(report.text);
    // A code that lies under the scanner is read again and again: only another one shows that somebody is there.
    if (scan.kind !== 'other' && scan.code !== lastCode) {
      lastCode = scan.code;
      touched();
    }
    onScan(scan);
  });

  return {
    isOpen: () => open,
    open: () => {
      if (open) return;
      open = true;
      touchedAt = bootClock.now();
      lastCode = null;
      audit.record({ type: 'staff.console-opened', fields: {} });
      drivers.send({ type: 'scanner.start' });
      cancelTick = timers.after(TICK_MS, tick);
    },
    touched,
    leave,
    reconnectDevices: () => {
      drivers.renew();
      if (open) drivers.send({ type: 'scanner.start' });
    },
    repaired: (action) => audit.record({ type: 'staff.repaired', fields: { action } }),
    onScan: (listener) => {
      onScan = listener;
    },
    onTick: (listener) => {
      onTick = listener;
    },
    stop: () => {
      stopListening();
      cancelTick();
    },
  };
}

/** What is none of ours goes no further: a citizen's code, held up by mistake, is nobody's business here. */
function sortScan(code: string): ConsoleScan {
  if (code.startsWith(BADGE_PREFIX)) return { kind: 'badge', code };
  if (code.startsWith(UNLOCK_PREFIX)) return { kind: 'unlock', code };
  return parseProvisioningCode(code).ok ? { kind: 'provisioning', code } : { kind: 'other' };
}
