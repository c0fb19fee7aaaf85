import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
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
  const [pin, setPin] = useState('');
  const { disabled } = props;
  const ready = !disabled && pin.length >= PIN_DIGITS.least;

  function add(digit: string): void {
    if (!disabled) setPin((before) => (before.length < PIN_DIGITS.most ? before + digit : before));
  }
  function send(): void {
    if (!ready) return;
    setPin('');
    props.onPin(pin);
  }

  const keys = useRef({ add, send, erase: () => setPin((before) => before.slice(0, -1)) });
  keys.current.add = add;
  keys.current.send = send;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLInputElement) return;
      if (/^\d$/.test(event.key)) keys.current.add(event.key);
      else if (event.key === 'Backspace') keys.current.erase();
      else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) keys.current.send();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  return (
    <div class="pin">
      <div class="pin__dots" role="status" aria-label={t('pin.entered', { count: pin.length })}>
        {Array.from({ length: Math.max(PIN_DIGITS.least, pin.length) }, (_, index) => (
          <span key={String(index)} class={index < pin.length ? 'pin__dot pin__dot--set' : 'pin__dot'} />
        ))}
      </div>
      <div class="pin__keys">
        {DIGITS.map((digit) => (
          <Key key={digit} digit={digit} disabled={disabled} onDigit={add} />
        ))}
        <button
          type="button"
          class="pin__key pin__key--word"
          data-key="erase"
          aria-label={t('pin.erase')}
          disabled={disabled || pin === ''}
          onClick={keys.current.erase}
        >
          <Icon name="delete" />
        </button>
        <Key digit="0" disabled={disabled} onDigit={add} />
        <button
          type="button"
          class="pin__key pin__key--send"
          data-key="send"
          disabled={!ready}
          onClick={send}
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
