import { beforeEach, expect, test } from 'vitest';
import { type StationClock, stationClock } from '#station/clock/station-clock.ts';
import { syncStateStore } from '#station/sync/sync-state-store.ts';
import { openVault, type Vault } from '#station/vault/vault.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

const NOW = 1_790_000_000_000;
const HOUR = 3_600_000;

let wall: number;
let running: number;
let folder: string;
let vault: Vault | null;
const time = { now: () => wall, monotonic: () => running };

function started(): StationClock {
  vault?.close();
  const opened = openVault({ folder });
  if (!opened.ok) throw new Error(opened.error.reason);
  vault = opened.value;
  return stationClock({ clock: time, store: syncStateStore(vault.database) });
}

beforeEach(() => {
  wall = NOW;
  running = 1_000;
  folder = temporaryFolder();
  vault = null;
  return () => vault?.close();
});

const prove = (clock: StationClock, registryTime: number) =>
  clock.proven({ registryTime, askedAt: running, answeredAt: running });

test('before the registry was ever heard the wall clock stands, and nobody believes it', () => {
  const clock = started();
  expect(clock.now()).toBe(NOW);
  expect(clock.trust()).toBe('unknown');
  expect(clock.silence().byClock).toBeNull();
});

test('a proof corrects a clock that is two hours slow, whatever it is set to afterwards', () => {
  const clock = started();
  prove(clock, NOW + 2 * HOUR);
  expect(clock.now()).toBe(NOW + 2 * HOUR);
  expect(clock.trust()).toBe('doubtful');
  wall = NOW + 99 * HOUR;
  running += 5_000;
  expect(clock.now()).toBe(NOW + 2 * HOUR + 5_000);
});

test('half of the round trip is added, since the answer travelled too', () => {
  const clock = started();
  running = 2_000;
  clock.proven({ registryTime: NOW, askedAt: 1_000, answeredAt: 2_000 });
  expect(clock.now()).toBe(NOW + 500);
});

test('time never falls below the highest that was proven, in this run or after a restart', () => {
  const clock = started();
  prove(clock, NOW);
  prove(clock, NOW - 10 * HOUR);
  expect(clock.now()).toBeGreaterThanOrEqual(NOW);
  wall = NOW - 1000 * HOUR;
  const again = started();
  expect(again.now()).toBe(NOW);
  expect(again.trust()).toBe('doubtful');
});

test('silence is counted in running time across restarts, so that a clock set back does not hide it', () => {
  let clock = started();
  prove(clock, NOW);
  running += 3 * HOUR;
  clock.persist();
  clock = started();
  running += 2 * HOUR;
  wall = NOW - 50 * HOUR;
  expect(clock.silence().byRunning).toBe(5 * HOUR);
  clock.heard();
  expect(clock.silence().byRunning).toBe(0);
});

test.each([
  ['a year ahead', 365 * 24 * HOUR, 'drifting'],
  ['a year behind', -365 * 24 * HOUR, 'doubtful'],
])(
  'a start with the clock %s counts the running time alone and is never called synchronised',
  (_, jump, trust) => {
    let clock = started();
    prove(clock, NOW);
    running += 3 * HOUR;
    clock.persist();
    wall = NOW + jump;
    clock = started();
    running += HOUR;
    expect(clock.trust()).toBe(trust);
    expect(clock.silence().byRunning).toBe(4 * HOUR);
    prove(clock, NOW + 4 * HOUR);
    wall = NOW + 4 * HOUR;
    expect(clock.trust()).toBe('synchronised');
    expect(clock.now()).toBe(NOW + 4 * HOUR);
  },
);

test('an answer without a time ends the silence and moves no clock', () => {
  const clock = started();
  prove(clock, NOW);
  running += HOUR;
  wall += HOUR;
  clock.heard();
  expect(clock.silence()).toEqual({ byClock: 0, byRunning: 0 });
  expect(clock.now()).toBe(NOW + HOUR);
  wall += 100 * HOUR;
  expect(started().now()).toBe(NOW + 101 * HOUR);
});
