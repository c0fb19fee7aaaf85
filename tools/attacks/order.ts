import { parseArgs } from 'node:util';
import { err, ok, type Result } from '#domain/result.ts';

export const USAGE = `usage: npm run attacks -- [options]

Shows every attack and every living person to the terminal's own reader and conductor, in virtual time, judges what was
seen, and says which bars are kept. What is recorded already and would look the same again is not rendered again.

  --from-records       renders nothing: judges what is recorded with the judge of today
  --species ID...      only these species; several after commas or by repeating the option
  --live               living people only, or beside the species that are named
  --first N            only the first N of each species, for a quick look
  --browsers N         side by side, 1 to 8; 2 unless told
  --anew               renders everything, recorded or not
  --out DIR            where attacks.html and attacks.json are written; build/attacks unless told
  --help               this

Exit codes: 0 every bar is kept, 1 one is missed or something could not be shown, 2 the call is wrong.`;

export interface Order {
  readonly fromRecords: boolean;
  /** Empty for all. */
  readonly species: readonly string[];
  /** Of each species; null for all. */
  readonly first: number | null;
  readonly browsers: number;
  readonly anew: boolean;
  readonly out: string;
  readonly help: boolean;
}

const BROWSERS = { least: 1, most: 8, usual: 2 } as const;

/** Reads the command line; `known` are the species there are, `live` what living people are called among them. */
export function readOrder(
  parameters: readonly string[],
  { known, live }: { readonly known: readonly string[]; readonly live: string },
): Result<Order, string> {
  const read = options(parameters);
  if (!read.ok) return read;
  const { values, positionals } = read.value;
  const named = [...(values.species ?? []), ...positionals].flatMap((each) => each.split(','));
  if (positionals.length > 0 && values.species === undefined) {
    return err(`${JSON.stringify(positionals[0])}: name species after --species.`);
  }
  const unknown = named.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    return err(`There is no species ${JSON.stringify(unknown)}. There are ${known.join(', ')}.`);
  }
  const browsers = Number(values.browsers ?? BROWSERS.usual);
  if (!Number.isInteger(browsers) || browsers < BROWSERS.least || browsers > BROWSERS.most) {
    return err(`--browsers must be ${BROWSERS.least} to ${BROWSERS.most}.`);
  }
  const first = values.first === undefined ? null : Number(values.first);
  if (first !== null && (!Number.isInteger(first) || first < 1)) return err('--first must be 1 or more.');
  const fromRecords = values['from-records'] === true;
  const anew = values.anew === true;
  if (fromRecords && anew) return err('--from-records renders nothing and --anew renders everything.');
  return ok({
    ...{ fromRecords, anew, browsers, first },
    species: values.live === true ? [...named, live] : named,
    out: values.out ?? 'build/attacks',
    help: values.help === true,
  });
}

function options(parameters: readonly string[]) {
  try {
    return ok(
      parseArgs({
        args: [...parameters],
        allowPositionals: true,
        options: {
          'from-records': { type: 'boolean' },
          species: { type: 'string', multiple: true },
          live: { type: 'boolean' },
          first: { type: 'string' },
          browsers: { type: 'string' },
          anew: { type: 'boolean' },
          out: { type: 'string' },
          help: { type: 'boolean' },
        },
      }),
    );
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
}
