import type { JSX } from 'preact';
import type { DecisionReason } from '#domain/enrolment/decision.ts';
import { Icon } from '#ui/icons/icon.tsx';
import { useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { StatusPage } from '../frame/status-page.tsx';

const SIGNS = { offline: 'offline', 'not-yet': 'clock', referred: 'person' } as const;

/** Saved, but not decided: why, and what happens next. */
export function WaitingScreen(props: {
  readonly reason: 'offline' | 'not-yet' | 'referred';
  readonly detail: DecisionReason | null;
}): JSX.Element {
  const t = useText();
  return (
    <StatusPage
      icon={SIGNS[props.reason]}
      tone="good"
      title={t('waiting.title')}
      actions={
        <ActButton event={{ type: 'continue' }} look="primary">
          {t('waiting.continue')}
        </ActButton>
      }
    >
      <p class="status__main" data-reason={props.reason}>
        {t(`waiting.${props.reason}`)}
      </p>
      {props.detail === null ? null : <p class="soft">{t(`decision.${props.detail}`)}</p>}
      <section class="next sheet">
        <h2 class="section-title">{t('waiting.next')}</h2>
        <ul class="next__list">
          <li>
            <Icon name="phone" />
            <span>{t('waiting.next-phone')}</span>
          </li>
          <li>
            <Icon name="receipt" />
            <span>{t('waiting.next-slip')}</span>
          </li>
        </ul>
      </section>
    </StatusPage>
  );
}
