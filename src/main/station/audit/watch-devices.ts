import type { DriverReport } from '#contract/driver-messages.ts';
import type { AuditTrail } from '#station/ports.ts';
import { deviceChanges, type SettledDevices } from './state-changes.ts';

/** Keeps in the record which devices came and went. Returns a function that ends it. */
export function watchDevices(options: {
  readonly drivers: { onReport(listener: (report: DriverReport) => void): () => void };
  readonly audit: AuditTrail;
}): () => void {
  let devices: SettledDevices = new Map();
  return options.drivers.onReport((report) => {
    if (report.type !== 'device') return;
    const { after, events } = deviceChanges(devices, report);
    devices = after;
    for (const event of events) options.audit.record(event);
  });
}
