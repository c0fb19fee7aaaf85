/** A text that a citizen agrees to: what is collected, why, where it is kept, how long, how to withdraw. */
export interface ConsentText {
  /** Changes with every change of a word, in both languages at once. */
  readonly version: string;
  readonly title: string;
  readonly paragraphs: readonly { readonly heading: string; readonly text: string }[];
}

/**
 * The octets that a consent's SHA-256 is taken over: exactly what the screen shows, in its order. UTF-8; each part
 * (version, title, then heading and text of every paragraph) as its length in UTF-16 units, a colon and the part, on
 * lines of their own, so that two different texts never give the same octets.
 */
export function consentOctets(text: ConsentText): Uint8Array {
  const parts = [
    text.version,
    text.title,
    ...text.paragraphs.flatMap(({ heading, text }) => [heading, text]),
  ];
  return new TextEncoder().encode(parts.map((part) => `${part.length}:${part}`).join('\n'));
}
