import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { PIN_DIGITS } from '#domain/staff/role.ts';
import { Icon } from '#ui/icons/icon.tsx';
import { useText } from '../context.ts';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Digits by touch or by keyboard; shown as dots, kept no longer than until they are sent. */
export function PinPad(props: {
  readonly disabled: boolean;
  readonly checking: boolean;
  readonly onPin: (pin: string) => void;
}): JSX.Element {
  const t = useText();
  const { disabled } = props;
  // The reference is what counts: quick fingers press the next key before the last one is drawn.
  const entered = useRef('');
  const [length, setLength] = useState(0);

  function enter(pin: string): void {
    entered.current = pin;
    setLength(pin.length);
  }
  const act = {
    add(digit: string): void {
      if (!disabled && entered.current.length < PIN_DIGITS.most) enter(entered.current + digit);
    },
    erase(): void {
      enter(entered.current.slice(0, -1));
    },
    /** False when there is nothing to send yet. */
    send(): boolean {
      const pin = entered.current;
      if (disabled || pin.length < PIN_DIGITS.least) return false;
      enter('');
      props.onPin(pin);
      return true;
    },
  };

  const acts = useRef(act);
  acts.current = act;
  // Before the pad is painted: whoever sees it may type at once.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event;
      if (target instanceof HTMLInputElement) return;
      if (/^\d$/.test(event.key)) acts.current.add(event.key);
      else if (event.key === 'Backspace') acts.current.erase();
      // A key of the pad that has the focus is pressed by it; any other button was left behind by a finger.
      else if (event.key === 'Enter' && !(target instanceof Element && target.closest('.pin') !== null)) {
        if (acts.current.send()) event.preventDefault();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  return (
    <div class="pin">
      <div class="pin__dots" role="status" aria-label={t('pin.entered', { count: length })}>
        {Array.from({ length: Math.max(PIN_DIGITS.least, length) }, (_, index) => (
          <span key={String(index)} class={index < length ? 'pin__dot pin__dot--set' : 'pin__dot'} />
        ))}
      </div>
      <div class="pin__keys">
        {DIGITS.map((digit) => (
          <Key key={digit} digit={digit} disabled={disabled} onDigit={act.add} />
        ))}
        <button
          type="button"
          class="pin__key pin__key--word"
          data-key="erase"
          aria-label={t('pin.erase')}
          disabled={disabled || length === 0}
          onClick={act.erase}
        >
          <Icon name="delete" />
        </button>
        <Key digit="0" disabled={disabled} onDigit={act.add} />
        <button
          type="button"
          class="pin__key pin__key--send"
          data-key="send"
          disabled={disabled || length < PIN_DIGITS.least}
          onClick={act.send}
        >
          {props.checking ? t('pin.checking') : t('pin.send')}
        </button>
      </div>
    </div>
  );
}

function Key(props: {
  readonly digit: string;
  readonly disabled: boolean;
  readonly onDigit: (digit: string) => void;
}): JSX.Element {
  return (
    <button
      type="button"
      class="pin__key"
      data-key={props.digit}
      disabled={props.disabled}
      onClick={() => props.onDigit(props.digit)}
    >
      {props.digit}
    </button>
  );
}
