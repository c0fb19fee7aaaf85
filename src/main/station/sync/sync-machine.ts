import { assertNever } from '#domain/result.ts';
import { restBeforeRetry } from './back-off.ts';

/**
 * When to talk to the registry about what. Pure: {@link advance} takes what happened and answers with the new state
 * and the jobs to start; a runner does them. Times are monotonic milliseconds.
 */
export interface SyncState {
  readonly link: 'unproven' | 'online' | 'offline';
  /** Failures of the link in a row. */
  readonly failures: number;
  /** Nothing is sent before this moment. */
  readonly restsUntil: number;
  /** Packet of the citizen who stands there; it goes first, and rests do not hold it. */
  readonly urgent: string | null;
  /** Packets that are being uploaded. */
  readonly uploading: ReadonlySet<string>;
  /** Packets that failed by themselves and are left alone for a while, so that they do not hold up the others. */
  readonly resting: ReadonlyMap<string, { readonly failures: number; readonly until: number }>;
  readonly fetchingDecisions: boolean;
  readonly decisionsDueAt: number;
  readonly provingTime: boolean;
  readonly timeDueAt: number;
  /** A lost connection counts as a doubt no earlier than this. */
  readonly nextDoubtAt: number;
}

export type SyncJob =
  | { readonly kind: 'upload'; readonly packetId: string }
  | { readonly kind: 'decisions' }
  | { readonly kind: 'time' };

/**
 * What a failure says. `line`: no server was reached, as when the cable is out. `link`: a server was reached and
 * nothing can be sent at present. `packet`: the registry answered, and this one packet did not pass.
 */
export type FailureScope = 'line' | 'link' | 'packet';

export type SyncInput =
  /** Time has passed, or there is something new to send. `waiting` is oldest first and may be a first part. */
  | { readonly type: 'look'; readonly now: number; readonly waiting: readonly string[] }
  /** Someone stands there and waits for this packet's decision: rests are cut short, and it goes first. */
  | { readonly type: 'hurry'; readonly packetId: string }
  /** Staff ask for everything now: nothing rests any more. */
  | { readonly type: 'try-now'; readonly now: number }
  /** A kept connection was closed from the other side: the line may be cut, so that it is tried at once. */
  | { readonly type: 'connection-lost'; readonly now: number }
  | { readonly type: 'done'; readonly now: number; readonly job: SyncJob; readonly moreDecisions?: boolean }
  | {
      readonly type: 'failed';
      readonly now: number;
      readonly job: SyncJob;
      readonly scope: FailureScope;
      readonly retryAfterMs: number | null;
      /** 0 to 1, for the jitter. */
      readonly random: number;
    };

export interface SyncStep {
  readonly state: SyncState;
  readonly start: readonly SyncJob[];
  /** When to look again at the latest. */
  readonly lookAgainAt: number;
}

export const SYNC_DELAYS = {
  /** Ceiling of the first rest; doubles with each failure. */
  firstRest: 1_000,
  /** A terminal that was offline for a week still comes back within a few minutes. */
  longestRest: 300_000,
  /** Knocking at a cut line costs nobody anything, and people wait for it to come back. */
  longestRestOfLine: 20_000,
  /** A registry may ask for a longer rest than ours, within reason. */
  longestRetryAfter: 3_600_000,
  /** Decisions of packets whose citizens have left. */
  betweenDecisions: 30_000,
  /** A server that closes idle connections is not asked again for each of them. */
  betweenDoubts: 5_000,
  /** Proof of time, which also proves the link. */
  betweenTimeProofs: 600_000,
} as const;

/** Uploads at a time while the queue drains. */
export const UPLOADS_AT_ONCE = 4;
/** A queue full of packets that fail by themselves is remembered no further than this. */
const MOST_RESTING = 1_000;

export const initialSyncState: SyncState = {
  link: 'unproven',
  failures: 0,
  restsUntil: 0,
  urgent: null,
  uploading: new Set(),
  resting: new Map(),
  fetchingDecisions: false,
  decisionsDueAt: 0,
  provingTime: false,
  timeDueAt: 0,
  nextDoubtAt: 0,
};

export function advance(state: SyncState, input: SyncInput): SyncStep {
  switch (input.type) {
    case 'look':
      return look(state, input.now, input.waiting);
    case 'hurry':
      return quiet({ ...state, restsUntil: 0, urgent: input.packetId });
    case 'try-now':
      return quiet({
        ...state,
        restsUntil: input.now,
        resting: new Map(),
        timeDueAt: input.now,
        decisionsDueAt: input.now,
      });
    case 'connection-lost':
      return quiet(doubt(state, input.now));
    case 'done':
      return quiet(done(state, input));
    case 'failed':
      return quiet(failed(state, input));
    default:
      return assertNever(input);
  }
}

