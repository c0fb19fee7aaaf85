import type { JSX } from 'preact';
import type { NameKeyboardKey } from '#i18n/name-keyboard-messages.ts';
import type { Translate } from '#i18n/translator.ts';
import { codeOf } from './code-point.ts';

/** Text in which a character that no font of the terminal draws stands as a box over its code, never as a blank. */
export function Characters(props: {
  readonly text: string;
  readonly hasGlyph: (character: string) => boolean;
  readonly t: Translate<NameKeyboardKey>;
}): JSX.Element {
  const runs: (string | { readonly undrawn: string })[] = [];
  for (const character of props.text) {
    const last = runs.at(-1);
    if (!props.hasGlyph(character)) runs.push({ undrawn: codeOf(character) });
    else if (typeof last === 'string') runs[runs.length - 1] = last + character;
    else runs.push(character);
  }
  return (
    <>
      {runs.map((run, place) =>
        typeof run === 'string' ? (
          run
        ) : (
          <span
            // The same code may stand there twice.
            key={`${String(place)} ${run.undrawn}`}
            class="undrawn"
            role="img"
            aria-label={props.t('keyboard.undrawn', { code: run.undrawn })}
          >
            <span class="undrawn__box" />
            <span class="undrawn__code">{run.undrawn}</span>
          </span>
        ),
      )}
    </>
  );
}
