import type { JSX } from 'preact';
import type { Review } from '#domain/session/snapshot.ts';
import { Icon } from '#ui/icons/icon.tsx';
import { useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { Facts } from '../frame/facts.tsx';
import { Page } from '../frame/page.tsx';

/** Everything that will be sent, before it is. */
export function ReviewScreen(props: { readonly review: Review }): JSX.Element {
  const t = useText();
  const { review } = props;
  return (
    <Page
      class="page--review"
      title={t('review.title')}
      actions={
        <ActButton event={{ type: 'submit' }} look="primary">
          {t('review.submit')}
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
        <Facts
          facts={[
            [t('review.name'), review.name],
            [t('review.number'), review.maskedNumber],
            [
              t('review.valid-until'),
              review.validUntil === 'long-term' ? t('review.long-term') : review.validUntil,
            ],
            [t('review.grade'), t(`grade.${review.grade}`)],
            [t('review.phone'), review.phoneLastFour ?? t('review.no-phone')],
          ]}
        />
      </div>
      <section class="review__sent">
        <Icon name="lock" />
        <div>
          <h2>{t('review.sent-title')}</h2>
          <p>{t('review.sent')}</p>
        </div>
      </section>
    </Page>
  );
}

function Portrait(props: { readonly source: string; readonly caption: string }): JSX.Element {
  return (
    <figure class="portrait">
      <img src={props.source} alt={props.caption} />
      <figcaption>{props.caption}</figcaption>
    </figure>
  );
}
