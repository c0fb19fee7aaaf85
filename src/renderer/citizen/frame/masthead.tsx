import type { JSX } from 'preact';
import { LANGUAGES } from '#domain/language.ts';
import type { Notices, Snapshot } from '#domain/session/snapshot.ts';
import { Icon } from '#ui/icons/icon.tsx';
import { Mark } from '#ui/mark/mark.tsx';
import { useCitizen, useText } from '../context.ts';
import { ActButton } from './act-button.tsx';

/** The top of every screen: whose service this is, the language switch, and what is not as usual. */
export function Masthead(props: { readonly snapshot: Snapshot }): JSX.Element {
  const t = useText();
  const { language } = useCitizen();
  const { notices, screen } = props.snapshot;
  // The language screen is this switch, at full size.
  const others = screen.name === 'language' ? [] : LANGUAGES.filter((other) => other !== language);
  return (
    <header class="masthead">
      <div class="masthead__row">
        <Mark class="masthead__mark" />
        <div class="masthead__names">
          <span class="masthead__service">{t('app.name')}</span>
          <span class="masthead__place">{notices.stationName || t('app.kind')}</span>
        </div>
        {others.map((other) => (
          <ActButton
            key={other}
            event={{ type: 'choose-language', language: other }}
            look="chip"
            icon="globe"
            lang={other}
          >
            {t(`language.${other}`)}
          </ActButton>
        ))}
      </div>
      <NoticeStrip notices={notices} />
    </header>
  );
}

function NoticeStrip(props: { readonly notices: Notices }): JSX.Element | null {
  const t = useText();
  const { simulated, offline } = props.notices;
  if (!simulated && !offline) return null;
  return (
    <section class="notices" aria-label={t('notice.label')}>
      {simulated ? (
        <p class="notice notice--simulated" data-notice="simulated">
          {t('notice.simulated')}
        </p>
      ) : null}
      {offline ? (
        <p class="notice notice--offline" data-notice="offline">
          <Icon name="offline" />
          <span>{t('notice.offline')}</span>
        </p>
      ) : null}
    </section>
  );
}
