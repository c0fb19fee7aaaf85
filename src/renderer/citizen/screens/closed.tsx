import type { JSX } from 'preact';
import type { ClosedReason } from '#domain/session/snapshot.ts';
import type { IconName } from '#ui/icons/icon-shapes.tsx';
import { useText } from '../context.ts';
import { Page } from '../frame/page.tsx';
import { StatusPage, type Tone } from '../frame/status-page.tsx';
import { CardOnReader } from '../illustrations/card-on-reader.tsx';

const SIGNS: Readonly<Record<Exclude<ClosedReason, 'card-left'>, readonly [IconName, Tone]>> = {
  starting: ['clock', 'calm'],
  'restart-needed': ['tool', 'attention'],
  'not-provisioned': ['tool', 'attention'],
  'devices-missing': ['tool', 'attention'],
  'offline-too-long': ['offline', 'attention'],
  'storage-full': ['storage', 'attention'],
  'chain-broken': ['tool', 'attention'],
  'certificate-expired': ['tool', 'attention'],
};

/** Why no new session can begin, and where to go instead. */
export function ClosedScreen(props: { readonly reason: ClosedReason }): JSX.Element {
  const t = useText();
  const { reason } = props;
  if (reason === 'card-left') {
    return (
      <Page title={t('closed.card-left.title')} lead={t('closed.card-left.text')}>
        <CardOnReader state="take" />
      </Page>
    );
  }
  const [icon, tone] = SIGNS[reason];
  return (
    <StatusPage
      icon={icon}
      tone={tone}
      busy={reason === 'starting'}
      title={reason === 'starting' ? t('closed.starting.title') : t('closed.title')}
    >
      <p class="status__main" data-reason={reason}>
        {t(`closed.${reason}.text`)}
      </p>
    </StatusPage>
  );
}
