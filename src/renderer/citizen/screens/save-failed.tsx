import type { JSX } from 'preact';
import { useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { StatusPage } from '../frame/status-page.tsx';

export function SaveFailedScreen(props: { readonly reason: 'storage-full' | 'storage-failed' }): JSX.Element {
  const t = useText();
  return (
    <StatusPage
      icon="storage"
      tone="stop"
      title={t('save-failed.title')}
      actions={
        <>
          <ActButton event={{ type: 'ask-staff' }} look="secondary">
            {t('save-failed.staff')}
          </ActButton>
          <ActButton event={{ type: 'try-again' }} look="primary">
            {t('save-failed.again')}
          </ActButton>
        </>
      }
    >
      <p class="status__main" data-reason={props.reason}>
        {t(`save-failed.${props.reason}`)}
      </p>
    </StatusPage>
  );
}
