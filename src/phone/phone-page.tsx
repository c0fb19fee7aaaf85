import './phone-page.css';
import type { JSX } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { LANGUAGES, type Language } from '#domain/language.ts';
import { phoneTexts } from '#i18n/phone-messages.ts';
import { PhoneView } from './phone-view.tsx';
import { makeReferencePhone, type ReferencePhone, webRandom } from './reference-phone.ts';

function newPhone(): ReferencePhone {
  return makeReferencePhone({ seed: webRandom(32), now: () => Date.now() });
}

/** The reference phone by itself. Its key lives as long as the page. */
export function PhonePage(): JSX.Element {
  const [phone, setPhone] = useState(newPhone);
  const [language, setLanguage] = useState<Language>('zh-CN');
  const t = phoneTexts[language];
  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <main class="phone-page">
      <PhoneView key={phone.lastFour} phone={phone} language={language} />
      <div class="phone-page__actions">
        <button type="button" onClick={() => setPhone(newPhone())}>
          {t('phone.other')}
        </button>
        <button
          type="button"
          onClick={() => setLanguage(LANGUAGES.find((other) => other !== language) ?? language)}
        >
          {t('language.other')}
        </button>
      </div>
    </main>
  );
}
