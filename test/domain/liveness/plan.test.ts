import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACTIONS, type Action } from '#domain/liveness/action.ts';
import { FLASH_COLOURS, type FlashColour } from '#domain/liveness/flash-colour.ts';
import { allowedSequences, drawPlan, planCommitment, planInputs } from '#domain/liveness/plan.ts';
import { nodeDigests } from '#protocol/digests.ts';

const digests = nodeDigests;
const DOCUMENT = readFileSync(new URL('../../../docs/liveness.md', import.meta.url), 'utf8');

const anyInputs = fc.record({
  seed: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  sessionId: fc.stringMatching(/^[ -~]{1,64}$/),
  attempt: fc.constantFrom(1 as const, 2 as const),
  exchanges: fc.uniqueArray(fc.constantFrom(...ACTIONS)),
  registryNonce: fc.option(fc.uint8Array({ minLength: 8, maxLength: 64 }), { nil: null }),
});

interface Vector {
  readonly seed: string;
  readonly sessionId: string;
  readonly attempt: 1 | 2;
  readonly exchanges: readonly Action[];
  readonly registryNonce: string | null;
  readonly commitment: string;
  readonly plan: readonly (readonly [Action, number, number])[];
  readonly flashes: readonly FlashColour[];
}

function documentedVectors(): Vector[] {
  const block = /```json\n([\s\S]*?)```/.exec(DOCUMENT)?.[1];
  if (block === undefined) throw new Error('docs/liveness.md has no json block');
  return JSON.parse(block) as Vector[];
}

/**
 * The plan computed once more from the document's words alone: RFC 5869 by two HMACs, BigInt arithmetic, the allowed
 * sequences counted out as numbers in base six. Shares nothing with the product but the vectors.
 */
function recompute(vector: Vector): Pick<Vector, 'commitment' | 'plan' | 'flashes'> {
  const codes = { 'turn-left': 1, 'turn-right': 2, nod: 3, 'open-mouth': 4, smile: 5, blink: 6 };
  const names = Object.keys(codes) as Action[];
  const fields = [
    Buffer.from(vector.seed, 'hex'),
    Buffer.from(vector.sessionId, 'utf8'),
    Buffer.from([vector.attempt]),
    Buffer.from(vector.exchanges.map((name) => codes[name]).sort()),
    Buffer.from(vector.registryNonce ?? '', 'hex'),
  ];
  const inputs = Buffer.concat(
    fields.flatMap((field) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(field.length);
      return [length, field];
    }),
  );
  const label = Buffer.from('eid-plan/v1');
  const key = createHmac('sha256', Buffer.alloc(32)).update(inputs).digest();
  let stream = Buffer.alloc(0);
  let block = Buffer.alloc(0);
  for (let counter = 1; stream.length < 1024; counter += 1) {
    block = createHmac('sha256', key)
      .update(block)
      .update(label)
      .update(Buffer.from([counter]))
      .digest();
    stream = Buffer.concat([stream, block]);
  }
  let taken = 0;
  const below = (bound: number): number => {
    for (;;) {
      const number = BigInt(`0x${stream.subarray(taken, taken + 4).toString('hex')}`);
      taken += 4;
      if (number < 2n ** 32n - (2n ** 32n % BigInt(bound))) return Number(number % BigInt(bound));
    }
  };
  const left = names.filter((name) => !vector.exchanges.includes(name));
  const length = Math.min(3, left.length);
  const turns = left.filter((name) => name.startsWith('turn'));
  const sequences: Action[][] = [];
  for (let number = 0; number < 6 ** length; number += 1) {
    const digits = number.toString(6).padStart(length, '0').slice(0, length);
    const sequence = [...digits].map((digit) => names[Number(digit)] ?? 'blink');
    const allowed =
      new Set(sequence).size === length &&
      sequence.every((name) => left.includes(name)) &&
      (turns.length === 0 || sequence.some((name) => turns.includes(name)));
    if (allowed) sequences.push(sequence);
  }
  const sequence = sequences[below(sequences.length)] ?? [];
  const plan = sequence.map((action) => [action, 300 + below(901), 4000 + below(2001)] as const);
  const colours: FlashColour[] = ['white', 'green', 'violet', 'dark'];
  const flashes: FlashColour[] = [];
  while (colours.length > 0) flashes.push(...colours.splice(below(colours.length), 1));
  return {
    commitment: createHash('sha256').update(label).update(inputs).digest('hex'),
    plan,
    flashes,
  };
}

describe('the documented vectors', () => {
  test.each(documentedVectors().map((vector, index) => [index + 1, vector] as const))(
    'vector %i comes out of the product and of an independent computation',
    (_, vector) => {
      const inputs = {
        seed: Uint8Array.from(Buffer.from(vector.seed, 'hex')),
        sessionId: vector.sessionId,
        attempt: vector.attempt,
        exchanges: vector.exchanges,
        registryNonce:
          vector.registryNonce === null ? null : Uint8Array.from(Buffer.from(vector.registryNonce, 'hex')),
      };
      const { commitment, plan, flashes } = vector;
      expect(recompute(vector)).toEqual({ commitment, plan, flashes });
      expect(Buffer.from(planCommitment({ digests, ...inputs })).toString('hex')).toBe(vector.commitment);
      const drawn = drawPlan({ digests, ...inputs });
      expect(drawn.steps.map(({ action, gapMs, windowMs }) => [action, gapMs, windowMs])).toEqual(plan);
      expect(drawn.flashes).toEqual(flashes);
    },
  );

  test('hold online, offline, exchanged actions, and all of them exchanged', () => {
    const vectors = documentedVectors();
    expect(vectors.some(({ registryNonce }) => registryNonce === null)).toBe(true);
    expect(vectors.some(({ registryNonce }) => registryNonce !== null)).toBe(true);
    expect(vectors.map(({ exchanges }) => exchanges.length)).toEqual([0, 0, 2, 4, 6]);
  });
});

