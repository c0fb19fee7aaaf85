import type { JSX } from 'preact';
import { useText } from '../context.ts';
import { StatusPage } from '../frame/status-page.tsx';

export function GoodbyeScreen(): JSX.Element {
  const t = useText();
  return (
    <StatusPage icon="check" tone="good" title={t('goodbye.title')}>
      <p class="status__main">{t('goodbye.text')}</p>
    </StatusPage>
  );
}
