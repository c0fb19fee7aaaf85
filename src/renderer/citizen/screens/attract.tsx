import type { JSX } from 'preact';
import { LANGUAGES } from '#domain/language.ts';
import { citizenTexts } from '#i18n/citizen-messages.ts';
import { Icon } from '#ui/icons/icon.tsx';
import type { IconName } from '#ui/icons/icon-shapes.tsx';
import { useCitizen, useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { Page } from '../frame/page.tsx';
import { Welcome } from '../illustrations/welcome.tsx';

const NEEDS = [
  ['card', 'attract.need-card'],
  ['phone', 'attract.need-phone'],
  ['person', 'attract.need-face'],
] as const satisfies readonly (readonly [IconName, string])[];

/** Says what this is to someone walking by, in both languages. */
export function AttractScreen(): JSX.Element {
  const t = useText();
  const { language } = useCitizen();
  return (
    <Page
      class="page--attract"
      title={t('attract.title')}
      lead={t('attract.lead')}
      actions={
        <ActButton event={{ type: 'start' }} look="primary">
          {t('attract.start')}
          {LANGUAGES.filter((other) => other !== language).map((other) => (
            <span key={other} class="button__second" lang={other}>
              {citizenTexts[other]('attract.start')}
            </span>
          ))}
        </ActButton>
      }
    >
      <Welcome />
      <ul class="needs">
        {NEEDS.map(([icon, key]) => (
          <li key={key} class="needs__item">
            <Icon name={icon} />
            <span>{t(key)}</span>
          </li>
        ))}
      </ul>
    </Page>
  );
}
