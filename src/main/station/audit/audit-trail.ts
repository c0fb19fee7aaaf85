import type Database from 'better-sqlite3';
import { endAllRuns, endRuns, noRepeats, noteEvent, type RepeatStep } from '#domain/policy/repeats.ts';
import type { AuditTrail } from '#station/ports.ts';
import { AUDIT_EVENTS, type AuditEvent } from './audit-events.ts';
import type { AuditLog } from './audit-log.ts';

/** Where services tell what happened beside the queue's own transactions; repeats become one entry and a count. */
export interface RepeatingTrail extends AuditTrail {
  /** Time has passed: writes the counts of runs that are over. */
  settle(): void;
  /** Writes every count: the station ends. */
  close(): void;
}

/**
 * Puts {@link noteEvent} before the chain. A count lives in memory until its run ends, so that a power cut loses at
 * most how often something came again; that it happened is in the chain at once. Throws what the database throws, and
 * then keeps its counts to try again.
 */
export function repeatingTrail(options: {
  readonly database: Database.Database;
  readonly audit: AuditLog;
  readonly monotonic: () => number;
}): RepeatingTrail {
  const { database, audit, monotonic } = options;
  let repeats = noRepeats<AuditEvent>();
  /** Place in the chain of the entry that began each open run. */
  let entries: ReadonlyMap<string, number> = new Map();

  function write(step: RepeatStep<AuditEvent>): void {
    const places = new Map(entries);
    if (step.told.length > 0) {
      database
        .transaction(() => {
          for (const told of step.told) {
            if (told.kind === 'event') {
              audit.append(told.event);
              places.set(told.key, audit.length());
              continue;
            }
            const { event, more, firstAt, lastAt } = told.run;
            audit.append({
              type: 'audit.repeated',
              fields: {
                number: AUDIT_EVENTS[event.type].number,
                entry: places.get(told.key) ?? 0,
                times: more,
                seconds: Math.round((lastAt - firstAt) / 1000),
              },
            });
          }
        })
        .immediate();
    }
    repeats = step.repeats;
    entries = new Map([...places].filter(([key]) => repeats.runs.has(key)));
  }

  return {
    record: (event) => write(noteEvent(repeats, { key: JSON.stringify(event), event, at: monotonic() })),
    settle: () => write(endRuns(repeats, monotonic())),
    close: () => write(endAllRuns(repeats)),
  };
}
