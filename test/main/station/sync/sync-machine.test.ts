import fc from 'fast-check';
import { expect, test } from 'vitest';
import { restBeforeRetry } from '#station/sync/back-off.ts';
import {
  advance,
  type FailureScope,
  initialSyncState,
  SYNC_DELAYS,
  type SyncInput,
  type SyncJob,
  type SyncState,
  UPLOADS_AT_ONCE,
} from '#station/sync/sync-machine.ts';

const PACKETS = ['a', 'b', 'c', 'd', 'e', 'f'];

function after(state: SyncState, ...inputs: SyncInput[]) {
  let step = { state, start: [] as readonly SyncJob[], lookAgainAt: 0 };
  for (const input of inputs) step = advance(step.state, input);
  return step;
}

const time: SyncJob = { kind: 'time' };
const upload = (packetId: string): SyncJob => ({ kind: 'upload', packetId });
const failed = (job: SyncJob, now: number, scope: FailureScope = 'link'): SyncInput => ({
  type: 'failed',
  now,
  job,
  scope,
  retryAfterMs: null,
  random: 1,
});
const online = after(
  initialSyncState,
  { type: 'look', now: 0, waiting: [] },
  { type: 'done', now: 0, job: time },
).state;

test('a link that is not proven is probed by one job alone', () => {
  expect(after(initialSyncState, { type: 'look', now: 0, waiting: PACKETS }).start).toEqual([time]);
});

test('once the link is up, packets go in order, a few at a time', () => {
  const { start, state } = after(online, { type: 'look', now: 1, waiting: PACKETS });
  expect(start).toEqual([upload('a'), upload('b'), upload('c'), upload('d'), { kind: 'decisions' }]);
  const next = after(
    state,
    { type: 'done', now: 2, job: upload('b') },
    { type: 'look', now: 2, waiting: ['a', 'c', 'd', 'e', 'f'] },
  );
  expect(next.start).toEqual([upload('e')]);
});

test('a packet in flight is not sent a second time', () => {
  const { state } = after(online, { type: 'look', now: 1, waiting: ['a'] });
  expect(after(state, { type: 'look', now: 2, waiting: ['a'] }).start).toEqual([]);
});

test('a kept connection that closes has the link tried at once, but not for each one that closes', () => {
  const asked: SyncJob = { kind: 'decisions' };
  const idle = after(
    online,
    { type: 'look', now: 1, waiting: [] },
    { type: 'done', now: 1, job: asked },
  ).state;
  const lost = (now: number): SyncInput => ({ type: 'connection-lost', now });
  const look = (now: number): SyncInput => ({ type: 'look', now, waiting: [] });
  const doubted = after(idle, lost(100), look(100));
  expect(doubted.start).toEqual([asked]);
  const answered = after(doubted.state, { type: 'done', now: 110, job: asked }).state;
  expect(after(answered, lost(120), look(120)).start).toEqual([]);
  const later = 100 + SYNC_DELAYS.betweenDoubts;
  expect(after(answered, lost(later), look(later)).start).toEqual([asked]);
});

test('after a failure of the link nothing is sent until the rest is over, then one probe', () => {
  const busy = after(online, { type: 'look', now: 1, waiting: PACKETS }).state;
  const down = after(
    busy,
    ...PACKETS.slice(0, 4).map((id) => failed(upload(id), 10)),
    failed({ kind: 'decisions' }, 10),
  );
  expect(down.state).toMatchObject({ link: 'offline', failures: 1, restsUntil: 10 + SYNC_DELAYS.firstRest });
  expect(after(down.state, { type: 'look', now: 500, waiting: PACKETS })).toMatchObject({
    start: [],
    lookAgainAt: 10 + SYNC_DELAYS.firstRest,
  });
  expect(after(down.state, { type: 'look', now: 5_000, waiting: PACKETS }).start).toHaveLength(1);
});

