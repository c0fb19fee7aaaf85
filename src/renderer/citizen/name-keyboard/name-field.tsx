import type { JSX } from 'preact';
import type { NameKeyboardKey } from '#i18n/name-keyboard-messages.ts';
import type { Translate } from '#i18n/translator.ts';
import { Characters } from './characters.tsx';
import type { Typing } from './typing.ts';

/** Characters of a name that stand in the field at their full size beside what is typed. */
const SHORT = 8;

/** The name so far, and behind it what is typed for the next character. */
export function NameField(props: {
  readonly typing: Typing;
  readonly hasGlyph: (character: string) => boolean;
  readonly t: Translate<NameKeyboardKey>;
}): JSX.Element {
  const { typing, hasGlyph, t } = props;
  const isLong = typing.name.length > SHORT;
  return (
    <div class={isLong ? 'name-field name-field--long' : 'name-field'}>
      <span class="visually-hidden">{t('keyboard.field')}</span>
      <span class="name-field__name">
        <Characters text={typing.name} hasGlyph={hasGlyph} t={t} />
      </span>
      <span class="name-field__typed">
        {typing.mode === 'code' && typing.typed !== '' ? `U+${typing.typed}` : typing.typed}
      </span>
      <span class="name-field__caret" aria-hidden="true" />
    </div>
  );
}
