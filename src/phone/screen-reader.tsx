import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PhoneKey } from '#i18n/phone-messages.ts';
import type { Translate } from '#i18n/translator.ts';
import type { SeenCode } from './read-screen.ts';

/** Stands for the phone's camera: takes the text of a code that a terminal shows. */
export function ScreenReader(props: {
  readonly t: Translate<PhoneKey>;
  readonly problem: Extract<SeenCode, { kind: 'problem' }>['problem'] | null;
  readonly onText: (text: string) => void;
}): JSX.Element {
  const { t, problem, onText } = props;
  const [text, setText] = useState('');
  return (
    <form
      class="phone__reader"
      onSubmit={(event) => {
        event.preventDefault();
        onText(text.trim());
        setText('');
      }}
    >
      <label>
        {t('read.label')}
        <input
          data-field="screen"
          maxLength={4296}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="phone__button" disabled={text.trim() === ''}>
        {t('read.do')}
      </button>
      {problem === null ? null : (
        <p class="phone__problem" role="alert">
          {t(`read.${problem}`)}
        </p>
      )}
    </form>
  );
}
