/**
 * How a simulated device misbehaves, as text: one rule a line, `#` begins a comment.
 *
 * ```
 * on read: bad-checksum             the next answer to a read
 * on read 2: cut-after 500          the second one from now
 * on every find: delay 3000         each, until another script is set
 * on any: status 66                 whatever is asked next
 * on scan: drop-byte 3              the next code that is held to the scanner
 * ```
 *
 * | occasion | what is about to be sent |
 * |---|---|
 * | any | an answer of the reader, or a code |
 * | reset status sam-id find select read newest-address body-number line-rate radio-block unknown | the reader's answer to this; fingerprints are a read too |
 * | scan | a code |
 *
 * | fault | what happens | |
 * |---|---|---|
 * | drop-byte n | byte n, from 0, is lost on the way | |
 * | bad-checksum | the checksum is wrong | reader |
 * | delay ms | comes so much later | |
 * | cut-after n | ends after n bytes | |
 * | status xx | the module refuses with SW3 xx, two hexadecimal digits, and does nothing with the card | reader |
 * | silence [ms] | is not sent; for ms after it the device hears nothing and says nothing behind its live cable | |
 * | unplug-at n [ms] | after n bytes the plug is pulled; with ms it is put back after them | |
 * | power-cycle [ms] | instead of it the device goes dark, its cable alive, and starts anew after ms, 1500 if not said | |
 * | babble n | n bytes of rubbish come before it, with beginnings of frames among them | |
 *
 * A rule without `every` is used once. Rules of one occasion all take part, in their order.
 */
import { LONGEST_SCRIPT, type ScriptMistake } from '#contract/dock-api.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { SDT_OCCASIONS } from './sdt-module.ts';

export const FAULT_OCCASIONS = ['any', ...SDT_OCCASIONS, 'scan'] as const;
export type FaultOccasion = (typeof FAULT_OCCASIONS)[number];

export type Fault =
  | { readonly kind: 'drop-byte'; readonly at: number }
  | { readonly kind: 'bad-checksum' }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | { readonly kind: 'cut-after'; readonly length: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'silence'; readonly milliseconds: number }
  /** Null: it stays unplugged until somebody plugs it in. */
  | { readonly kind: 'unplug-at'; readonly length: number; readonly backAfter: number | null }
  | { readonly kind: 'power-cycle'; readonly milliseconds: number }
  | { readonly kind: 'babble'; readonly length: number };

export interface FaultRule {
  readonly occasion: FaultOccasion;
  /** `every`, or which one from now, from 1. */
  readonly which: number | 'every';
  readonly fault: Fault;
  /** The rule as it was written, without its comment. */
  readonly text: string;
}
export type FaultScript = readonly FaultRule[];

const MOST_RULES = 50;
const LARGEST_LENGTH = 65_536;
const LONGEST_TIME = 600_000;
const USUAL_DARKNESS = 1500;

const RULE =
  /^on +(?<every>every +)?(?<occasion>[a-z-]+)(?: +(?<which>\d{1,4}))? *: *(?<fault>[a-z-]+)(?<rest>(?: +\S+)*)$/;

type Parameters = readonly (number | null)[];

/** Decimal numbers up to their bounds; null where one is missing, undefined when anything is wrong. */
function numbers(words: readonly string[], bounds: readonly number[]): Parameters | undefined {
  if (words.length > bounds.length) return undefined;
  const read = bounds.map((bound, index) => {
    const word = words[index];
    if (word === undefined) return null;
    return /^\d{1,7}$/.test(word) && Number(word) <= bound ? Number(word) : undefined;
  });
  return read.includes(undefined) ? undefined : read.map((value) => value ?? null);
}

/** Undefined: the numbers are wrong. Null: there is no such fault. */
function readFault(kind: string, words: readonly string[]): Fault | null | undefined {
  const one = (bound: number) => numbers(words, [bound])?.[0] ?? undefined;
  switch (kind) {
    case 'drop-byte': {
      const at = one(LARGEST_LENGTH);
      return at === undefined ? undefined : { kind, at };
    }
    case 'bad-checksum':
      return words.length === 0 ? { kind } : undefined;
    case 'delay': {
      const milliseconds = one(LONGEST_TIME);
      return milliseconds === undefined ? undefined : { kind, milliseconds };
    }
    case 'cut-after':
    case 'babble': {
      const length = one(LARGEST_LENGTH);
      return length === undefined ? undefined : { kind, length };
    }
    case 'status': {
      const [code = '', ...more] = words;
      return /^[\da-f]{2}$/i.test(code) && more.length === 0
        ? { kind, status: Number.parseInt(code, 16) }
        : undefined;
    }
    case 'silence': {
      const read = numbers(words, [LONGEST_TIME]);
      return read && { kind, milliseconds: read[0] ?? 0 };
    }
    case 'unplug-at': {
      const read = numbers(words, [LARGEST_LENGTH, LONGEST_TIME]);
      const length = read?.[0] ?? undefined;
      return length === undefined ? undefined : { kind, length, backAfter: read?.[1] ?? null };
    }
    case 'power-cycle': {
      const read = numbers(words, [LONGEST_TIME]);
      return read && { kind, milliseconds: read[0] ?? USUAL_DARKNESS };
    }
    default:
      return null;
  }
}

function readRule(text: string): Result<FaultRule, ScriptMistake['reason']> {
  const groups = RULE.exec(text)?.groups;
  if (!groups) return err('no-rule');
  const occasion = FAULT_OCCASIONS.find((each) => each === groups.occasion);
  if (occasion === undefined) return err('no-such-occasion');
  const words = (groups.rest ?? '').split(' ').filter((word) => word !== '');
  const fault = readFault(groups.fault ?? '', words);
  if (fault === null) return err('no-such-fault');
  if (fault === undefined) return err('wrong-number');
  // A code has neither a checksum nor a status.
  if (occasion === 'scan' && (fault.kind === 'bad-checksum' || fault.kind === 'status')) {
    return err('not-for-codes');
  }
  const which = Number(groups.which ?? 1);
  if (which === 0 || (groups.every !== undefined && groups.which !== undefined)) return err('wrong-number');
  return ok({ occasion, which: groups.every === undefined ? which : 'every', fault, text });
}

export function parseFaultScript(text: string): Result<FaultScript, ScriptMistake> {
  if (text.length > LONGEST_SCRIPT) return err({ line: 1, reason: 'too-long' });
  const rules: FaultRule[] = [];
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    const words = written.replace(/#.*$/, '').trim();
    if (words === '') continue;
    const rule = readRule(words);
    if (!rule.ok) return err({ line, reason: rule.error });
    rules.push(rule.value);
    if (rules.length > MOST_RULES) return err({ line, reason: 'too-many-rules' });
  }
  return ok(rules);
}
