import type { JSX } from 'preact';
import { readingGroups } from '#domain/enrolment/reading-groups.ts';
import type { ShownSlip } from '#domain/session/snapshot.ts';
import { formatMoment } from '#i18n/dates.ts';
import { Icon } from '#ui/icons/icon.tsx';
import { useCitizen, useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { Facts } from '../frame/facts.tsx';
import { Page } from '../frame/page.tsx';

/** The receipt: printed, or to be photographed. */
export function SlipScreen(props: { readonly slip: ShownSlip }): JSX.Element {
  const t = useText();
  const { language } = useCitizen();
  const { slip } = props;
  return (
    <Page
      class="page--slip"
      title={t('slip.title')}
      lead={slip.printed ? t('slip.printed') : t('slip.photo')}
      actions={
        <ActButton event={{ type: 'finish' }} look="primary">
          {t('slip.finish')}
        </ActButton>
      }
    >
      <div class="slip">
        <div class="slip__head">
          <Icon name={slip.printed ? 'printer' : 'receipt'} />
          <div>
            <p class="slip__label">{t('slip.number')}</p>
            <p class="slip__number" data-packet={slip.packetId}>
              {readingGroups(slip.packetId).join(' ')}
            </p>
          </div>
        </div>
        <Facts
          facts={[
            [t('slip.state'), t(`slip.state.${slip.state}`)],
            [t('slip.grade'), t(`grade.${slip.grade}`)],
            [t('slip.name'), slip.maskedName],
            [t('slip.citizen-number'), slip.maskedNumber],
            [t('slip.at'), formatMoment(language, slip.at)],
            [t('slip.station'), slip.station],
            [t('slip.sequence'), String(slip.sequence)],
          ]}
        />
      </div>
    </Page>
  );
}
