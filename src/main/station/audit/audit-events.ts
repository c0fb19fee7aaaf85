/**
 * Everything that the audit chain may say. A field holds a number, a flag, a hash, a packet id or a word of a closed
 * alphabet; there is no kind for text, so that a name or a citizen number has nowhere to go.
 */
export type FieldKind =
  /** Whole number from 0 to 1e14. */
  | 'count'
  | 'flag'
  /** Lower-case words with hyphens, at most 40 characters, no digits in a row. */
  | 'code'
  /** UUID. */
  | 'id'
  /** SHA-256 or a key, 64 hexadecimal digits. */
  | 'hash'
  /** Name of a station, given by the registry. */
  | 'station'
  /** `YYYY.M.D` or `1.2.3`. */
  | 'version';

export const AUDIT_EVENTS = {
  'station.started': { version: 'version', mode: 'code' },
  'station.stopped': {},
  'station.provisioned': { stationId: 'station', installation: 'count', rootKey: 'hash' },
  'station.provisioning-failed': { reason: 'code' },
  'station.frozen': { reason: 'code' },
  'station.thawed': {},
  'trust-list.replaced': { version: 'count' },
  'clock.trust-changed': { from: 'code', to: 'code' },
  'packet.saved': { packetId: 'id', sequence: 'count', envelope: 'hash' },
  'packet.acknowledged': { packetId: 'id', sequence: 'count' },
  'packet.refused': { packetId: 'id', sequence: 'count', reason: 'code' },
  'packet.decided': { packetId: 'id', outcome: 'code', reason: 'code' },
  'packet.body-erased': { packetId: 'id' },
  /** The registry does not hold any more what it had acknowledged, with the hash of what it had said. */
  'packet.sent-again': { packetId: 'id', sequence: 'count', acknowledgement: 'hash' },
  'packet.faulty': { packetId: 'id', fault: 'code' },
  'chain.broken': { installation: 'count', sequence: 'count', reason: 'code' },
  'storage.reserve-released': {},
  'storage.reserve-refilled': {},
  'session.started': { sessionId: 'id', language: 'code', grade: 'code', simulated: 'flag' },
  'session.ended': { sessionId: 'id', outcome: 'code', reason: 'code', step: 'code' },
  'session.step': { sessionId: 'id', from: 'code', to: 'code', step: 'code', event: 'code' },
  'session.ticket': { sessionId: 'id', step: 'code', reason: 'code' },
  'session.card-left': { sessionId: 'id' },
  'session.wiped': { sessionId: 'id' },
  'session.wipe-failed': { sessionId: 'id' },
  'liveness.committed': { sessionId: 'id', attempt: 'count', commitment: 'hash' },
  'liveness.used': { sessionId: 'id', attempt: 'count', commitment: 'hash', result: 'code', reason: 'code' },
  'liveness.abandoned': { sessionId: 'id', attempt: 'count', commitment: 'hash', reason: 'code' },
  'liveness.input-refused': { sessionId: 'id', attempt: 'count', reason: 'code' },
  'device.connected': { role: 'code', device: 'code', simulated: 'flag' },
  'device.disconnected': { role: 'code', device: 'code', reason: 'code' },
  'slip.printed': { packetId: 'id' },
  'slip.failed': { packetId: 'id', reason: 'code' },
  /** An event that this list does not know: a mistake of the program, kept without its fields. */
  'audit.not-listed': { type: 'code', fields: 'count' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, FieldKind>>>>;

export type AuditEventType = keyof typeof AUDIT_EVENTS;

export type AuditValue = string | number | boolean;

const FITS: Readonly<Record<FieldKind, (value: unknown) => boolean>> = {
  count: (value) => Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= 1e14,
  flag: (value) => typeof value === 'boolean',
  code: (value) => matches(value, 40, /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/i) && !/\d{4}/.test(String(value)),
  id: (value) => matches(value, 36, /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  hash: (value) => matches(value, 64, /^[0-9a-f]{64}$/),
  station: (value) => matches(value, 64, /^[A-Za-z0-9][A-Za-z0-9._-]*$/),
  version: (value) => matches(value, 20, /^\d{1,4}\.\d{1,3}\.\d{1,3}(?:-[a-z]+)?$/),
};

function matches(value: unknown, longest: number, pattern: RegExp): boolean {
  return typeof value === 'string' && value.length <= longest && pattern.test(value);
}

export interface ListedEvent {
  readonly type: AuditEventType;
  readonly fields: Readonly<Record<string, AuditValue>>;
  /** Names of fields that were left out because the list does not allow them or their value. */
  readonly refused: readonly string[];
}

/** Keeps what the list allows of an event. An unknown type is kept as `audit.not-listed`. */
export function listed(event: {
  readonly type: string;
  readonly fields: Readonly<Record<string, AuditValue>>;
}): ListedEvent {
  if (!isListed(event.type)) {
    const type = FITS.code(event.type) ? event.type : 'unreadable';
    const fields = Object.keys(event.fields);
    return { type: 'audit.not-listed', fields: { type, fields: fields.length }, refused: fields };
  }
  const kinds: Readonly<Record<string, FieldKind>> = AUDIT_EVENTS[event.type];
  const fields: Record<string, AuditValue> = {};
  const refused: string[] = [];
  for (const [name, value] of Object.entries(event.fields)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind !== undefined && FITS[kind](value)) fields[name] = value;
    else refused.push(name);
  }
  return { type: event.type, fields, refused };
}

function isListed(type: string): type is AuditEventType {
  return Object.hasOwn(AUDIT_EVENTS, type);
}
