import type { Device } from '#contract/device.ts';
import { NO_HEALTH } from '#contract/driver-messages.ts';
import type { DeviceStatus } from './driver-link.ts';

/** How a device stands while nobody drives it. */
export function statusWithoutProcess(
  device: Device,
  state: DeviceStatus['state'],
  detail: string | null,
): DeviceStatus {
  const { role, model, simulated } = device;
  return { type: 'device', role, state, model, samId: null, simulated, detail, health: NO_HEALTH };
}