describe('a plan', () => {
  test('asks for three different actions with a turn among them: 96 sequences', () => {
    expect(allowedSequences([])).toHaveLength(96);
    for (const sequence of allowedSequences([])) {
      expect(new Set(sequence).size).toBe(3);
      expect(sequence.some((action) => action.startsWith('turn'))).toBe(true);
    }
  });

  test('keeps its bounds and its exchanges, whatever the inputs', () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const { steps, flashes } = drawPlan({ digests, ...inputs });
        expect(steps).toHaveLength(Math.min(3, 6 - inputs.exchanges.length));
        expect(new Set(steps.map(({ action }) => action)).size).toBe(steps.length);
        expect([...flashes].sort()).toEqual([...FLASH_COLOURS].sort());
        const turnsLeft = ['turn-left', 'turn-right'].some(
          (turn) => !inputs.exchanges.some((a) => a === turn),
        );
        expect(steps.some(({ action }) => action.startsWith('turn'))).toBe(turnsLeft);
        for (const { action, gapMs, windowMs } of steps) {
          expect(inputs.exchanges).not.toContain(action);
          expect(gapMs).toBeGreaterThanOrEqual(300);
          expect(gapMs).toBeLessThanOrEqual(1200);
          expect(windowMs).toBeGreaterThanOrEqual(4000);
          expect(windowMs).toBeLessThanOrEqual(6000);
        }
      }),
    );
  });

  test('is drawn evenly: every sequence, gap, window and order of flashes about as often (chi-squared, fixed seeds)', () => {
    const drawn = Array.from({ length: 6000 }, (_, index) => {
      const seed = new Uint8Array(32);
      new DataView(seed.buffer).setUint32(0, index);
      return drawPlan({ digests, seed, sessionId: 's', attempt: 1, exchanges: [], registryNonce: null });
    });
    const sequences = drawn.map(({ steps }) => steps.map(({ action }) => action).join());
    // 95 degrees of freedom: below 143.3 with probability 0.999.
    expect(chiSquared(sequences, 96)).toBeLessThan(143.3);
    const orders = drawn.map(({ flashes }) => flashes.join());
    // 23 degrees of freedom: below 49.7 with probability 0.999.
    expect(chiSquared(orders, 24)).toBeLessThan(49.7);
    const gaps = drawn.flatMap(({ steps }) =>
      steps.map(({ gapMs }) => String(Math.floor((gapMs - 300) / 53))),
    );
    expect(chiSquared(gaps, 17)).toBeLessThan(39.3);
    const windows = drawn.flatMap(({ steps }) =>
      steps.map(({ windowMs }) => String(Math.floor((windowMs - 4000) / 87))),
    );
    expect(chiSquared(windows, 23)).toBeLessThan(48.3);
  });

  test('does not depend on the order of exchanges, and on everything else', () => {
    const base = {
      seed: new Uint8Array(32),
      sessionId: 'a',
      attempt: 1 as const,
      exchanges: [] as Action[],
      registryNonce: null as Uint8Array | null,
    };
    const commit = (change: Partial<typeof base>) =>
      Buffer.from(planCommitment({ digests, ...base, ...change })).toString('hex');
    expect(commit({ exchanges: ['blink', 'turn-left'] })).toBe(commit({ exchanges: ['turn-left', 'blink'] }));
    const others = [
      commit({}),
      commit({ seed: new Uint8Array(32).fill(1) }),
      commit({ sessionId: 'b' }),
      commit({ exchanges: ['blink'] }),
      commit({ registryNonce: new Uint8Array(8) }),
      Buffer.from(planCommitment({ digests, ...base, attempt: 2 })).toString('hex'),
    ];
    expect(new Set(others).size).toBe(others.length);
  });

  test('no two inputs have the same bytes', () => {
    fc.assert(
      fc.property(anyInputs, anyInputs, (a, b) => {
        const key = (inputs: typeof a) =>
          JSON.stringify([
            [...inputs.seed],
            inputs.sessionId,
            inputs.attempt,
            [...inputs.exchanges].sort(),
            inputs.registryNonce && [...inputs.registryNonce],
          ]);
        const equal = Buffer.from(planInputs(a)).equals(Buffer.from(planInputs(b)));
        expect(equal).toBe(key(a) === key(b));
      }),
    );
  });

  test('inputs of the wrong size are a bug and named', () => {
    const inputs = { sessionId: 's', attempt: 1 as const, exchanges: [], registryNonce: null };
    expect(() => planInputs({ ...inputs, seed: new Uint8Array(31) })).toThrow('seed of 31 bytes');
    const seed = new Uint8Array(32);
    expect(() => planInputs({ ...inputs, seed, sessionId: '' })).toThrow('session id of 0 bytes');
    expect(() => planInputs({ ...inputs, seed, registryNonce: new Uint8Array(7) })).toThrow(
      'nonce of 7 bytes',
    );
  });
});

function chiSquared(values: readonly string[], kinds: number): number {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const expected = values.length / kinds;
  const seen = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return seen + (kinds - counts.size) * expected;
}
