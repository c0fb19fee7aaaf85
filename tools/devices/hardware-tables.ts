import { type DeviceProfile, modelOf, notedFields, wayOf } from '#contract/device-profile.ts';
import { assertNever } from '#domain/result.ts';
import { SDT_STATUSES, type StatusClass } from '#drivers/reader/sdt-status.ts';

/** The tables of `docs/hardware.md` that follow from the program, so that they cannot say anything else. */

/** Every profile, and the fields of it that may be otherwise with a device. */
export function profileTable(profiles: readonly DeviceProfile[]): string {
  const rows = profiles.map((profile) => {
    const unsure = notedFields(profile)
      .filter((field) => !field.startsWith('match.') && profile.notes[field]?.verified === false)
      .map((field) => `\`${field.replace(/^device\.(connection\.)?/, '')}\``);
    return [
      `\`${profile.id}\``,
      profile.role,
      modelOf(profile),
      wayOf(profile) ?? '',
      usbNumbers(profile),
      unsure.length === 0 ? 'none' : unsure.join(', '),
    ];
  });
  return markdown([['profile', 'role', 'model', 'over', 'known by', 'not verified'], ...rows]);
}

function usbNumbers({ match, notes }: DeviceProfile): string {
  const signs = match.map((sign, index) => {
    const name = sign.by === 'usb' ? `${sign.vendorId}:${sign.productId ?? '*'}` : `\`${sign.name}\``;
    return notes[`match.${index}`]?.verified === false ? `${name} (not verified)` : name;
  });
  return signs.length === 0 ? '-' : signs.join(', ');
}

/** Every status of a reader's module, and what the terminal does about it. */
export function statusTable(): string {
  const rows = SDT_STATUSES.map(({ code, chinese, english, class: what }) => [
    code.toString(16).toUpperCase().padStart(2, '0'),
    chinese,
    english,
    consequence(what),
  ]);
  return markdown([['SW3', '含义', 'meaning', 'what the terminal does'], ...rows]);
}

function consequence(what: StatusClass): string {
  switch (what.kind) {
    case 'success':
      return 'goes on';
    case 'no-card':
      return 'goes on looking';
    case 'retry':
      return what.fault === 'unreadable'
        ? 'asks again'
        : 'tries again, then asks the citizen to lift the card and lay it down anew';
    case 'reset-and-retry':
      return 'resets the module and tries again';
    case 'give-up':
      switch (what.fault) {
        case 'wrong-card':
          return 'asks for an identity card';
        case 'refused':
          return 'refuses the card and logs it';
        default:
          return 'gives this card up: the reader cannot do it';
      }
    case 'out-of-service':
      return 'puts the reader out of service and looks every 5 seconds whether it has come back';
    default:
      return assertNever(what);
  }
}

function markdown(rows: readonly (readonly string[])[]): string {
  const [head = [], ...rest] = rows;
  return [head, head.map(() => '---'), ...rest].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** A document with what stands between the marks of its tables written anew. */
export function withTables(document: string, profiles: readonly DeviceProfile[]): string {
  const tables = { profiles: profileTable(profiles), statuses: statusTable() };
  return Object.entries(tables).reduce(
    (text, [name, rows]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`),
        (_, begin: string, end: string) => `${begin}\n${rows}\n\n${end}`,
      ),
    document,
  );
}
