/** Where the bar goes, and the time: both the caller's. */
export interface ProgressScreen {
  readonly write: (text: string) => void;
  /** Whether a line can be written over. */
  readonly live: boolean;
  /** Monotonic, ms. */
  readonly now: () => number;
}

export interface Progress {
  done(what: string): void;
  /** A whole line beside the bar. */
  say(line: string): void;
  end(): void;
}

const WIDTH = 30;
/** Where lines cannot be written over, so often one is written, ms. */
const SELDOM = 30_000;

/** A bar with the time that is left, as long as what is left costs what was done so far. */
export function progressBar(total: number, { write, live, now }: ProgressScreen): Progress {
  const began = now();
  let count = 0;
  let saidAt = began;
  const clear = live ? '\r\u001b[K' : '';

  return {
    done(what) {
      count += 1;
      if (!live && count < total && now() - saidAt < SELDOM) return;
      saidAt = now();
      const left = ((now() - began) / count) * (total - count);
      write(
        `${clear}${barOf(count / total)} ${count}/${total}  ${timeOf(left)} left  ${what}${live ? '' : '\n'}`,
      );
    },
    say: (line) => write(`${clear}${line}\n`),
    end: () => write(clear),
  };
}

function barOf(share: number): string {
  const full = Math.round(share * WIDTH);
  return `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}]`;
}

export function timeOf(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
