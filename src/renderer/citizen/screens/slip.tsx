import type { JSX } from 'preact';
import type { ShownSlip } from '#domain/session/snapshot.ts';
import { formatMoment } from '#i18n/dates.ts';
import { QrCode } from '#ui/qr-code/qr-code.tsx';
import { useCitizen, useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { type Fact, Facts } from '../frame/facts.tsx';
import { Page } from '../frame/page.tsx';
import { ReceiptNumber } from '../frame/receipt-number.tsx';

/** The receipt: printed, or to be photographed together with the statement that anybody can check. */
export function SlipScreen(props: { readonly slip: ShownSlip }): JSX.Element {
  const t = useText();
  const { language } = useCitizen();
  const { slip } = props;
  const { print } = slip;
  const onPaper = print.state !== 'not-printed';
  const facts: readonly Fact[] = [
    [t('slip.state'), stateOf(slip, t)],
    [t('slip.application'), t(`application.${slip.application}`)],
    ...(slip.maskedName === null ? [] : [[t('slip.name'), slip.maskedName] as const]),
    [t('slip.citizen-number'), slip.maskedNumber],
    [t('slip.at'), formatMoment(language, slip.at)],
    [t('slip.station'), slip.station],
    // What is photographed needs the room for its code.
    ...(onPaper ? [[t('slip.sequence'), String(slip.sequence)] as const] : []),
  ];
  return (
    <Page
      class="page--slip"
      title={t('slip.title')}
      lead={print.state === 'not-printed' ? t(`slip.not-printed.${print.reason}`) : t(`slip.${print.state}`)}
      actions={
        <ActButton event={{ type: 'finish' }} look="primary">
          {t('slip.finish')}
        </ActButton>
      }
    >
      <div class="slip">
        <div class="slip__head">
          <p class="slip__label">{t('slip.number')}</p>
          <ReceiptNumber packetId={slip.packetId} />
        </div>
        {onPaper ? (
          <Facts facts={facts} />
        ) : (
          <div class="slip__columns">
            <Facts facts={facts} narrow />
            <figure class="slip__statement" data-statement={slip.statement}>
              <QrCode text={slip.statement} label={t('slip.statement')} class="slip__qr" />
              <figcaption>{t('slip.statement-note')}</figcaption>
            </figure>
          </div>
        )}
      </div>
    </Page>
  );
}

/** Of a loss report that was rejected, "not issued" would say the wrong thing. */
function stateOf(slip: ShownSlip, t: ReturnType<typeof useText>): string {
  return slip.state === 'rejected' && slip.application === 'report-lost'
    ? t('slip.state.loss-rejected')
    : t(`slip.state.${slip.state}`);
}
