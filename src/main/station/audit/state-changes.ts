import type { DeviceRole } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import type { Standing } from '#station/ports.ts';
import type { AuditEvent } from './audit-events.ts';

/**
 * Audit events as differences between two neighbouring states, so that no path through the program can forget its line.
 * The session's are in `session/session-audit.ts`; the queue's are written in the very transaction that changes a
 * packet, because one must not be in the database without the other.
 */

/** Freezing, clock trust and the line to the registry. */
export function standingChanges(before: Standing, after: Standing): readonly AuditEvent[] {
  const events: AuditEvent[] = [];
  if (before.clockTrust !== after.clockTrust) {
    events.push({ type: 'clock.trust-changed', fields: { from: before.clockTrust, to: after.clockTrust } });
  }
  if (before.frozen !== after.frozen) {
    events.push(
      after.frozen === null
        ? { type: 'station.thawed', fields: {} }
        : { type: 'station.frozen', fields: { reason: after.frozen } },
    );
  }
  if (before.online !== after.online) {
    events.push({ type: after.online ? 'link.online' : 'link.offline', fields: {} });
  }
  return events;
}

export type DeviceStatus = Extract<DriverReport, { type: 'device' }>;

/** How each device last stood, apart from `connecting`, which is on its way to something else. */
export type SettledDevices = ReadonlyMap<DeviceRole, DeviceStatus['state']>;

/**
 * Devices that came and went. The drivers are ended and started anew after every session, so that a device that passes
 * from ready over `connecting` to ready was never away.
 */
export function deviceChanges(
  before: SettledDevices,
  report: DeviceStatus,
): { readonly after: SettledDevices; readonly events: readonly AuditEvent[] } {
  const { role, state, simulated } = report;
  const known = before.get(role);
  if (state === 'connecting' || known === state) return { after: before, events: [] };
  const after = new Map(before).set(role, state);
  if (state === 'ready') {
    return { after, events: [{ type: 'device.connected', fields: { role, simulated } }] };
  }
  return { after, events: [{ type: 'device.disconnected', fields: { role, reason: state } }] };
}
