import type { DeviceView } from '#contract/console-devices.ts';
import { type Device, type DeviceRole, devicePlace } from '#contract/device.ts';
import { type DriverReport, NO_HEALTH } from '#contract/driver-messages.ts';
import type { DriverLink } from '#station/drivers/driver-link.ts';

/** How the devices have fared since the start. */
export interface DeviceBook {
  views(): readonly DeviceView[];
  stop(): void;
}

interface Fate {
  readonly lastReportAt: number;
  /** Apart from `connecting`, which every renewal of the drivers passes through. */
  readonly settled: 'ready' | 'away' | null;
  readonly reconnects: number;
}

/** Notes when each device was last heard of and how often it came back after it had been gone. */
export function deviceBook(options: {
  readonly drivers: Pick<DriverLink, 'device' | 'onReport'>;
  /** What the drivers run with at the time. */
  readonly devices: () => readonly Device[];
  readonly now: () => number;
}): DeviceBook {
  const { drivers, devices, now } = options;
  const fates = new Map<DeviceRole, Fate>();

  function note(report: DriverReport): void {
    if (report.type !== 'device') return;
    const before = fates.get(report.role) ?? { settled: null, reconnects: 0 };
    const settled =
      report.state === 'ready' ? 'ready' : report.state === 'connecting' ? before.settled : 'away';
    const back = before.settled === 'away' && settled === 'ready';
    fates.set(report.role, {
      lastReportAt: now(),
      settled,
      reconnects: before.reconnects + (back ? 1 : 0),
    });
  }

  return {
    views: () =>
      devices().map((device) => {
        const { role, model, simulated } = device;
        const status = drivers.device(role);
        const fate = fates.get(role);
        return {
          role,
          model,
          path: devicePlace(device),
          way: 'connection' in device ? device.connection.transport : 'cups',
          simulated,
          state: status?.state ?? 'absent',
          detail: status?.detail ?? null,
          samId: status?.samId ?? null,
          lastReportAt: fate?.lastReportAt ?? null,
          reconnects: fate?.reconnects ?? 0,
          health: status?.health ?? NO_HEALTH,
        };
      }),
    stop: drivers.onReport(note),
  };
}
