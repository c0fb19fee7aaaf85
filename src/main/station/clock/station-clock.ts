import type { Clock } from '#domain/clock.ts';
import type { ClockTrust } from '#domain/enrolment/enrolment.ts';
import { type ClockSituation, judgeClock } from '#domain/policy/clock-trust.ts';
import type { SyncStateStore } from '#station/sync/sync-state-store.ts';

/** The station's idea of the time: its wall clock, corrected by what the registry proved, and how far to trust it. */
export interface StationClock {
  /** Best estimate, milliseconds since 1970: proven time counted on by the monotonic clock, else the wall clock. */
  now(): number;
  trust(): ClockTrust;
  /** What {@link trust} is judged by. */
  situation(): ClockSituation;
  /** The time that it is at least, by the registry's proofs and what was counted since; null before the first. */
  provenTime(): number | null;
  /**
   * A signed answer to our own nonce told the registry's time. `askedAt` and `answeredAt` are monotonic readings
   * around the call: the true time lay between them, and the middle is assumed.
   */
  proven(proof: {
    readonly registryTime: number;
    readonly askedAt: number;
    readonly answeredAt: number;
  }): void;
  /** The registry gave a verified answer that told no time: silence ends, the clock is not moved. */
  heard(): void;
  /** How long the registry has been silent, by calendar and by counted running time. */
  silence(): { readonly byClock: number | null; readonly byRunning: number };
  /** Keeps the counted running time; called now and then and at the end. */
  persist(): void;
}

const KEEP_EVERY_MS = 60_000;

export function stationClock(options: {
  readonly clock: Clock;
  readonly store: SyncStateStore;
}): StationClock {
  const { clock, store } = options;
  const kept = store.read();
  /** Registry time and the monotonic reading that belongs to it. */
  let anchor: { readonly time: number; readonly monotonic: number } | null = null;
  let highestTrusted = kept.highestTrustedTime;
  let lastHeardAt = kept.lastHeardAt;
  let silentBefore = kept.silentMs;
  let countedFrom = clock.monotonic();

  const expected = () => (anchor === null ? null : anchor.time + clock.monotonic() - anchor.monotonic);
  const now = () => Math.round(Math.max(expected() ?? clock.now(), highestTrusted));
  const running = () => silentBefore + clock.monotonic() - countedFrom;
  const situation = (): ClockSituation => ({
    wall: clock.now(),
    expected: expected(),
    sinceProof: anchor === null ? null : clock.monotonic() - anchor.monotonic,
    highestTrusted,
  });
  let keptAt = Number.NEGATIVE_INFINITY;
  const endSilence = () => {
    lastHeardAt = now();
    silentBefore = 0;
    countedFrom = clock.monotonic();
  };
  const keep = () => {
    keptAt = clock.monotonic();
    store.heard({ trustedTime: highestTrusted, heardAt: lastHeardAt ?? now() });
  };

  return {
    now,
    provenTime: () => expected() ?? (highestTrusted === 0 ? null : highestTrusted),
    trust: () => judgeClock(situation()),
    situation,
    proven: ({ registryTime, askedAt, answeredAt }) => {
      const monotonic = clock.monotonic();
      const time = registryTime + (answeredAt - askedAt) / 2 + (monotonic - answeredAt);
      anchor = { time: Math.max(time, highestTrusted), monotonic };
      highestTrusted = Math.max(highestTrusted, Math.round(registryTime));
      endSilence();
      keep();
    },
    heard: () => {
      endSilence();
      // Every upload is an answer, and every row kept is a sync of the disk.
      if (clock.monotonic() - keptAt > KEEP_EVERY_MS) keep();
    },
    silence: () => ({
      byClock: lastHeardAt === null ? null : now() - lastHeardAt,
      byRunning: running(),
    }),
    persist: () => store.silent(running()),
  };
}
