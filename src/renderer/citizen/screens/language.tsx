import type { JSX } from 'preact';
import { LANGUAGES } from '#domain/language.ts';
import { citizenTexts } from '#i18n/citizen-messages.ts';
import { useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { Page } from '../frame/page.tsx';

/** Each language names itself; the title stands in all of them. */
export function LanguageScreen(): JSX.Element {
  const t = useText();
  return (
    <Page
      class="page--language"
      title={LANGUAGES.map((language) => (
        <span key={language} lang={language} class="language__title">
          {citizenTexts[language]('language.title')}
        </span>
      ))}
    >
      <div class="language__choices">
        {LANGUAGES.map((language) => (
          <ActButton
            key={language}
            event={{ type: 'choose-language', language }}
            look="choice"
            icon="forward"
            lang={language}
          >
            <span class="language__name">{t(`language.${language}`)}</span>
            <span class="language__note">{citizenTexts[language]('language.lead')}</span>
          </ActButton>
        ))}
      </div>
    </Page>
  );
}
