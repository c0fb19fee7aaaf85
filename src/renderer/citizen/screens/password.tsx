import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { PASSWORD_LENGTH } from '#domain/enrolment/password-rules.ts';
import type { PasswordProblem } from '#domain/session/snapshot.ts';
import { useCitizen, useText } from '../context.ts';
import { Keypad } from '../frame/keypad.tsx';
import { NoticeLine } from '../frame/notice-line.tsx';
import { Page } from '../frame/page.tsx';
import { SubmitButton } from '../frame/submit-button.tsx';
import { useTypedKeys } from '../frame/use-typed-keys.ts';

interface Entries {
  readonly first: string | null;
  readonly typed: string;
}
const EMPTY: Entries = { first: null, typed: '' };

/**
 * A new password, entered twice, or the one of an e-ID that exists, entered once, on the screen's own keypad. Digits are
 * never shown and dropped as soon as they are sent.
 */
export function PasswordScreen(props: {
  readonly purpose: 'choose' | 'prove';
  readonly problem: PasswordProblem | null;
}): JSX.Element {
  const t = useText();
  const { station, settling } = useCitizen();
  const [entries, setEntries] = useState<Entries>(EMPTY);
  const { first, typed } = entries;
  const choosing = props.purpose === 'choose';
  const last = !choosing || first !== null;
  const full = typed.length === PASSWORD_LENGTH;

  function proceed(): void {
    if (!full || settling) return;
    if (!last) {
      setEntries({ first: typed, typed: '' });
      return;
    }
    setEntries(EMPTY);
    void station.submitPassword(
      first === null ? { password: typed, repeat: null } : { password: first, repeat: typed },
    );
  }
  const add = (key: string) =>
    setEntries((now) =>
      /^\d$/.test(key) ? { ...now, typed: (now.typed + key).slice(0, PASSWORD_LENGTH) } : now,
    );
  const remove = () => setEntries((now) => ({ ...now, typed: now.typed.slice(0, -1) }));
  useTypedKeys({ onKey: add, onDelete: remove, onEnter: proceed });

  const problem = first === null && typed === '' ? props.problem : null;
  return (
    <Page
      class="page--password"
      title={
        !choosing
          ? t('password.prove-title')
          : first === null
            ? t('password.title')
            : t('password.repeat-title')
      }
      lead={problem === null ? t(choosing ? 'password.lead' : 'password.prove-lead') : undefined}
      actions={
        <SubmitButton does={last ? 'submit-password' : 'next-entry'} ready={full} onSubmit={proceed}>
          {last ? t('password.confirm') : t('password.next')}
        </SubmitButton>
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
          {t('keypad.entered', { count: typed.length, of: PASSWORD_LENGTH })}
        </p>
        {problem === null ? null : (
          <NoticeLine
            tone="problem"
            text={choosing ? t(`password.problem.${problem}`) : t('password.prove-problem')}
          />
        )}
      </div>
      <Keypad
        onDigit={add}
        onDelete={remove}
        leftOfZero={
          <button type="button" class="key key--word" data-key="clear" onClick={() => setEntries(EMPTY)}>
            {t('keypad.clear')}
          </button>
        }
      />
    </Page>
  );
}
