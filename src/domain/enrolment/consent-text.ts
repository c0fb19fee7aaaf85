import type { Application } from './application.ts';

/** A text that a citizen agrees to: what is collected, why, where it is kept, how long, how to withdraw. */
export interface ConsentText {
  /** Changes with every change of a word, in both languages at once, and names the application, as in `2-basic`. */
  readonly version: string;
  readonly title: string;
  readonly paragraphs: readonly { readonly heading: string; readonly text: string }[];
}

/**
 * A locale's file: paragraphs that every application shares, and those that differ because what is collected differs.
 * Written once where they are the same, so that no application's text is forgotten when a word changes.
 */
export interface ConsentSource {
  readonly version: string;
  readonly title: string;
  readonly paragraphs: readonly {
    readonly heading: string;
    readonly text: string | EachApplication | Exceptions;
  }[];
}
type EachApplication = Readonly<Record<Application, string>>;
type Exceptions = { readonly otherwise: string } & Readonly<Partial<Record<Application, string | undefined>>>;

/** The text for one application. Its version is unlike that of every other application's text. */
export function consentTextFor(source: ConsentSource, application: Application): ConsentText {
  return {
    version: `${source.version}-${application}`,
    title: source.title,
    paragraphs: source.paragraphs.map(({ heading, text }) => ({
      heading,
      text: typeof text === 'string' ? text : variantOf(text, application),
    })),
  };
}

function variantOf(text: EachApplication | Exceptions, application: Application): string {
  return 'otherwise' in text ? (text[application] ?? text.otherwise) : text[application];
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
