import type { JSX } from 'preact';
import type { CameraProblem } from '#domain/session/snapshot.ts';
import { useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { StatusPage } from '../frame/status-page.tsx';

export function CameraProblemScreen(props: { readonly problem: CameraProblem }): JSX.Element {
  const t = useText();
  return (
    <StatusPage
      icon="camera"
      tone="attention"
      title={t('camera-problem.title')}
      actions={
        <>
          <ActButton event={{ type: 'ask-staff' }} look="secondary">
            {t('face-failed.staff')}
          </ActButton>
          <ActButton event={{ type: 'try-again' }} look="primary">
            {t('face-failed.again')}
          </ActButton>
        </>
      }
    >
      <p class="status__main" data-reason={props.problem}>
        {t(`camera-problem.${props.problem}`)}
      </p>
      <p class="soft">{t('camera-problem.kept')}</p>
    </StatusPage>
  );
}
