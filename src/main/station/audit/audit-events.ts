import type { EventType } from './event-type.ts';
import { CHECK_EVENTS } from './events/check-events.ts';
import { LINK_EVENTS } from './events/link-events.ts';
import { PACKET_EVENTS } from './events/packet-events.ts';
import { RECORD_EVENTS } from './events/record-events.ts';
import { SESSION_EVENTS } from './events/session-events.ts';
import { STAFF_EVENTS } from './events/staff-events.ts';
import { STATION_EVENTS } from './events/station-events.ts';
import { FIELD_KINDS, type FieldKind, type FieldValue } from './field-kinds.ts';

/**
 * Everything that the audit chain may say. To add a type: a row in the table of its area under `events/`, its words in
 * `words.ts`, a scene that makes it happen in `test/main/station/audit/scenes/`, and `npm run document:audit`. A test
 * names whichever is missing.
 */
export const AUDIT_EVENTS = {
  ...STATION_EVENTS,
  ...SESSION_EVENTS,
  ...PACKET_EVENTS,
  ...LINK_EVENTS,
  ...STAFF_EVENTS,
  ...CHECK_EVENTS,
  ...RECORD_EVENTS,
} as const satisfies Readonly<Record<string, EventType>>;

export type AuditEventType = keyof typeof AUDIT_EVENTS;

export type AuditValue = string | number | boolean;

type FieldsOf<T extends AuditEventType> = {
  readonly [F in keyof (typeof AUDIT_EVENTS)[T]['fields']]: (typeof AUDIT_EVENTS)[T]['fields'][F] extends infer K extends
    FieldKind
    ? FieldValue<K>
    : never;
};

/** An event with all its fields, as the program tells it. */
export type AuditEvent = {
  readonly [T in AuditEventType]: { readonly type: T; readonly fields: FieldsOf<T> };
}[AuditEventType];

export interface ListedEvent {
  readonly type: AuditEventType;
  readonly fields: Readonly<Record<string, AuditValue>>;
  /** Names of fields that were left out because the list does not allow them or their value. */
  readonly refused: readonly string[];
}

/** `E-2010`: how people name a type. */
export function eventId(type: AuditEventType): string {
  return `E-${AUDIT_EVENTS[type].number}`;
}

/**
 * Keeps what the list allows of an event, whatever the compiler was told. An unknown type is kept as
 * `audit.not-listed`.
 */
export function listed(event: {
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
}): ListedEvent {
  if (!isListed(event.type)) {
    const names = Object.keys(event.fields);
    return { type: 'audit.not-listed', fields: { fields: names.length }, refused: names };
  }
  const kinds: Readonly<Record<string, FieldKind>> = AUDIT_EVENTS[event.type].fields;
  const fields: Record<string, AuditValue> = {};
  const refused: string[] = [];
  for (const [name, value] of Object.entries(event.fields)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind !== undefined && FIELD_KINDS[kind](value)) fields[name] = value as AuditValue;
    else refused.push(name);
  }
  return { type: event.type, fields, refused };
}

export function isListed(type: string): type is AuditEventType {
  return Object.hasOwn(AUDIT_EVENTS, type);
}
