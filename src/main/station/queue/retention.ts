import type Database from 'better-sqlite3';
import type { ClockTrust } from '#domain/enrolment/enrolment.ts';
import type { AuditLog, CheckpointSigner } from '#station/audit/audit-log.ts';
import type { PacketQueue } from './packet-queue.ts';

const DAY = 86_400_000;
const ERASED_AT_ONCE = 100;

/**
 * Erases bodies that the registry has held for the retention time. Envelope and acknowledgement stay, each erasure is
 * an audit entry, and a signed checkpoint closes the batch; all of it in one transaction. Returns how many.
 */
export function eraseOldBodies(options: {
  readonly database: Database.Database;
  readonly queue: PacketQueue;
  readonly audit: AuditLog;
  readonly station: CheckpointSigner;
  readonly now: number;
  readonly clockTrust: ClockTrust;
  readonly retentionDays: number;
}): number {
  const { database, queue, audit, station, now, clockTrust, retentionDays } = options;
  // Only a time that the registry proved in this run erases: a clock set forth before the start looks like any other.
  if (clockTrust !== 'synchronised') return 0;
  return database
    .transaction(() => {
      const packetIds = queue.toErase({
        acknowledgedBefore: now - retentionDays * DAY,
        limit: ERASED_AT_ONCE,
      });
      for (const packetId of packetIds) {
        queue.eraseBody(packetId);
        audit.append({ type: 'packet.body-erased', fields: { packetId } });
      }
      if (packetIds.length > 0) audit.checkpoint('erasure', station);
      return packetIds.length;
    })
    .immediate();
}
