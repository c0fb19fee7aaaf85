/** Every time limit of a session, milliseconds. The chart knows them by these names only; settings may change them. */
export const DEFAULT_DELAYS = {
  /** Nobody has touched, scanned, laid down or moved on for this long: ask whether somebody is there. */
  idleWarning: 120_000,
  /** The question has stood unanswered for this long: wipe the session. */
  idleReset: 30_000,
  /** A reader that says "card laid" and then neither record nor fault: take the card as unreadable. */
  readingLimit: 15_000,
  /** Neither picture nor refusal from the camera: take it as missing. */
  cameraStart: 24_000,
  /** Backstop behind the desk's own limit on waiting for a decision, in case its answer never comes. */
  decisionBackstop: 10_000,
  /** How long a citizen is asked to take the card before the terminal closes itself and calls for staff. */
  takeCard: 30_000,
  /** How long the last words stay. */
  goodbye: 4_000,
  /** Longest wait for a fresh renderer and fresh drivers before the terminal says that it is not ready. */
  renewLimit: 10_000,
  /** Rest between two attempts at a fresh renderer: one that fails is most likely to need time. */
  renewAgain: 5_000,
} as const satisfies Record<string, number>;

export type DelayName = keyof typeof DEFAULT_DELAYS;
export type Delays = Readonly<Record<DelayName, number>>;
