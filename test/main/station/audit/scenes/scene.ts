import type Database from 'better-sqlite3';
import { decodeAuditEntry } from '#protocol/audit-entry.ts';
import type { AuditEventType } from '#station/audit/audit-events.ts';

export interface SeenEvent {
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Something that really happens at a terminal, and the audit events that it leaves behind. */
export interface Scene {
  /** In words, after "when". */
  readonly when: string;
  readonly leaves: readonly AuditEventType[];
  play(): Promise<readonly SeenEvent[]>;
}

/** What stands in a station's chain. */
export function eventsIn(database: Database.Database): SeenEvent[] {
  const rows = database.prepare('SELECT entry FROM audit_entry ORDER BY sequence').pluck().all() as Buffer[];
  return rows.map((octets) => {
    const entry = decodeAuditEntry(new Uint8Array(octets));
    if (!entry.ok) throw new Error(entry.error.where);
    return entry.value;
  });
}
