import './eid-card.css';
import type { JSX } from 'preact';
import type { Grade } from '#domain/enrolment/enrolment.ts';
import { readingGroups } from '#domain/enrolment/reading-groups.ts';
import { guilloche } from './guilloche.ts';

/** Words on the card, in the reader's language. */
export interface EidCardWords {
  readonly title: string;
  readonly grade: string;
  readonly name: string;
  readonly subject: string;
  readonly issued: string;
  readonly expires: string;
  readonly portraitLabel: string;
  readonly simulated: string;
}

export interface EidCardFields {
  readonly grade: Grade;
  readonly maskedName: string;
  readonly subject: string;
  readonly issuedOn: string;
  readonly expiresOn: string;
  /** Data URL, or null where no picture is kept. */
  readonly portrait: string | null;
  readonly simulated: boolean;
}

const WAVES = guilloche({ width: 856, height: 540, lines: 26 });

/** The e-ID as a card: in colour for the full grade, in black and white for the basic one. Scales with its width. */
export function EidCard(props: {
  readonly fields: EidCardFields;
  readonly words: EidCardWords;
}): JSX.Element {
  const { fields, words } = props;
  return (
    <article class={`eid-card eid-card--${fields.grade}`} aria-label={words.title} data-grade={fields.grade}>
      <div class="eid-card__face">
        <Ground />
        <header class="eid-card__head">
          <Ripple />
          <span class="eid-card__title">{words.title}</span>
          {fields.simulated ? <span class="eid-card__simulated">{words.simulated}</span> : null}
          <span class="eid-card__grade">{words.grade}</span>
        </header>
        <div class="eid-card__portrait">
          {fields.portrait === null ? null : <img src={fields.portrait} alt={words.portraitLabel} />}
        </div>
        <dl class="eid-card__fields">
          <div class="eid-card__name">
            <dt>{words.name}</dt>
            <dd>{fields.maskedName}</dd>
          </div>
          <div>
            <dt>{words.issued}</dt>
            <dd>{fields.issuedOn}</dd>
          </div>
          <div>
            <dt>{words.expires}</dt>
            <dd>{fields.expiresOn}</dd>
          </div>
        </dl>
        <dl class="eid-card__foot">
          <dt>{words.subject}</dt>
          <dd>{readingGroups(fields.subject).join(' ')}</dd>
        </dl>
      </div>
    </article>
  );
}

function Ground(): JSX.Element {
  return (
    <svg
      class="eid-card__ground"
      viewBox="0 0 856 540"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      focusable="false"
    >
      <g fill="none" stroke="currentColor" stroke-width="1.1">
        {WAVES.map((path) => (
          <path key={path} d={path} />
        ))}
      </g>
      <g class="eid-card__ripples" fill="none" stroke="currentColor" stroke-width="1.6">
        {Array.from({ length: 11 }, (_, ring) => (
          <circle key={`ring-${String(ring)}`} cx="640" cy="330" r={40 + ring * 26} opacity={1 - ring / 12} />
        ))}
      </g>
    </svg>
  );
}

function Ripple(): JSX.Element {
  return (
    <svg class="eid-card__mark" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <circle cx="32" cy="16" r="8" fill="currentColor" />
      <g fill="none" stroke="currentColor" stroke-width="4.5" stroke-linecap="round">
        <path d="M22 42a10 10 0 0 1 20 0" />
        <path d="M14 47a18 18 0 0 1 36 0" opacity=".8" />
        <path d="M6 52a26 26 0 0 1 52 0" opacity=".55" />
      </g>
    </svg>
  );
}
