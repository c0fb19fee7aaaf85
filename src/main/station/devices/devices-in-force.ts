import type { Device } from '#contract/device.ts';
import type { StationSettings } from '#contract/settings.ts';
import type { StationLog } from '#station/log/station-log.ts';
import { readDeviceList } from './device-list-store.ts';

/** The devices that the terminal drives, and whose word that is. */
export interface DevicesInForce {
  readonly source: 'settings' | 'saved';
  readonly devices: readonly Device[];
  /** Why a list that was saved does not count, a sentence for each fault. */
  readonly faults: readonly string[];
}

/** A list that a technician has saved wins; one that cannot be read is told, and the settings' devices hold. */
export function devicesInForce(
  settings: Pick<StationSettings, 'dataFolder' | 'devices'>,
  log: StationLog,
): DevicesInForce {
  const saved = readDeviceList(settings.dataFolder);
  if (!saved.ok) {
    const { reason, sentences } = saved.error;
    log.error('devices.list-not-used', { reason, count: sentences.length });
    return { source: 'settings', devices: settings.devices, faults: sentences };
  }
  return saved.value === null
    ? { source: 'settings', devices: settings.devices, faults: [] }
    : { source: 'saved', devices: saved.value, faults: [] };
}
