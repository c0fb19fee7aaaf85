import { createHash } from 'node:crypto';
import { allowedSequences, drawPlan, type Plan } from '#domain/liveness/plan.ts';
import { nodeDigests } from '#protocol/digests.ts';
import { foreseer } from './foresee.ts';
import { layAgainst } from './lay-against.ts';
import type { Recording } from './recording.ts';

/** Plans that every recording is laid against; the same for all of them. */
export const PLANS = 1000;
/** One in so many of those that fail by the order of movements alone is conducted all the same. */
const SAMPLED = 50;
/** One order of three out of this many is asked: what a fixed order of movements meets by chance. */
export const ORDERS = allowedSequences([]).length;

/** What became of one recording. A session is two tries, one after the other, and passes with either. */
export interface Replayed {
  readonly id: string;
  readonly tries: number;
  readonly live: number;
  readonly referred: number;
  readonly sessions: number;
  readonly sessionsLive: number;
  /** Live or referred. */
  readonly sessionsNotStopped: number;
  /** Tries that were conducted and judged in full, those that were foreseen to fail among them. */
  readonly conducted: number;
  /** Tries that passed although the order of their movements was foreseen to fail: there may be none. */
  readonly unforeseen: readonly string[];
}

/** The plan with this number, drawn as every plan is. */
export function numberedPlan(number: number): Plan {
  const seed = new Uint8Array(createHash('sha256').update(`plan ${number}`).digest());
  return drawPlan({
    digests: nodeDigests,
    ...{ seed, sessionId: `plan-${number}`, attempt: 1, exchanges: [], registryNonce: null },
  });
}

/** Lays a recording against drawn plans; `plans` must be even. */
export async function replay({ id, frames }: Recording, plans = PLANS): Promise<Replayed> {
  const foresee = foreseer(frames);
  const offset = createHash('sha256').update(id).digest().readUInt16BE(0) % SAMPLED;
  const results: ('live' | 'referred' | 'not-live')[] = [];
  const unforeseen: string[] = [];
  let conducted = 0;
  for (let number = 0; number < plans; number += 1) {
    const plan = numberedPlan(number);
    const { from, inOrder } = foresee(plan);
    if (!inOrder && number % SAMPLED !== offset) {
      results.push('not-live');
      continue;
    }
    conducted += 1;
    const { result } = await layAgainst({ frames, from, plan });
    results.push(result);
    if (!inOrder && result !== 'not-live') unforeseen.push(`${id} against plan ${number}`);
  }
  const sessions = Array.from({ length: plans / 2 }, (_, pair) => results.slice(2 * pair, 2 * pair + 2));
  const count = (wanted: string) => results.filter((result) => result === wanted).length;
  return {
    ...{ id, tries: plans, live: count('live'), referred: count('referred') },
    sessions: sessions.length,
    sessionsLive: sessions.filter((tries) => tries.includes('live')).length,
    sessionsNotStopped: sessions.filter((tries) => tries.some((result) => result !== 'not-live')).length,
    ...{ conducted, unforeseen },
  };
}

/** Of several recordings together. */
export function replayedTogether(id: string, each: readonly Replayed[]): Replayed {
  const sum = (field: 'tries' | 'live' | 'referred' | 'sessions' | 'conducted') =>
    each.reduce((total, one) => total + one[field], 0);
  return {
    ...{ id, tries: sum('tries'), live: sum('live'), referred: sum('referred') },
    sessions: sum('sessions'),
    sessionsLive: each.reduce((total, one) => total + one.sessionsLive, 0),
    sessionsNotStopped: each.reduce((total, one) => total + one.sessionsNotStopped, 0),
    conducted: sum('conducted'),
    unforeseen: each.flatMap((one) => one.unforeseen),
  };
}
