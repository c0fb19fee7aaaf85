import type { JSX } from 'preact';
import type { KnownSlip, SlipStatus } from '#domain/session/snapshot.ts';
import { formatMoment } from '#i18n/dates.ts';
import type { IconName } from '#ui/icons/icon-shapes.tsx';
import { useCitizen, useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { Facts } from '../frame/facts.tsx';
import { NoticeLine } from '../frame/notice-line.tsx';
import { ReceiptNumber } from '../frame/receipt-number.tsx';
import { StatusPage, type Tone } from '../frame/status-page.tsx';

const SIGNS: Readonly<Record<SlipStatus['state'], readonly [IconName, Tone]>> = {
  'waiting-here': ['clock', 'calm'],
  held: ['send', 'calm'],
  issued: ['check', 'good'],
  collect: ['counter', 'good'],
  revoked: ['check', 'good'],
  referred: ['person', 'attention'],
  rejected: ['alert', 'stop'],
  'not-arrived': ['clock', 'attention'],
  'cannot-tell': ['offline', 'attention'],
};

/** Until one of these, a lost e-ID still counts. */
const LOSS_SETTLED: readonly KnownSlip['state'][] = ['revoked', 'rejected'];

/** What became of the application that a receipt names. Nothing of the person: the slip may have been found. */
export function StatusScreen(props: { readonly status: SlipStatus }): JSX.Element {
  const t = useText();
  const { status } = props;
  const [icon, tone] = SIGNS[status.state];
  return (
    <StatusPage
      icon={icon}
      tone={tone}
      title={t(`status.${status.state}.title`)}
      actions={
        <>
          <ActButton event={{ type: 'continue' }} look="secondary">
            {t('status.again')}
          </ActButton>
          <ActButton event={{ type: 'finish' }} look="primary">
            {t('status.finish')}
          </ActButton>
        </>
      }
    >
      <p class="status__main" data-state={status.state}>
        {t(`status.${status.state}.text`)}
      </p>
      {status.state === 'cannot-tell' ? null : <Known slip={status} />}
    </StatusPage>
  );
}

function Known(props: { readonly slip: KnownSlip }): JSX.Element {
  const t = useText();
  const { language } = useCitizen();
  const { slip } = props;
  const stillCounts = slip.application === 'report-lost' && !LOSS_SETTLED.includes(slip.state);
  return (
    <>
      {slip.reason === null ? null : <p class="soft">{t(`decision.${slip.reason}`)}</p>}
      {stillCounts ? <NoticeLine tone="problem" text={t('waiting.not-ended')} /> : null}
      <section class="status__slip sheet">
        <p class="slip__label">{t('slip.number')}</p>
        <ReceiptNumber packetId={slip.packetId} />
        <Facts
          facts={[
            [t('slip.application'), t(`application.${slip.application}`)],
            [t('slip.at'), formatMoment(language, slip.at)],
            [t('slip.station'), slip.station],
          ]}
        />
      </section>
    </>
  );
}
