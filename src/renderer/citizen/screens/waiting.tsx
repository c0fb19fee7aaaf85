import type { JSX } from 'preact';
import type { Application } from '#domain/enrolment/application.ts';
import type { DecisionReason } from '#domain/enrolment/decision.ts';
import { Icon } from '#ui/icons/icon.tsx';
import { useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { NoticeLine } from '../frame/notice-line.tsx';
import { StatusPage } from '../frame/status-page.tsx';

const SIGNS = { offline: 'offline', 'not-yet': 'clock', referred: 'person' } as const;

/** Saved, but not decided: why, and what happens next. */
export function WaitingScreen(props: {
  readonly application: Application;
  readonly reason: 'offline' | 'not-yet' | 'referred';
  readonly detail: DecisionReason | null;
}): JSX.Element {
  const t = useText();
  const lost = props.application === 'report-lost';
  return (
    <StatusPage
      icon={SIGNS[props.reason]}
      tone={lost ? 'attention' : 'good'}
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
      {lost ? <NoticeLine tone="problem" text={t('waiting.not-ended')} /> : null}
      <section class="next sheet">
        <h2 class="section-title">{t('waiting.next')}</h2>
        <ul class="next__list">
          {lost ? (
            <li>
              <Icon name="counter" />
              <span>{t('waiting.next-urgent')}</span>
            </li>
          ) : (
            <li>
              <Icon name="phone" />
              <span>{t('waiting.next-phone')}</span>
            </li>
          )}
          <li>
            <Icon name="receipt" />
            <span>{t('waiting.next-slip')}</span>
          </li>
        </ul>
      </section>
    </StatusPage>
  );
}