test('rests grow with failures in a row and are forgotten with the first success', () => {
  let state = online;
  const rests: number[] = [];
  for (let round = 0, now = 0; round < 12; round += 1) {
    state = after(state, { type: 'look', now, waiting: ['a'] }, failed(upload('a'), now)).state;
    rests.push(state.restsUntil - now);
    now = state.restsUntil;
  }
  expect(rests.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
  expect(rests.at(-1)).toBe(SYNC_DELAYS.longestRest);
  expect(after(state, { type: 'done', now: 0, job: time }).state).toMatchObject({
    failures: 0,
    restsUntil: 0,
  });
});

test('a cut line is tried again within seconds however long it was cut', () => {
  let state = online;
  for (let round = 0, now = 0; round < 12; round += 1) {
    state = after(state, { type: 'look', now, waiting: ['a'] }, failed(upload('a'), now, 'line')).state;
    expect(state).toMatchObject({ link: 'offline' });
    expect(state.restsUntil - now).toBeLessThanOrEqual(SYNC_DELAYS.longestRestOfLine);
    now = state.restsUntil;
  }
});

test('a packet that fails by itself rests alone and does not hold up the others', () => {
  const { state } = after(online, { type: 'look', now: 1, waiting: ['a'] }, failed(upload('a'), 2, 'packet'));
  expect(state.link).toBe('online');
  expect(after(state, { type: 'look', now: 3, waiting: ['a', 'b'] }).start).toContainEqual(upload('b'));
  expect(after(state, { type: 'look', now: 3, waiting: ['a'] }).start).not.toContainEqual(upload('a'));
  expect(after(state, { type: 'look', now: 5_000, waiting: ['a'] }).start).toContainEqual(upload('a'));
});

test('a registry that asks for a pause gets it', () => {
  const pause: SyncInput = { ...failed(time, 0), retryAfterMs: 60_000, random: 0 } as SyncInput;
  expect(after(initialSyncState, { type: 'look', now: 0, waiting: [] }, pause).state.restsUntil).toBe(60_000);
});

test('the packet of someone who waits goes first, even while the link rests and all places are taken', () => {
  const busy = after(online, { type: 'look', now: 1, waiting: PACKETS }).state;
  const resting = after(busy, failed(upload('a'), 2), { type: 'hurry', packetId: 'f' });
  const hurried = after(resting.state, { type: 'look', now: 3, waiting: ['f', ...PACKETS] });
  expect(hurried.start[0]).toEqual(upload('f'));
  const again = after(hurried.state, failed(upload('f'), 4), {
    type: 'look',
    now: 5,
    waiting: ['f', ...PACKETS],
  });
  expect(again.start).toEqual([]);
});

test('a packet that was acknowledged meanwhile is not sent for someone who waits', () => {
  const { state } = after(online, { type: 'hurry', packetId: 'gone' });
  expect(after(state, { type: 'look', now: 1, waiting: ['a'] }).start).not.toContainEqual(upload('gone'));
});

test('further decisions are fetched at once', () => {
  const { state } = after(
    online,
    { type: 'look', now: 0, waiting: [] },
    { type: 'done', now: 5, job: { kind: 'decisions' }, moreDecisions: true },
  );
  expect(after(state, { type: 'look', now: 5, waiting: [] }).start).toEqual([{ kind: 'decisions' }]);
});

test('the jitter spreads retries over the whole rest', () => {
  const rest = (random: number) =>
    restBeforeRetry({ failures: 3, firstMs: 1000, longestMs: 300_000, random });
  expect([rest(0), rest(0.5), rest(1)]).toEqual([0, 2000, 4000]);
});

test('whatever happens: never too many at once, never one twice, and every packet is sent in the end', () => {
  const choices = fc.array(
    fc.record({
      pause: fc.nat(40_000),
      hurry: fc.option(fc.constantFrom(...PACKETS), { nil: null }),
      finish: fc.nat(3),
      outcome: fc.constantFrom('done', 'line', 'link', 'packet'),
      lost: fc.boolean(),
      random: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(choices, (script) => {
      let state = initialSyncState;
      let now = 0;
      const waiting = new Set(PACKETS);
      const flying: SyncJob[] = [];
      const step = (input: SyncInput) => {
        const result = advance(state, input);
        state = result.state;
        for (const job of result.start) {
          if (job.kind === 'upload') expect(flying).not.toContainEqual(job);
          flying.push(job);
        }
        expect(flying.filter((job) => job.kind === 'upload').length).toBeLessThanOrEqual(UPLOADS_AT_ONCE + 1);
        return result.lookAgainAt;
      };
      const end = (index: number, outcome: 'done' | FailureScope, random: number) => {
        const [job] = flying.splice(index % flying.length, 1);
        if (!job) return;
        if (outcome === 'done' && job.kind === 'upload') waiting.delete(job.packetId);
        if (outcome === 'done') step({ type: 'done', now, job });
        else step({ type: 'failed', now, job, scope: outcome, retryAfterMs: null, random });
      };
      for (const { pause, hurry, finish, outcome, random, lost } of script) {
        now += pause;
        if (lost) step({ type: 'connection-lost', now });
        if (hurry !== null) step({ type: 'hurry', packetId: hurry });
        step({ type: 'look', now, waiting: [...waiting] });
        if (flying.length > 0) end(finish, outcome, random);
      }
      for (let round = 0; round < 50 && waiting.size > 0; round += 1) {
        while (flying.length > 0) end(0, 'done', 0);
        now = Math.max(now + 1, step({ type: 'look', now, waiting: [...waiting] }));
      }
      expect(waiting.size).toBe(0);
    }),
  );
});
