import type { JSX } from 'preact';
import type { NameKeyboardKey } from '#i18n/name-keyboard-messages.ts';
import type { Translate } from '#i18n/translator.ts';
import { Icon } from '#ui/icons/icon.tsx';
import { Characters } from './characters.tsx';
import type { PlacedCandidate } from './pages.ts';
import type { Key } from './typing.ts';

/** One page of candidates with the ways to the pages beside it, or what to do while there are none. */
export function CandidatePanel(props: {
  readonly shown: readonly PlacedCandidate[];
  readonly page: number;
  readonly pages: number;
  /** Shown while there are no candidates. */
  readonly message: string;
  readonly hasGlyph: (character: string) => boolean;
  readonly onKey: (key: Key) => void;
  readonly t: Translate<NameKeyboardKey>;
}): JSX.Element {
  const { shown, page, pages, onKey, t } = props;
  if (shown.length === 0) {
    return (
      <div class="candidates">
        <p class="candidates__message" aria-live="polite">
          {props.message}
        </p>
      </div>
    );
  }
  const turn = (
    by: 1 | -1,
    label: 'keyboard.next-page' | 'keyboard.previous-page',
    icon: 'forward' | 'back',
  ) => (
    <button
      type="button"
      class="name-key name-key--turn"
      aria-label={t(label)}
      disabled={page + by < 0 || page + by >= pages}
      onClick={() => onKey({ key: 'page', page: page + by })}
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <div class="candidates">
      <ol class="candidates__list" aria-label={t('keyboard.candidates')}>
        {shown.map((candidate) => (
          <li key={candidate.text} class={`candidates__place candidates__place--${String(candidate.span)}`}>
            <button
              type="button"
              class="name-key candidate"
              data-candidate={candidate.text}
              onClick={() => onKey({ key: 'candidate', candidate })}
            >
              <Characters text={candidate.text} hasGlyph={props.hasGlyph} t={t} />
            </button>
          </li>
        ))}
      </ol>
      {props.pages > 1 ? (
        <div class="candidates__turn">
          {turn(-1, 'keyboard.previous-page', 'back')}
          {turn(1, 'keyboard.next-page', 'forward')}
        </div>
      ) : null}
    </div>
  );
}
