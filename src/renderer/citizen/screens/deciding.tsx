import type { JSX } from 'preact';
import { useText } from '../context.ts';
import { StatusPage } from '../frame/status-page.tsx';

export function DecidingScreen(): JSX.Element {
  const t = useText();
  return (
    <StatusPage icon="send" tone="good" busy title={t('deciding.title')}>
      <p class="status__main">{t('deciding.text')}</p>
    </StatusPage>
  );
}
