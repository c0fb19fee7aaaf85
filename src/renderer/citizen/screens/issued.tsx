import type { JSX } from 'preact';
import type { ShownEid } from '#domain/session/snapshot.ts';
import { formatDay } from '#i18n/dates.ts';
import { EidCard } from '#ui/eid-card/eid-card.tsx';
import { QrCode } from '#ui/qr-code/qr-code.tsx';
import { useCitizen, useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { Page } from '../frame/page.tsx';

/** The e-ID as a card, and its code for the phone. */
export function IssuedScreen(props: { readonly eid: ShownEid }): JSX.Element {
  const t = useText();
  const { language } = useCitizen();
  const { eid } = props;
  return (
    <Page
      class="page--issued"
      title={t('issued.title')}
      actions={
        <ActButton event={{ type: 'continue' }} look="primary">
          {t('issued.continue')}
        </ActButton>
      }
    >
      <EidCard
        fields={{
          grade: eid.grade,
          maskedName: eid.maskedName,
          subject: eid.subject,
          issuedOn: formatDay(language, eid.issuedAt),
          expiresOn: formatDay(language, eid.expiresAt),
          portrait: eid.portrait,
          simulated: eid.simulated,
        }}
        words={{
          title: t('eid.label'),
          grade: t(`eid.grade.${eid.grade}`),
          name: t('eid.name'),
          subject: t('eid.subject'),
          issued: t('eid.issued'),
          expires: t('eid.expires'),
          portraitLabel: t('eid.portrait'),
          simulated: t('eid.simulated'),
        }}
      />
      <div class="issued__code sheet" data-code={eid.code}>
        <QrCode text={eid.code} label={t('issued.code')} class="issued__qr" />
        <p class="issued__lead">{t('issued.lead')}</p>
      </div>
    </Page>
  );
}
