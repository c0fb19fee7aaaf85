import type { Logger } from 'pino';

/**
 * Where the registry's events go. Fields are ids, counts and codes: nothing that was sealed, no masked field either.
 */
export type RegistryLog = Pick<Logger, 'info' | 'warn' | 'error'>;

/**
 * What a log may hold of an exception: its kind, its code and where it arose. Its message is left out, because
 * libraries quote what they were given.
 */
export function faultFields(fault: unknown): {
  readonly fault: string;
  readonly code: string | null;
  readonly frames: readonly string[];
} {
  if (!(fault instanceof Error)) return { fault: typeof fault, code: null, frames: [] };
  const frames = (fault.stack ?? '').split('\n').flatMap((line) => {
    const frame = /^\s+at .*$/.exec(line)?.[0].trim();
    return frame === undefined ? [] : [frame];
  });
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : null;
  return { fault: fault.name, code, frames: frames.slice(0, 6) };
}
