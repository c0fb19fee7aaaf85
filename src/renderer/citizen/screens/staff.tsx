import type { JSX } from 'preact';
import { useText } from '../context.ts';
import { StatusPage } from '../frame/status-page.tsx';

/** What passers-by see while staff work on the terminal. */
export function StaffScreen(): JSX.Element {
  const t = useText();
  return (
    <StatusPage icon="tool" tone="calm" title={t('staff.title')}>
      <p class="status__main">{t('staff.text')}</p>
    </StatusPage>
  );
}
