import type { JSX } from 'preact';
import { Icon } from '#ui/icons/icon.tsx';
import type { IconName } from '#ui/icons/icon-shapes.tsx';
import { useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { Page } from '../frame/page.tsx';
import { CardSketch } from '../illustrations/card-sketch.tsx';

const NEEDS = [
  ['card', 'visit.need-card'],
  ['phone', 'visit.need-phone'],
  ['lock', 'visit.need-password'],
] as const satisfies readonly (readonly [IconName, string])[];

/** What will be made here, and what it takes. */
export function VisitScreen(): JSX.Element {
  const t = useText();
  return (
    <Page
      title={t('visit.title')}
      actions={
        <ActButton event={{ type: 'continue' }} look="primary">
          {t('visit.continue')}
        </ActButton>
      }
    >
      <section class="visit__grade sheet">
        <CardSketch />
        <div>
          <h2 class="visit__grade-name">{t('visit.grade')}</h2>
          <p class="soft">{t('visit.grade-note')}</p>
        </div>
      </section>
      <section class="visit__needs">
        <h2 class="section-title">{t('visit.need')}</h2>
        <ol class="need-list">
          {NEEDS.map(([icon, key]) => (
            <li key={key} class="need-list__item">
              <span class="need-list__icon">
                <Icon name={icon} />
              </span>
              <span>{t(key)}</span>
            </li>
          ))}
        </ol>
      </section>
      <p class="aside">{t('visit.free')}</p>
    </Page>
  );
}
