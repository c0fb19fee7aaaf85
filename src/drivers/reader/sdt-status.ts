import type { CardReadFault } from '#contract/driver-messages.ts';

/** What a driver does about a status. */
export type StatusClass =
  | { readonly kind: 'success' }
  | { readonly kind: 'no-card' }
  /** Begin again at finding the card; `fault` is told when that does not help. */
  | { readonly kind: 'retry'; readonly fault: CardReadFault }
  | { readonly kind: 'reset-and-retry'; readonly fault: CardReadFault }
  /** Trying again cannot help with this card. */
  | { readonly kind: 'give-up'; readonly fault: CardReadFault }
  /** The module works with no card at all. */
  | { readonly kind: 'out-of-service' };

interface StatusEntry {
  readonly meaning: string;
  readonly class: StatusClass;
}

const success: StatusClass = { kind: 'success' };
const outOfService: StatusClass = { kind: 'out-of-service' };

/** SW3 of GA/T 467-2019. */
const STATUSES: Readonly<Record<number, StatusEntry>> = {
  144: { meaning: 'success', class: success },
  145: { meaning: 'item empty', class: success },
  159: { meaning: 'card found', class: success },
  128: { meaning: 'no card', class: { kind: 'no-card' } },
  129: { meaning: 'select failed', class: { kind: 'retry', fault: 'lift-and-replace' } },
  64: { meaning: 'unknown card type', class: { kind: 'give-up', fault: 'wrong-card' } },
  65: { meaning: 'read failed', class: { kind: 'retry', fault: 'lift-and-replace' } },
  71: { meaning: 'random number failed', class: { kind: 'retry', fault: 'lift-and-replace' } },
  49: { meaning: 'card rejects module', class: { kind: 'give-up', fault: 'out-of-service' } },
  50: { meaning: 'module rejects card', class: { kind: 'give-up', fault: 'refused' } },
  51: { meaning: 'data signature wrong', class: { kind: 'give-up', fault: 'refused' } },
  16: { meaning: 'our checksum wrong', class: { kind: 'retry', fault: 'unreadable' } },
  17: { meaning: 'our length wrong', class: { kind: 'retry', fault: 'unreadable' } },
  33: { meaning: 'unknown command', class: { kind: 'give-up', fault: 'out-of-service' } },
  35: { meaning: 'not permitted', class: { kind: 'give-up', fault: 'out-of-service' } },
  36: { meaning: 'unknown error', class: { kind: 'reset-and-retry', fault: 'unreadable' } },
  96: { meaning: 'self-test failed', class: outOfService },
  102: { meaning: 'module not authorised', class: outOfService },
};

export function classifyStatus(status: number): StatusClass {
  return STATUSES[status]?.class ?? { kind: 'retry', fault: 'unreadable' };
}

/** For technicians: `SW3 41, read failed`. */
export function describeStatus(status: number): string {
  const code = status.toString(16).toUpperCase().padStart(2, '0');
  return `SW3 ${code}, ${STATUSES[status]?.meaning ?? 'not in GA/T 467'}`;
}
