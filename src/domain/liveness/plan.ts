import { ACTIONS, type Action } from './action.ts';
import type { Digests } from './digests.ts';
import { FLASH_COLOURS, type FlashColour } from './flash-colour.ts';

/** Everything that a plan is a function of; committed to before a try, revealed after it. */
export interface PlanInputs {
  /** 32 random bytes. */
  readonly seed: Uint8Array;
  /** 1 to 64 bytes of UTF-8. */
  readonly sessionId: string;
  readonly attempt: 1 | 2;
  /** Actions that this citizen is not asked for; order does not matter. */
  readonly exchanges: readonly Action[];
  /** 8 to 64 bytes from the registry, or null when the terminal was offline. */
  readonly registryNonce: Uint8Array | null;
}

/** What will be asked, in order. Whole milliseconds. */
export interface Plan {
  readonly steps: readonly PlanStep[];
  /** Colours that the screen lights the face with, in this order, where flashes are switched on. */
  readonly flashes: readonly FlashColour[];
}

export interface PlanStep {
  readonly action: Action;
  /** Silence before the prompt, 300 to 1200 ms. */
  readonly gapMs: number;
  /** Time to do it in, counted from when the prompt could have been read, 4000 to 6000 ms. */
  readonly windowMs: number;
}

export const PLAN_LABEL = 'eid-plan/v1';
/** Actions that a plan asks for; fewer when more are exchanged than that leaves. */
export const ACTIONS_PER_PLAN = 3;
const GAP = { least: 300, most: 1200 } as const;
const WINDOW = { least: 4000, most: 6000 } as const;
/** 256 draws; a plan takes at most 12, and a draw is rejected once in 700 000 at worst. */
const STREAM_BYTES = 1024;

/** One byte each in a plan's inputs. Never renumber: commitments in audit trails depend on it. */
const ACTION_CODES: Readonly<Record<Action, number>> = {
  'turn-left': 1,
  'turn-right': 2,
  nod: 3,
  'open-mouth': 4,
  smile: 5,
  blink: 6,
};

/**
 * Draws the plan of one try. The byte stream is HKDF-SHA-256 (key = {@link planInputs}, no salt, info `eid-plan/v1`),
 * read as big-endian 32-bit numbers. A number below n is drawn by taking the next number, dropping it while it is not
 * below the largest multiple of n under 2^32, and taking the remainder. Draws in order: the sequence of actions among
 * all allowed sequences in the order of {@link allowedSequences}; then for each step its gap and its window; then each flash
 * among the colours that are left, in the order of {@link FLASH_COLOURS}.
 */
export function drawPlan({ digests, ...inputs }: PlanInputs & { readonly digests: Digests }): Plan {
  const below = uniformDraws(
    digests.hkdfSha256({
      key: planInputs(inputs),
      salt: new Uint8Array(0),
      info: utf8(PLAN_LABEL),
      length: STREAM_BYTES,
    }),
  );
  const sequences = allowedSequences(inputs.exchanges);
  const sequence = sequences[below(sequences.length)] ?? [];
  const steps = sequence.map((action) => ({
    action,
    gapMs: GAP.least + below(GAP.most - GAP.least + 1),
    windowMs: WINDOW.least + below(WINDOW.most - WINDOW.least + 1),
  }));
  return { steps, flashes: drawFlashes(below) };
}

/** SHA-256 over `eid-plan/v1` and the framed inputs: binds station and registry to a plan without showing it. */
export function planCommitment({
  digests,
  ...inputs
}: PlanInputs & { readonly digests: Digests }): Uint8Array {
  return digests.sha256(join([utf8(PLAN_LABEL), planInputs(inputs)]));
}

/**
 * The inputs as bytes, each field after its length as two big-endian bytes, so that no two inputs share an encoding:
 *
 * | field          | bytes                                                            |
 * |----------------|------------------------------------------------------------------|
 * | seed           | 32                                                               |
 * | session id     | UTF-8                                                            |
 * | try            | 1: 1 or 2                                                        |
 * | exchanges      | one code per action, ascending: in the order of {@link ACTIONS}, from 1 |
 * | registry nonce | as given; empty when offline                                     |
 */
export function planInputs({ seed, sessionId, attempt, exchanges, registryNonce }: PlanInputs): Uint8Array {
  const session = utf8(sessionId);
  if (seed.length !== 32) throw new RangeError(`seed of ${seed.length} bytes`);
  if (session.length < 1 || session.length > 64)
    throw new RangeError(`session id of ${session.length} bytes`);
  if (registryNonce !== null && (registryNonce.length < 8 || registryNonce.length > 64)) {
    throw new RangeError(`registry nonce of ${registryNonce.length} bytes`);
  }
  const codes = [...new Set(exchanges)].map((action) => ACTION_CODES[action]).sort((a, b) => a - b);
  const fields = [
    seed,
    session,
    Uint8Array.of(attempt),
    Uint8Array.from(codes),
    registryNonce ?? new Uint8Array(0),
  ];
  return join(fields.flatMap((field) => [Uint8Array.of(field.length >>> 8, field.length & 0xff), field]));
}

/**
 * Every sequence that a plan may ask for: three different actions (fewer when fewer remain after the exchanges), at
 * least one of them a turn when a turn remains, because a photo with its eyes cut out can blink but not turn. In
 * lexicographic order of {@link ACTIONS}.
 */
export function allowedSequences(exchanges: readonly Action[]): readonly (readonly Action[])[] {
  const pool = ACTIONS.filter((action) => !exchanges.includes(action));
  const sequences = arrangements(pool, Math.min(ACTIONS_PER_PLAN, pool.length));
  return pool.some(isTurn) ? sequences.filter((sequence) => sequence.some(isTurn)) : sequences;
}

export function isTurn(action: Action): boolean {
  return action === 'turn-left' || action === 'turn-right';
}

/** All colours once, in an order that nobody knows before. */
function drawFlashes(below: (bound: number) => number): FlashColour[] {
  const left: FlashColour[] = [...FLASH_COLOURS];
  return FLASH_COLOURS.flatMap(() => left.splice(below(left.length), 1));
}

function arrangements(pool: readonly Action[], length: number): Action[][] {
  if (length === 0) return [[]];
  return pool.flatMap((first) =>
    arrangements(
      pool.filter((action) => action !== first),
      length - 1,
    ).map((rest) => [first, ...rest]),
  );
}

function uniformDraws(stream: Uint8Array): (bound: number) => number {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  let position = 0;
  return (bound) => {
    const limit = Math.floor(2 ** 32 / bound) * bound;
    for (;;) {
      const drawn = view.getUint32(position);
      position += 4;
      if (drawn < limit) return drawn % bound;
    }
  };
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    joined.set(part, position);
    position += part.length;
  }
  return joined;
}
