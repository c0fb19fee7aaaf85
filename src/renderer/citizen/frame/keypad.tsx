import type { JSX } from 'preact';
import { Icon } from '#ui/icons/icon.tsx';
import { useText } from '../context.ts';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Laid out like a telephone's, which people without sight know by touch. What stands left of 0 depends on the entry. */
export function Keypad(props: {
  readonly onDigit: (digit: string) => void;
  readonly onDelete: () => void;
  readonly leftOfZero: JSX.Element;
}): JSX.Element {
  const t = useText();
  const digit = (value: string) => (
    <button key={value} type="button" class="key" data-key={value} onClick={() => props.onDigit(value)}>
      {value}
    </button>
  );
  return (
    <div class="keypad">
      {DIGITS.map(digit)}
      {props.leftOfZero}
      {digit('0')}
      <button type="button" class="key key--word" data-key="delete" onClick={props.onDelete}>
        <Icon name="delete" />
        <span>{t('keypad.delete')}</span>
      </button>
    </div>
  );
}
