import type { JSX } from 'preact';
import type { DeskTicket } from '#domain/session/snapshot.ts';
import { formatMoment } from '#i18n/dates.ts';
import { useCitizen, useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { Page } from '../frame/page.tsx';

/** A number with which a desk carries on. */
export function TicketScreen(props: { readonly ticket: DeskTicket }): JSX.Element {
  const t = useText();
  const { language } = useCitizen();
  const { ticket } = props;
  return (
    <Page
      class="page--ticket"
      title={t('ticket.title')}
      lead={t(`ticket.${ticket.reason}`)}
      actions={
        <ActButton event={{ type: 'finish' }} look="primary">
          {t('ticket.finish')}
        </ActButton>
      }
    >
      <div class="ticket" data-reason={ticket.reason}>
        <p class="ticket__name">{t('ticket.number')}</p>
        <p class="ticket__number">{ticket.label}</p>
        <dl class="ticket__facts">
          <div>
            <dt>{t('ticket.station')}</dt>
            <dd>{ticket.station}</dd>
          </div>
          <div>
            <dt>{t('ticket.at')}</dt>
            <dd>{formatMoment(language, ticket.at)}</dd>
          </div>
        </dl>
      </div>
      <p class="ticket__photo">{t('ticket.photo')}</p>
      <p class="soft">{t('ticket.no-data')}</p>
    </Page>
  );
}
