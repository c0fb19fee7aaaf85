import type { JSX } from 'preact';
import type { LivenessReason } from '#domain/liveness/verdict.ts';
import { useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { StatusPage } from '../frame/status-page.tsx';

/** Why a try did not pass, as a sentence with a hint, and what can be done now. */
export function FaceFailedScreen(props: {
  readonly reason: LivenessReason;
  readonly triesLeft: 0 | 1;
}): JSX.Element {
  const t = useText();
  const again = props.triesLeft > 0;
  return (
    <StatusPage
      icon={again ? 'face' : 'counter'}
      tone="attention"
      title={again ? t('face-failed.title') : t('face-failed.last-title')}
      actions={
        again ? (
          <>
            <ActButton event={{ type: 'ask-staff' }} look="secondary">
              {t('face-failed.staff')}
            </ActButton>
            <ActButton event={{ type: 'try-again' }} look="primary">
              {t('face-failed.again')}
            </ActButton>
          </>
        ) : (
          <ActButton event={{ type: 'ask-staff' }} look="primary">
            {t('face-failed.staff')}
          </ActButton>
        )
      }
    >
      <p class="status__main" data-reason={props.reason}>
        {t(`face-failed.reason.${props.reason}`)}
      </p>
      <p class="soft">{again ? t('face-failed.tries-left') : t('face-failed.no-tries')}</p>
      {again ? (
        <ActButton event={{ type: 'open-exchange' }} look="chip">
          {t('face.exchange')}
        </ActButton>
      ) : null}
    </StatusPage>
  );
}
