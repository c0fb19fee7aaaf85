/**
 * A board of eight relays that understands LCUS commands. It answers nothing, forgets everything without power, and
 * passes over what is no command.
 *
 *     A0 ch 01 sum    channel ch (1..8) on
 *     A0 ch 00 sum    off; sum is that of the three octets before it
 */
const HEAD = 0xa0;
const LENGTH = 4;
const CHANNELS = 8;

export interface LcusRelaySimulator {
  /** Bytes from the driver. */
  receive(bytes: Uint8Array): void;
  /** Channels that are on, the lowest first. */
  lit(): readonly number[];
  /** All relays fall back. */
  losePower(): void;
}

export function createLcusRelaySimulator(): LcusRelaySimulator {
  const on = new Set<number>();
  let waiting: readonly number[] = [];

  function take(octet: number): void {
    waiting = [...waiting, octet];
    // An octet that cannot begin a command is dropped, so that the next whole one is found behind any rubbish.
    while (waiting.length > 0 && !mayBegin(waiting)) waiting = waiting.slice(1);
    if (waiting.length < LENGTH) return;
    const [, channel = 0, state] = waiting;
    waiting = [];
    if (state === 1) on.add(channel);
    else on.delete(channel);
  }

  return {
    receive: (bytes) => bytes.forEach(take),
    lit: () => [...on].sort((a, b) => a - b),
    losePower() {
      on.clear();
      waiting = [];
    },
  };
}

/** Whether these octets, four at most, are a command or the beginning of one. */
function mayBegin(octets: readonly number[]): boolean {
  const [head, channel, state, sum] = octets;
  if (head !== HEAD) return false;
  if (channel === undefined) return true;
  if (channel < 1 || channel > CHANNELS) return false;
  if (state === undefined) return true;
  if (state > 1) return false;
  return sum === undefined || sum === ((HEAD + channel + state) & 0xff);
}