function look(state: SyncState, now: number, waiting: readonly string[]): SyncStep {
  const start: SyncJob[] = [];
  let next = state;
  if (state.urgent !== null) {
    // One attempt regardless of everything; from then on it waits like any other.
    next = { ...next, urgent: null };
    if (waiting.includes(state.urgent) && !next.uploading.has(state.urgent)) {
      next = { ...next, uploading: new Set([...next.uploading, state.urgent]) };
      start.push({ kind: 'upload', packetId: state.urgent });
    }
  }
  if (now >= state.restsUntil) {
    // One job probes a link that is not known to be up; the rest follow when it answers.
    const proven = state.link === 'online';
    const room = () => (proven ? true : busy(next) === 0);
    if (!next.provingTime && now >= next.timeDueAt && room()) {
      next = { ...next, provingTime: true };
      start.push({ kind: 'time' });
    }
    for (const packetId of waiting) {
      if (next.uploading.size >= UPLOADS_AT_ONCE || !room()) break;
      if (next.uploading.has(packetId) || (next.resting.get(packetId)?.until ?? 0) > now) continue;
      next = { ...next, uploading: new Set([...next.uploading, packetId]) };
      start.push({ kind: 'upload', packetId });
    }
    if (!next.fetchingDecisions && now >= next.decisionsDueAt && room()) {
      next = { ...next, fetchingDecisions: true };
      start.push({ kind: 'decisions' });
    }
  }
  return { state: next, start, lookAgainAt: nextLook(next, now, waiting) };
}

function doubt(state: SyncState, now: number): SyncState {
  if (state.link !== 'online' || now < state.nextDoubtAt) return state;
  return { ...state, decisionsDueAt: now, nextDoubtAt: now + SYNC_DELAYS.betweenDoubts };
}

/** Jobs in flight call for another look when they end, so that only rests and due times count here. */
function nextLook(state: SyncState, now: number, waiting: readonly string[]): number {
  if (now < state.restsUntil) return state.restsUntil;
  const rests = waiting
    .map((packetId) => state.resting.get(packetId)?.until ?? 0)
    .filter((until) => until > now);
  const due = [
    state.fetchingDecisions ? Number.POSITIVE_INFINITY : state.decisionsDueAt,
    state.provingTime ? Number.POSITIVE_INFINITY : state.timeDueAt,
  ].filter((at) => at > now);
  return Math.min(now + SYNC_DELAYS.betweenDecisions, ...rests, ...due);
}

function busy(state: SyncState): number {
  return state.uploading.size + (state.fetchingDecisions ? 1 : 0) + (state.provingTime ? 1 : 0);
}

function done(state: SyncState, input: Extract<SyncInput, { type: 'done' }>): SyncState {
  const ended = withoutJob(state, input.job);
  const up: SyncState = { ...ended, link: 'online', failures: 0, restsUntil: 0 };
  switch (input.job.kind) {
    case 'upload':
      return { ...up, resting: without(up.resting, input.job.packetId) };
    case 'decisions':
      return {
        ...up,
        decisionsDueAt: input.moreDecisions ? input.now : input.now + SYNC_DELAYS.betweenDecisions,
      };
    case 'time':
      return { ...up, timeDueAt: input.now + SYNC_DELAYS.betweenTimeProofs };
    default:
      return assertNever(input.job);
  }
}

function failed(state: SyncState, input: Extract<SyncInput, { type: 'failed' }>): SyncState {
  let next = withoutJob(state, input.job);
  const { job, now } = input;
  if (job.kind === 'upload') {
    const failures = (state.resting.get(job.packetId)?.failures ?? 0) + 1;
    const until = now + rest(failures, input);
    next = { ...next, resting: capped(new Map([...next.resting, [job.packetId, { failures, until }]])) };
  } else if (input.scope === 'packet') {
    const again = now + rest(1, input);
    next = job.kind === 'time' ? { ...next, timeDueAt: again } : { ...next, decisionsDueAt: again };
  }
  if (input.scope === 'packet') return { ...next, link: 'online', failures: 0 };
  // Several uploads that fail together are one failure of the link.
  const counted = now < state.restsUntil ? state.failures : state.failures + 1;
  const restsUntil = now < state.restsUntil ? state.restsUntil : now + rest(counted, input);
  return { ...next, link: 'offline', failures: counted, restsUntil };
}

function rest(failures: number, input: Extract<SyncInput, { type: 'failed' }>): number {
  const own = restBeforeRetry({
    failures,
    firstMs: SYNC_DELAYS.firstRest,
    longestMs: input.scope === 'line' ? SYNC_DELAYS.longestRestOfLine : SYNC_DELAYS.longestRest,
    random: input.random,
  });
  return input.retryAfterMs === null
    ? own
    : Math.min(SYNC_DELAYS.longestRetryAfter, input.retryAfterMs) + own;
}

function withoutJob(state: SyncState, job: SyncJob): SyncState {
  switch (job.kind) {
    case 'upload':
      return { ...state, uploading: new Set([...state.uploading].filter((id) => id !== job.packetId)) };
    case 'decisions':
      return { ...state, fetchingDecisions: false };
    case 'time':
      return { ...state, provingTime: false };
    default:
      return assertNever(job);
  }
}

function without<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map;
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}

/** Forgets the longest known first. */
function capped<K, V>(map: Map<K, V>): ReadonlyMap<K, V> {
  for (const key of map.keys()) {
    if (map.size <= MOST_RESTING) break;
    map.delete(key);
  }
  return map;
}

function quiet(state: SyncState): SyncStep {
  return { state, start: [], lookAgainAt: 0 };
}
