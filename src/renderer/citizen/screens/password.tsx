import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { PASSWORD_LENGTH } from '#domain/enrolment/password-rules.ts';
import type { PasswordProblem } from '#domain/session/snapshot.ts';
import { useCitizen, useText } from '../context.ts';
import { NoticeLine } from '../frame/notice-line.tsx';
import { Page } from '../frame/page.tsx';
import { Keypad } from './password-keypad.tsx';

interface Entries {
  readonly first: string | null;
  readonly typed: string;
}
const EMPTY: Entries = { first: null, typed: '' };

/** Two entries of the password on the screen's own keypad. Digits are never shown and dropped as soon as they are sent. */
export function PasswordScreen(props: { readonly problem: PasswordProblem | null }): JSX.Element {
  const t = useText();
  const { station, settling } = useCitizen();
  const [entries, setEntries] = useState<Entries>(EMPTY);
  const { first, typed } = entries;
  const full = typed.length === PASSWORD_LENGTH;

  function proceed(): void {
    if (first === null) {
      setEntries({ first: typed, typed: '' });
      return;
    }
    setEntries(EMPTY);
    void station.submitPassword({ password: first, repeat: typed });
  }

  const problem = first === null && typed === '' ? props.problem : null;
  return (
    <Page
      class="page--password"
      title={first === null ? t('password.title') : t('password.repeat-title')}
      lead={problem === null ? t('password.lead') : undefined}
      actions={
        <button
          type="button"
          class="button button--primary"
          data-event={first === null ? 'next-entry' : 'submit-password'}
          disabled={!full || settling}
          onClick={proceed}
        >
          <span class="button__text">{first === null ? t('password.next') : t('password.confirm')}</span>
        </button>
      }
    >
      <div class="password__entry">
        <div class="password__dots" aria-hidden="true">
          {Array.from({ length: PASSWORD_LENGTH }, (_, place) => (
            <span
              key={`place-${String(place)}`}
              class={place < typed.length ? 'password__dot password__dot--set' : 'password__dot'}
            />
          ))}
        </div>
        <p class="visually-hidden" aria-live="polite">
          {t('password.entered', { count: typed.length, of: PASSWORD_LENGTH })}
        </p>
        {problem === null ? null : <NoticeLine tone="problem" text={t(`password.problem.${problem}`)} />}
      </div>
      <Keypad
        onDigit={(digit) =>
          setEntries((now) => ({ ...now, typed: (now.typed + digit).slice(0, PASSWORD_LENGTH) }))
        }
        onDelete={() => setEntries((now) => ({ ...now, typed: now.typed.slice(0, -1) }))}
        onClear={() => setEntries(EMPTY)}
      />
    </Page>
  );
}
