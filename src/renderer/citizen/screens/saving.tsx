import type { JSX } from 'preact';
import { useText } from '../context.ts';
import { StatusPage } from '../frame/status-page.tsx';

export function SavingScreen(): JSX.Element {
  const t = useText();
  return (
    <StatusPage icon="lock" tone="calm" busy title={t('saving.title')}>
      <p class="status__main">{t('saving.text')}</p>
    </StatusPage>
  );
}
