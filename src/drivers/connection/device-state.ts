import type { Device } from '#contract/device.ts';
import type { DeviceHealth, DriverReport } from '#contract/driver-messages.ts';

export type DeviceReport = Extract<DriverReport, { readonly type: 'device' }>;
export type DeviceState = DeviceReport['state'];

/** Longest detail that is told. */
const LONGEST_DETAIL = 400;

/** What is told of how a device stands, but for readers, which have a number of their own. */
export function deviceReport(options: {
  readonly device: Pick<Device, 'role' | 'model' | 'simulated'>;
  readonly state: DeviceState;
  readonly detail: string | null;
  readonly health: DeviceHealth;
}): DeviceReport {
  const { role, model, simulated } = options.device;
  const { state, detail, health } = options;
  const words = detail?.slice(0, LONGEST_DETAIL) ?? null;
  return { type: 'device', role, state, model, samId: null, simulated, detail: words, health };
}

/** Tells how a device stands, when that is news. */
export function tellingDeviceState(options: {
  readonly device: Pick<Device, 'role' | 'model' | 'simulated'>;
  readonly health: () => DeviceHealth;
  readonly report: (report: DeviceReport) => void;
}) {
  let told: { readonly state: DeviceState; readonly detail: string | null } | null = null;
  const repeat = () => {
    const { device, health, report } = options;
    if (told !== null) report(deviceReport({ device, ...told, health: health() }));
  };
  return {
    /** Whether it was news. */
    tell(state: DeviceState, detail: string | null): boolean {
      if (told?.state === state && told.detail === detail) return false;
      told = { state, detail };
      repeat();
      return true;
    },
    /** Tells the same again, with the counts of now. */
    repeat,
  };
}
