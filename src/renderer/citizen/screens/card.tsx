import type { JSX } from 'preact';
import type { CardProblem } from '#domain/session/snapshot.ts';
import { useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { NoticeLine } from '../frame/notice-line.tsx';
import { Page } from '../frame/page.tsx';
import { CardOnReader } from '../illustrations/card-on-reader.tsx';

/** Asks for the ID card and shows that it is being read. */
export function CardScreen(props: {
  readonly state: 'waiting' | 'reading';
  readonly problem: CardProblem | null;
}): JSX.Element {
  const t = useText();
  const { state, problem } = props;
  const reading = state === 'reading';
  return (
    <Page
      title={reading ? t('card.reading.title') : t('card.title')}
      lead={reading ? t('card.reading.lead') : t('card.lead')}
      actions={
        <ActButton event={{ type: 'ask-staff' }} look="secondary">
          {t('card.staff')}
        </ActButton>
      }
    >
      <CardOnReader state={problem !== null && !reading ? 'problem' : state} />
      {problem !== null && !reading ? (
        <NoticeLine key={problem} tone="problem" text={t(`card.problem.${problem}`)} />
      ) : (
        <NoticeLine tone="wait" text={reading ? t('card.reading') : t('card.waiting')} />
      )}
    </Page>
  );
}
