import { isReadOffCard } from '#domain/enrolment/password-rules.ts';
import { ageBand } from '#domain/identity/age-rule.ts';
import { dayInChina } from '#domain/identity/calendar-date.ts';
import { parseCitizenNumber } from '#domain/identity/citizen-number.ts';
import { checkPersonName } from '#domain/identity/person-name.ts';
import type { StationEvent } from '#domain/session/chart-event.ts';
import type { LiveSession } from './live-session.ts';
import type { SessionParts } from './session-ports.ts';
import { textOf } from './session-record.ts';

/** Takes number and name from somebody without a card. False when they are not asked for now. */
export interface HolderStep {
  submitNumber(text: string): boolean;
  submitName(text: string): boolean;
}

export function holderStep(options: {
  readonly parts: Pick<SessionParts, 'clock'>;
  readonly live: LiveSession;
  readonly asked: (step: 'number' | 'name') => boolean;
  readonly tell: (event: StationEvent) => void;
}): HolderStep {
  const { parts, live, asked, tell } = options;
  return {
    submitNumber(text) {
      const { record } = live;
      if (record === null || !asked('number')) return false;
      const parsed = parseCitizenNumber(text);
      if (!parsed.ok) {
        tell({ type: 'number.refused', problem: parsed.error });
        return true;
      }
      const { birth, number } = parsed.value;
      const age = ageBand({ birth, day: dayInChina(parts.clock.now()) });
      const password = textOf(record.passwordDigits);
      const passwordGuessable = password !== null && isReadOffCard({ password, birth, number });
      // Of whoever is sent to a desk nothing is kept.
      if (age === 'adult') record.number = new TextEncoder().encode(number);
      if (passwordGuessable) {
        record.password = null;
        record.passwordDigits = null;
      }
      tell({ type: 'number.accepted', age, passwordGuessable });
      return true;
    },
    submitName(text) {
      const { record } = live;
      if (record === null || !asked('name')) return false;
      const name = checkPersonName(text);
      if (!name.ok) {
        tell({ type: 'name.refused', problem: name.error });
        return true;
      }
      record.name = new TextEncoder().encode(name.value);
      // The number cannot be changed any more, so that there is nothing left to compare the password with.
      record.passwordDigits = null;
      tell({ type: 'name.accepted' });
      return true;
    },
  };
}
