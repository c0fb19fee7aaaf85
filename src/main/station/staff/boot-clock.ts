import { readFileSync } from 'node:fs';

/** Time since the machine booted: goes on while the program does not run, and nobody can set it. */
export interface BootClock {
  /** Tells one boot from another; null where the system does not say. */
  readonly bootId: string | null;
  /** Milliseconds since boot. */
  now(): number;
}

/** Linux: CLOCK_MONOTONIC counts from boot, and the kernel draws a new id at each (random(4), `boot_id`). */
export function systemBootClock(): BootClock {
  return { bootId: readBootId(), now: () => Math.floor(Number(process.hrtime.bigint() / 1_000_000n)) };
}

function readBootId(): string | null {
  try {
    const text = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return /^[0-9a-f-]{36}$/.test(text) ? text : null;
  } catch {
    return null; // not Linux: every start counts as a boot, which only ever lengthens a wait
  }
}
