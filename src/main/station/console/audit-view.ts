import type Database from 'better-sqlite3';
import { type AuditPage, RECORDS_A_PAGE } from '#contract/console-api.ts';
import { decodeAuditEntry } from '#protocol/audit-entry.ts';
import { AUDIT_EVENTS, type AuditEventType, eventId } from '#station/audit/audit-events.ts';

type AuditRow = AuditPage['rows'][number];

/** Reads the audit chain by pages, newest first. An entry that cannot be read is shown as such, never left out. */
export function auditView(
  database: Database.Database,
): (query: { readonly before: number | null; readonly type: string | null }) => Omit<AuditPage, 'chain'> {
  const columns = 'SELECT sequence, type, entry FROM audit_entry WHERE sequence < @before';
  const all = database.prepare<Query, StoredRow>(`${columns} ORDER BY sequence DESC LIMIT @limit`);
  const ofType = database.prepare<Query, StoredRow>(
    `${columns} AND type = @type ORDER BY sequence DESC LIMIT @limit`,
  );
  const length = database.prepare<[], number>('SELECT coalesce(max(sequence), 0) FROM audit_entry').pluck();
  // Of the newest entries only: the whole of a year's chain is not read to fill a list of choices.
  const types = database
    .prepare<[], string>(
      'SELECT DISTINCT type FROM (SELECT type FROM audit_entry ORDER BY sequence DESC LIMIT 2000) ORDER BY type',
    )
    .pluck();
  return ({ before, type }) => {
    const query = { before: before ?? Number.MAX_SAFE_INTEGER, limit: RECORDS_A_PAGE + 1, type: type ?? '' };
    const found = (type === null ? all : ofType).all(query);
    const page = found.slice(0, RECORDS_A_PAGE);
    return {
      rows: page.map(shown),
      next: found.length > RECORDS_A_PAGE ? (page.at(-1)?.sequence ?? null) : null,
      length: length.get() ?? 0,
      types: types.all().map((each) => ({ type: each, ...known(each) })),
    };
  };
}

interface Query {
  readonly before: number;
  readonly limit: number;
  readonly type: string;
}

interface StoredRow {
  readonly sequence: number;
  readonly type: string;
  readonly entry: Uint8Array;
}

/** A type of a newer program is shown by its name alone. */
function known(type: string): { readonly id: string; readonly meaning: AuditRow['meaning'] } {
  if (!isAuditType(type)) return { id: '', meaning: { 'zh-CN': type, en: type } };
  const { zh, en } = AUDIT_EVENTS[type];
  return { id: eventId(type), meaning: { 'zh-CN': zh, en } };
}

function severityOf(type: string): AuditRow['severity'] {
  return isAuditType(type) ? AUDIT_EVENTS[type].severity : 'notice';
}

function isAuditType(type: string): type is AuditEventType {
  return Object.hasOwn(AUDIT_EVENTS, type);
}

function shown(row: StoredRow): AuditRow {
  const entry = decodeAuditEntry(row.entry);
  const { sequence, type } = row;
  const named = { sequence, type, severity: severityOf(type), ...known(type) };
  return entry.ok
    ? { ...named, at: entry.value.at, fields: Object.entries(entry.value.fields) }
    : { ...named, at: 0, fields: [['unreadable', entry.error.where]] };
}
