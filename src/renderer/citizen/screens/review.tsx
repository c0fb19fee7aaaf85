import type { JSX } from 'preact';
import type { Review } from '#domain/session/snapshot.ts';
import { nameWithLineBreaks } from '#i18n/line-breaks.ts';
import { Icon } from '#ui/icons/icon.tsx';
import { useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { type Fact, Facts } from '../frame/facts.tsx';
import { Page } from '../frame/page.tsx';

/** Everything that will be sent, before it is. */
export function ReviewScreen(props: { readonly review: Review }): JSX.Element {
  const t = useText();
  const { review } = props;
  const { application } = review;
  return (
    <Page
      class="page--review"
      title={t('review.title')}
      actions={
        <ActButton event={{ type: 'submit' }} look="primary">
          {application === 'report-lost' ? t('review.submit-lost') : t('review.submit')}
        </ActButton>
      }
    >
      <div class="review sheet">
        <div class="review__portraits">
          <Portrait source={review.portrait} caption={t('review.portrait')} />
          {review.cardPortrait === null ? null : (
            <Portrait source={review.cardPortrait} caption={t('review.card-portrait')} />
          )}
        </div>
        <Facts facts={factsOf(review, t)} />
      </div>
      <section class="review__sent">
        <Icon name="lock" />
        <div>
          <h2>{t('review.sent-title')}</h2>
          <p>{t(`review.sent.${application}`)}</p>
        </div>
      </section>
    </Page>
  );
}

/** What does not apply is left out: a report of a loss has neither name nor phone, a typed number no card. */
function factsOf(review: Review, t: ReturnType<typeof useText>): readonly Fact[] {
  const { application, name, validUntil, phoneLastFour } = review;
  return [
    [t('review.application'), t(`application.${application}`)],
    ...(name === null ? [] : [[t('review.name'), nameWithLineBreaks(name)] as const]),
    [t('review.number'), review.maskedNumber],
    ...(validUntil === null
      ? []
      : [
          [t('review.valid-until'), validUntil === 'long-term' ? t('review.long-term') : validUntil] as const,
        ]),
    ...(application === 'report-lost'
      ? []
      : [[t('review.phone'), phoneLastFour ?? t('review.no-phone')] as const]),
  ];
}

function Portrait(props: { readonly source: string; readonly caption: string }): JSX.Element {
  return (
    <figure class="portrait">
      <img src={props.source} alt={props.caption} />
      <figcaption>{props.caption}</figcaption>
    </figure>
  );
}
