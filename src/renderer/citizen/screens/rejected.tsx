import type { JSX } from 'preact';
import type { Application } from '#domain/enrolment/application.ts';
import type { DecisionReason } from '#domain/enrolment/decision.ts';
import { useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { StatusPage } from '../frame/status-page.tsx';

export function RejectedScreen(props: {
  readonly application: Application;
  readonly reason: DecisionReason;
}): JSX.Element {
  const t = useText();
  const lost = props.application === 'report-lost';
  return (
    <StatusPage
      icon="alert"
      tone="stop"
      title={lost ? t('rejected.title-lost') : t('rejected.title')}
      actions={
        <ActButton event={{ type: 'continue' }} look="primary">
          {t('rejected.continue')}
        </ActButton>
      }
    >
      <p class="status__main" data-reason={props.reason}>
        {t(`decision.${props.reason}`)}
      </p>
      <p class="soft">{lost ? t('rejected.next-lost') : t('rejected.next')}</p>
    </StatusPage>
  );
}
