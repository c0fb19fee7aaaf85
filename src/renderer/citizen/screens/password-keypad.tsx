import type { JSX } from 'preact';
import { Icon } from '#ui/icons/icon.tsx';
import { useText } from '../context.ts';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Laid out like a telephone's, which people without sight know by touch. */
export function Keypad(props: {
  readonly onDigit: (digit: string) => void;
  readonly onDelete: () => void;
  readonly onClear: () => void;
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
      <button type="button" class="key key--word" data-key="clear" onClick={props.onClear}>
        {t('password.clear')}
      </button>
      {digit('0')}
      <button type="button" class="key key--word" data-key="delete" onClick={props.onDelete}>
        <Icon name="delete" />
        <span>{t('password.delete')}</span>
      </button>
    </div>
  );
}
