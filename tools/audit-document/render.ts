import { AUDIT_EVENTS, type AuditEventType, eventId } from '#station/audit/audit-events.ts';
import type { Actor, EventType, Severity } from '#station/audit/event-type.ts';
import type { FieldKind } from '#station/audit/field-kinds.ts';

/** docs/audit-events.md from the code. Throws when a number that the document knows was given to another type. */
export function renderAuditDocument(documentNow: string): string {
  refuseReused(documentNow);
  const types = (Object.entries(AUDIT_EVENTS) as [AuditEventType, EventType][]).toSorted(
    ([, a], [, b]) => a.number - b.number,
  );
  const areas = Object.entries(AREAS).map(([thousand, title]) => {
    const rows = types.filter(([, { number }]) => Math.floor(number / 1000) === Number(thousand));
    return rows.length === 0 ? [] : [`## ${title}`, '', ...HEAD, ...rows.map(rowOf), ''];
  });
  return [...INTRODUCTION, ...areas.flat(), ...retired(documentNow, types)].join('\n');
}

const AREAS: Readonly<Record<string, string>> = {
  1: 'The station',
  2: 'Sessions',
  3: 'Packets',
  4: 'Line and devices',
  5: 'Staff',
  6: 'Checks',
  9: 'The record itself',
};

const SEVERITIES: Readonly<Record<Severity, string>> = {
  info: 'the ordinary course of things',
  notice: 'worth knowing when something else is sought',
  warning: 'somebody should look within the day',
  alarm: 'somebody must look now',
};

const ACTORS: Readonly<Record<Actor, string>> = {
  citizen: 'whoever stands before the terminal',
  staff: 'technician, field officer or supervisor',
  station: 'the terminal by itself',
  registry: 'the registry, by a signed statement',
};

const KINDS: Readonly<Record<FieldKind, string>> = {
  count: 'whole number of at most nine digits',
  flag: 'true or false',
  code: 'a word of the closed vocabulary `src/main/station/audit/words.ts`',
  badge: 'random number of a badge: `b` and 16 hexadecimal digits',
  id: 'UUID of a session or a packet, random',
  hash: 'SHA-256 or a public key, 64 hexadecimal digits',
  version: 'of the program, e.g. `1.2.3`',
};

const HEAD = [
  '| id | event | severity | whose doing | meaning | fields |',
  '|---|---|---|---|---|---|',
] as const;

const INTRODUCTION = [
  '# Audit events',
  '',
  'Written by `npm run document:audit` from `src/main/station/audit/events/`; a test fails when it is stale.',
  '',
  'The station keeps what happened as a chain: each entry names the SHA-256 of the one before, and the station signs the',
  'newest once a day, with every batch of erased bodies and when it shuts down ([protocol.md](protocol.md) has the bytes).',
  'An entry is a time, the name of an event and its fields. The name never changes its meaning; the number is for people',
  'who read it out over a telephone, and is never given to another event.',
  '',
  'An event that comes again with the same fields within a minute is not written again: when it stays away for a minute,',
  'or after an hour, `audit.repeated` says how often it came after its first entry. Events of packets are written in the',
  'same transaction as the change of the queue and are never counted together.',
  '',
  '`npm run audit -- FOLDER` walks the chain of a data folder and names every entry that was deleted, altered or moved. It',
  'needs no secret, only the public key of the station (`--key`), without which it takes the keys that lie in the folder.',
  '',
  'No field can hold personal data: there is no kind for text.',
  '',
  '| kind of field | holds |',
  '|---|---|',
  ...Object.entries(KINDS).map(([kind, holds]) => `| ${kind} | ${holds} |`),
  '',
  '| severity | means |',
  '|---|---|',
  ...Object.entries(SEVERITIES).map(([severity, means]) => `| ${severity} | ${means} |`),
  '',
  '| whose doing | means |',
  '|---|---|',
  ...Object.entries(ACTORS).map(([actor, means]) => `| ${actor} | ${means} |`),
  '',
];

function rowOf([type, { severity, actor, zh, en, fields }]: [AuditEventType, EventType]): string {
  const listed = Object.entries(fields).map(([name, kind]) => `${name}: ${kind}`);
  return `| ${eventId(type)} | \`${type}\` | ${severity} | ${actor} | ${en}<br>${zh} | ${listed.join(', ')} |`;
}

/** Ids that the document has given out, with their names. */
export function numbersIn(document: string): ReadonlyMap<string, string> {
  const rows = document.matchAll(/^\| (E-\d{4}) \| `([a-z.-]+)`/gm);
  return new Map([...rows].map((row) => [row[1] ?? '', row[2] ?? '']));
}

function refuseReused(documentNow: string): void {
  const given = numbersIn(documentNow);
  for (const type of Object.keys(AUDIT_EVENTS) as AuditEventType[]) {
    const before = given.get(eventId(type));
    if (before !== undefined && before !== type) {
      throw new Error(`${eventId(type)} belongs to "${before}": give "${type}" a number of its own`);
    }
  }
}

/** Events that are written no more: old chains still hold them. */
function retired(
  documentNow: string,
  types: readonly (readonly [AuditEventType, EventType])[],
): readonly string[] {
  const present = new Set(types.map(([type]) => eventId(type)));
  const gone = [...numbersIn(documentNow)].filter(([id]) => !present.has(id));
  if (gone.length === 0) return [];
  const rows = gone.toSorted().map(([id, type]) => `| ${id} | \`${type}\` |`);
  return ['## Written no more', '', '| id | event |', '|---|---|', ...rows, ''];
}
