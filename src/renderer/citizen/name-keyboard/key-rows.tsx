import type { JSX } from 'preact';
import type { NameKeyboardKey } from '#i18n/name-keyboard-messages.ts';
import type { Translate } from '#i18n/translator.ts';
import { Icon } from '#ui/icons/icon.tsx';
import { type Key, MODES, type Typing } from './typing.ts';

const LETTERS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'] as const;
const CODE_DIGITS = ['12345', '67890', 'ABCDEF'] as const;

/** The keys: letters in the order of every keyboard, or the digits of a code point. */
export function KeyRows(props: {
  readonly typing: Typing;
  readonly onKey: (key: Key) => void;
  readonly t: Translate<NameKeyboardKey>;
}): JSX.Element {
  const { typing, onKey, t } = props;
  const { mode } = typing;
  const letter = (character: string) => (
    <button
      key={character}
      type="button"
      class="name-key"
      data-letter={character}
      onClick={() => onKey({ key: 'character', character })}
    >
      {mode === 'latin' ? character.toUpperCase() : character}
      {mode === 'pinyin' && character === 'v' ? <small class="name-key__also">ü</small> : null}
    </button>
  );
  const [first, second, third] = mode === 'code' ? CODE_DIGITS : LETTERS;
  return (
    <div class="key-rows">
      <div class="key-row">{[...first].map(letter)}</div>
      <div class="key-row key-row--second">{[...second].map(letter)}</div>
      <div class="key-row">
        {mode === 'pinyin' ? (
          <button type="button" class="name-key name-key--word" onClick={() => onKey({ key: 'separator' })}>
            {t('keyboard.separator')}
          </button>
        ) : null}
        {[...third].map(letter)}
        <button
          type="button"
          class="name-key name-key--word"
          data-key="delete"
          aria-label={t('keyboard.delete')}
          onClick={() => onKey({ key: 'delete' })}
        >
          <Icon name="delete" />
        </button>
      </div>
      <div class="key-row key-row--last">
        <fieldset class="key-modes">
          <legend class="visually-hidden">{t('keyboard.mode')}</legend>
          {MODES.map((each) => (
            <button
              key={each}
              type="button"
              class="name-key name-key--word name-key--mode"
              data-mode={each}
              aria-pressed={each === mode}
              onClick={() => onKey({ key: 'mode', mode: each })}
            >
              {t(`keyboard.mode.${each}`)}
            </button>
          ))}
        </fieldset>
        {mode === 'latin' ? (
          <button
            type="button"
            class="name-key name-key--wide name-key--word"
            onClick={() => onKey({ key: 'space' })}
          >
            {t('keyboard.space')}
          </button>
        ) : null}
        <button
          type="button"
          class="name-key name-key--wide name-key--word"
          onClick={() => onKey({ key: 'dot' })}
        >
          {t('keyboard.dot')}
          <b class="name-key__dot">·</b>
        </button>
      </div>
    </div>
  );
}
