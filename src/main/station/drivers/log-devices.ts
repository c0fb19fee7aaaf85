import type { DeviceRole } from '#contract/device.ts';
import type { StationLog } from '../log/station-log.ts';
import type { DriverLink } from './driver-link.ts';

/**
 * Keeps in the log how each device came to stand, and which security module a reader speaks for: a module that was
 * exchanged, or was never this terminal's, is seen by its number. Returns a function that ends it.
 */
export function logDevices(options: {
  readonly drivers: Pick<DriverLink, 'onReport'>;
  readonly log: StationLog;
}): () => void {
  const logged = new Map<DeviceRole, string>();
  return options.drivers.onReport((report) => {
    // `connecting` is on its way to something else, at the end of every session.
    if (report.type !== 'device' || report.state === 'connecting') return;
    const { role, state, samId } = report;
    const standing = `${state} ${samId}`;
    if (logged.get(role) === standing) return;
    logged.set(role, standing);
    options.log[state === 'ready' ? 'info' : 'warn'](`device.${state}`, { device: role, samId });
  });
}
