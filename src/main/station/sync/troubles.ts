/** What went wrong last, for whoever asks why a record waits. In memory: a restart tries anew, and will know again. */
export interface Troubles {
  /** Of the line as a whole; null when none was met since the start. */
  last(): Trouble | null;
  /** Of one packet; null when none was met, or it is over. */
  of(packetId: string): Trouble | null;
  note(trouble: { readonly packetId: string | null; readonly reason: string }): void;
  over(packetId: string): void;
}

export interface Trouble {
  /** A reason of `ExchangeFault` (registry-calls.ts). */
  readonly reason: string;
  /** Milliseconds since 1970 by the station's clock. */
  readonly at: number;
  /** Failed tries of this packet since the start. */
  readonly tries: number;
}

/** A queue full of packets that fail is remembered no further than this. */
const MOST = 1_000;

export function rememberTroubles(now: () => number): Troubles {
  const ofPackets = new Map<string, Trouble>();
  let last: Trouble | null = null;
  return {
    last: () => last,
    of: (packetId) => ofPackets.get(packetId) ?? null,
    note: ({ packetId, reason }) => {
      const trouble = { reason, at: now(), tries: 1 };
      last = trouble;
      if (packetId === null) return;
      const tries = (ofPackets.get(packetId)?.tries ?? 0) + 1;
      ofPackets.delete(packetId);
      ofPackets.set(packetId, { ...trouble, tries });
      const [longestKnown] = ofPackets.keys();
      if (ofPackets.size > MOST && longestKnown !== undefined) ofPackets.delete(longestKnown);
    },
    over: (packetId) => void ofPackets.delete(packetId),
  };
}
