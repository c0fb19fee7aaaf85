/** A seeded citizen's data in every form in which it could lie around. */
export interface Needle {
  /** What it is and how it is written, e.g. `name in UTF-16LE`; never the text itself. */
  readonly label: string;
  readonly bytes: Buffer;
}

/** GB18030 as one and two octets, which hold every character of the seeded citizens; found by decoding them all. */
function gb18030Table(): ReadonlyMap<string, readonly number[]> {
  const decoder = new TextDecoder('gb18030');
  const table = new Map<string, readonly number[]>();
  for (let single = 0; single < 0x80; single += 1) table.set(String.fromCharCode(single), [single]);
  for (let first = 0x81; first <= 0xfe; first += 1) {
    for (let second = 0x40; second <= 0xfe; second += 1) {
      if (second === 0x7f) continue;
      const text = decoder.decode(Uint8Array.of(first, second));
      if ([...text].length === 1) table.set(text, [first, second]);
    }
  }
  return table;
}

function gb18030(text: string): Buffer {
  const table = gb18030Table();
  return Buffer.from(
    [...text].flatMap((character) => {
      const octets = table.get(character);
      if (octets === undefined) throw new Error('the seeded citizen has a character that the table lacks');
      return octets;
    }),
  );
}

/**
 * Base64 of a text inside a longer one: one form for each of the three positions, every character of it that holds
 * bits of the text alone. A character less and a date inside a certificate looks like half a password.
 */
function base64Forms(bytes: Buffer): Buffer[] {
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    const first = Math.ceil((shift * 8) / 6);
    const end = Math.floor(((shift + bytes.length) * 8) / 6);
    return Buffer.from(encoded.slice(first, end));
  });
}

/** As JSON writes it for readers that know ASCII only. */
function jsonEscaped(text: string): Buffer {
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return Buffer.from(escaped, 'ascii');
}

/** Every needle of a person: each text in UTF-8, UTF-16LE, GB18030, base64, NFD and JSON's escapes. */
export function needlesOf(person: Readonly<Record<string, string>>): Needle[] {
  return Object.entries(person).flatMap(([what, text]) => {
    const utf8 = Buffer.from(text.normalize('NFC'));
    const nfd = Buffer.from(text.normalize('NFD'));
    return [
      { label: `${what} in UTF-8`, bytes: utf8 },
      { label: `${what} in UTF-16LE`, bytes: Buffer.from(text, 'utf16le') },
      { label: `${what} in GB18030`, bytes: gb18030(text) },
      ...base64Forms(utf8).map((bytes, shift) => ({
        label: `${what} in base64, shifted by ${shift}`,
        bytes,
      })),
      ...(nfd.equals(utf8) ? [] : [{ label: `${what} in NFD`, bytes: nfd }]),
      ...(jsonEscaped(text).equals(utf8) ? [] : [{ label: `${what} in JSON`, bytes: jsonEscaped(text) }]),
    ];
  });
}

/** How often each needle lies in a haystack; needles that do not are left out. */
export function find(haystack: Buffer, needles: readonly Needle[]): Map<string, number> {
  const hits = new Map<string, number>();
  for (const { label, bytes } of needles) {
    for (let at = haystack.indexOf(bytes); at >= 0; at = haystack.indexOf(bytes, at + 1)) {
      hits.set(label, (hits.get(label) ?? 0) + 1);
    }
  }
  return hits;
}
