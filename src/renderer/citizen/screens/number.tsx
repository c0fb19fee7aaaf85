import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import {
  NUMBER_LENGTH,
  NUMBER_PARTS,
  type NumberPart,
  numberSoFarFault,
  partOfFault,
  typeIntoNumber,
} from '#domain/identity/number-so-far.ts';
import type { NumberProblem } from '#domain/session/snapshot.ts';
import { Icon } from '#ui/icons/icon.tsx';
import { useCitizen, useText } from '../context.ts';
import { Keypad } from '../frame/keypad.tsx';
import { NoticeLine } from '../frame/notice-line.tsx';
import { Page } from '../frame/page.tsx';
import { SubmitButton } from '../frame/submit-button.tsx';
import { useTypedKeys } from '../frame/use-typed-keys.ts';

/** The citizen number, typed where no card is read. What cannot be right is said as soon as it is typed. */
export function NumberScreen(props: { readonly problem: NumberProblem | null }): JSX.Element {
  const t = useText();
  const { station, settling } = useCitizen();
  const [typed, setTyped] = useState('');
  /** What the station has judged last: its problem stands until something else is typed. */
  const [sent, setSent] = useState<string | null>(null);
  const fault = numberSoFarFault(typed);
  const whole = typed.length === NUMBER_LENGTH && fault === null;
  const problem = typed === (sent ?? '') ? props.problem : null;

  function submit(): void {
    if (!whole || settling) return;
    setSent(typed);
    void station.submitNumber({ number: typed });
  }
  const add = (key: string) => setTyped((now) => typeIntoNumber(now, key));
  const remove = () => setTyped((now) => now.slice(0, -1));
  useTypedKeys({ onKey: add, onDelete: remove, onEnter: submit });

  return (
    <Page
      class="page--number"
      title={t('number.title')}
      lead={t('number.lead')}
      actions={
        <SubmitButton does="submit-number" ready={whole} onSubmit={submit}>
          {t('number.next')}
        </SubmitButton>
      }
    >
      <div class="number">
        <NumberGroups typed={typed} wrong={fault === null ? null : partOfFault(fault)} />
        <p class="visually-hidden" aria-live="polite">
          {t('keypad.entered', { count: typed.length, of: NUMBER_LENGTH })}
        </p>
        {fault !== null ? (
          <NoticeLine key={fault} tone="problem" text={t(`number.so-far.${fault}`)} />
        ) : problem !== null ? (
          <NoticeLine key={problem} tone="problem" text={t(`number.problem.${problem}`)} />
        ) : (
          <NumberHint whole={whole} />
        )}
      </div>
      <Keypad
        onDigit={add}
        onDelete={remove}
        leftOfZero={
          <button
            type="button"
            class="key"
            data-key="X"
            disabled={typed.length !== NUMBER_LENGTH - 1}
            onClick={() => add('X')}
          >
            X
          </button>
        }
      />
    </Page>
  );
}

function NumberHint(props: { readonly whole: boolean }): JSX.Element {
  const t = useText();
  return (
    <p class={props.whole ? 'number__hint number__hint--whole' : 'number__hint'} role="status">
      {props.whole ? <Icon name="check" /> : null}
      <span>{t(props.whole ? 'number.whole' : 'number.x-note')}</span>
    </p>
  );
}

/** The number in the groups that people read it in. */
function NumberGroups(props: { readonly typed: string; readonly wrong: NumberPart | null }): JSX.Element {
  const t = useText();
  let start = 0;
  return (
    <div class="number__groups" data-typed={props.typed.length}>
      {NUMBER_PARTS.map(({ name, length }) => {
        const from = start;
        start += length;
        const characters = props.typed.slice(from, from + length);
        const isHere = props.typed.length >= from && props.typed.length < from + length;
        const state = props.wrong === name ? 'wrong' : isHere ? 'now' : 'quiet';
        return (
          <div key={name} class={`number__group number__group--${state}`} style={{ '--places': length }}>
            <span class="number__name">
              {state === 'wrong' ? <Icon name="alert" /> : null}
              {t(`number.part.${name}`)}
            </span>
            <span class="number__places">
              {Array.from({ length }, (_, place) => (
                <span
                  key={`place-${String(place)}`}
                  class={
                    isHere && place === characters.length
                      ? 'number__place number__place--next'
                      : 'number__place'
                  }
                >
                  {characters.charAt(place)}
                </span>
              ))}
            </span>
          </div>
        );
      })}
    </div>
  );
}
