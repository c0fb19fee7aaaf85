import type { JSX } from 'preact';
import { useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { StatusPage } from '../frame/status-page.tsx';

/** The lost e-ID is deactivated: what was asked for is done. */
export function RevokedScreen(): JSX.Element {
  const t = useText();
  return (
    <StatusPage
      icon="check"
      tone="good"
      title={t('revoked.title')}
      actions={
        <ActButton event={{ type: 'continue' }} look="primary">
          {t('waiting.continue')}
        </ActButton>
      }
    >
      <p class="status__main">{t('revoked.text')}</p>
      <p class="soft">{t('revoked.lists')}</p>
    </StatusPage>
  );
}
