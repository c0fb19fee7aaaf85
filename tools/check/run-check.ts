import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { err, ok, type Result } from '#domain/result.ts';
import { checkCode, isCheckable } from './check-code.ts';
import { fetchPublication } from './fetch-publication.ts';
import { cannotTell, EXIT_CODES, type Finding, type Said } from './finding.ts';
import { type OpenPublication, openPublication } from './open-publication.ts';
import { type PictureFault, readPicture } from './read-picture.ts';

export const USAGE = `Checks a slip or an e-ID: npm run check -- PICTURE|TEXT [options]

  PICTURE               a PNG, a JPEG or a PDF (drawn by pdftoppm of poppler-utils) with the QR code
  TEXT                  the code itself, EIDS1:… or EID1:…
  --publication FILE    what the registry published (GET /v1/publication); without it, EID_PUBLICATION
  --publication URL     https://… of the registry, to fetch it from; needs --root
  --root HEX            the registry's root key, 64 hexadecimal digits; a publication of another root is refused
  --keep FILE           writes the publication that was fetched, to check without a network later

Prints one sentence. Exit code: 0 valid, 1 not valid, 2 cannot tell, 64 wrong use.`;

/** Reads the command line, checks, and says what was found. Never throws for what somebody typed or held up. */
export async function runCheck(request: {
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: number;
}): Promise<Said> {
  const order = readOrder(request.arguments, request.environment);
  if (!order.ok) return { exitCode: EXIT_CODES.usage, text: `${order.error}\n\n${USAGE}`, complaint: null };
  let complaint: string | null = null;
  const finding = await found(order.value, request.now, (sentence) => {
    complaint = sentence;
  });
  return { exitCode: EXIT_CODES[finding.outcome], text: finding.sentence, complaint };
}

interface Order {
  readonly shown:
    | { readonly kind: 'text'; readonly code: string }
    | { readonly kind: 'file'; readonly path: string };
  readonly publication: string;
  readonly root: Uint8Array | null;
  readonly keep: string | null;
}

function readOrder(
  typed: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Result<Order, string> {
  const parsed = parsedArguments(typed);
  if (parsed === null) return err('These options are not known, or lack their value.');
  const { values, positionals } = parsed;
  const [shown, ...more] = positionals;
  if (shown === undefined || more.length > 0) return err('One picture or one code is wanted.');
  const publication = values.publication ?? environment.EID_PUBLICATION;
  if (publication === undefined) return err('What did the registry publish? --publication is missing.');
  const { root: rootText } = values;
  if (rootText !== undefined && !/^[0-9a-f]{64}$/i.test(rootText)) {
    return err('--root must be 64 hexadecimal digits.');
  }
  const root = rootText === undefined ? null : new Uint8Array(Buffer.from(rootText, 'hex'));
  if (isUrl(publication) && root === null) return err('A publication from a URL needs --root.');
  if (!isUrl(publication) && !existsSync(publication)) return err('The publication is no file and no URL.');
  if (!isCheckable(shown) && !existsSync(shown)) return err('That is no file, and no code of ours.');
  return ok({
    shown: isCheckable(shown) ? { kind: 'text', code: shown } : { kind: 'file', path: shown },
    publication,
    root,
    keep: values.keep ?? null,
  });
}

function parsedArguments(typed: readonly string[]) {
  try {
    return parseArgs({
      args: [...typed],
      allowPositionals: true,
      options: {
        publication: { type: 'string' },
        root: { type: 'string' },
        keep: { type: 'string' },
      },
    });
  } catch {
    // parseArgs throws for what was mistyped; the usage says what there is.
    return null;
  }
}

function isUrl(text: string): boolean {
  return text.startsWith('https://') && URL.canParse(text);
}

type Complain = (sentence: string) => void;

async function found(order: Order, now: number, complain: Complain): Promise<Finding> {
  const code = await codeOf(order.shown);
  if (!code.ok) return cannotTell(code.error);
  const publication = await publicationOf(order, complain);
  if (!publication.ok) return cannotTell(publication.error);
  return checkCode({ code: code.value, publication: publication.value, now });
}

async function codeOf(shown: Order['shown']): Promise<Result<string, string>> {
  if (shown.kind === 'text') return ok(shown.code);
  const octets = readFile(shown.path);
  if (octets === null) return err('the picture cannot be read.');
  const text = new TextDecoder().decode(octets.subarray(0, 5_000)).trim();
  if (isCheckable(text)) return ok(text);
  const code = await readPicture(octets);
  return code.ok ? code : err(PICTURE_FAULTS[code.error]);
}

const PICTURE_FAULTS: Readonly<Record<PictureFault, string>> = {
  'not-a-picture': 'the file is no PNG, JPEG or PDF of at most 40 megapixels that can be read.',
  'no-pdftoppm': 'a PDF is drawn by pdftoppm, which is not installed (Debian: poppler-utils).',
  'no-code': 'no QR code was found in the picture.',
};

async function publicationOf(order: Order, complain: Complain): Promise<Result<OpenPublication, string>> {
  const octets = await publicationOctets(order, complain);
  if (!octets.ok) return octets;
  const opened = openPublication({ octets: octets.value, root: order.root });
  if (opened.ok) return opened;
  switch (opened.error) {
    case 'not-a-publication':
      return err('the publication is not what a registry publishes.');
    case 'another-root':
      return err('the publication is of another root than --root names.');
    case 'not-signed-by-its-root':
      return err('the publication was changed: its root has not signed its trust list.');
  }
}

async function publicationOctets(
  { publication, root, keep }: Order,
  complain: Complain,
): Promise<Result<Uint8Array, string>> {
  if (!isUrl(publication) || root === null) {
    const octets = readFile(publication);
    return octets === null ? err('the publication cannot be read.') : ok(octets);
  }
  const fetched = await fetchPublication({ registryUrl: publication, root });
  if (!fetched.ok) {
    switch (fetched.error) {
      case 'unreachable':
        return err('the registry cannot be reached.');
      case 'another-root':
        return err('the server is not the registry of the root that --root names.');
      case 'no-publication':
        return err('the registry gives out no publication.');
    }
  }
  // What is wrong with a disk says nothing of a slip: the verdict stands.
  if (keep !== null && !wroteFile(keep, fetched.value))
    complain(`The publication was not kept: ${keep} cannot be written.`);
  return fetched;
}

function wroteFile(path: string, octets: Uint8Array): boolean {
  try {
    writeFileSync(path, octets);
    return true;
  } catch {
    // Told to whoever asked as what it is: a file that cannot be written.
    return false;
  }
}

function readFile(path: string): Uint8Array | null {
  try {
    return new Uint8Array(readFileSync(path));
  } catch {
    // Told to whoever asked as what it is: a file that cannot be read.
    return null;
  }
}
