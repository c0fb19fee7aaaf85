import type { FieldKind } from './field-kinds.ts';

/** How soon somebody has to look. */
export type Severity =
  /** The ordinary course of things. */
  | 'info'
  /** Worth knowing when something else is sought. */
  | 'notice'
  /** Somebody should look within the day. */
  | 'warning'
  /** Somebody must look now: the terminal, its record or a citizen's data may be in danger. */
  | 'alarm';

/** Whose doing an event is. The station acts by itself where nobody else does. */
export type Actor = 'citizen' | 'staff' | 'station' | 'registry';

/** One kind of audit event. What it means stands beside it, so that nobody has to read the code to read the record. */
export interface EventType {
  /**
   * Stable number, shown as `E-2010`: the thousands name the area, and a number is never given to another type. The
   * chain itself holds the name; the number is for people who read it out over a telephone or look it up on paper.
   */
  readonly number: number;
  readonly severity: Severity;
  readonly actor: Actor;
  readonly zh: string;
  readonly en: string;
  readonly fields: Readonly<Record<string, FieldKind>>;
}

export type EventTable = Readonly<Record<string, EventType>>;
