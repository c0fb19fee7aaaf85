import './phone.css';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Language } from '#domain/language.ts';
import { phoneTexts } from '#i18n/phone-messages.ts';
import { QrCode } from '#ui/qr-code/qr-code.tsx';
import { CODE_STANDS, type ReferencePhone } from './reference-phone.ts';

interface ShownCode {
  readonly text: string;
  readonly until: number;
}

/** A phone's screen with its pairing code. `data-code` carries the code's text, `data-last-four` the characters. */
export function PhoneView(props: {
  readonly phone: ReferencePhone;
  readonly language: Language;
  /** Told of every new code. */
  readonly onCode?: (code: string) => void;
}): JSX.Element {
  const { phone, language, onCode } = props;
  const t = phoneTexts[language];
  const [shown, setShown] = useState<ShownCode>(() => drawCode(phone));
  const [secondsLeft, setSecondsLeft] = useState(CODE_STANDS / 1000);

  useEffect(() => {
    setShown(drawCode(phone));
  }, [phone]);
  useEffect(() => {
    onCode?.(shown.text);
    const timer = setInterval(() => {
      const left = Math.ceil((shown.until - performance.now()) / 1000);
      if (left > 0) setSecondsLeft(left);
      else setShown(drawCode(phone));
    }, 250);
    return () => clearInterval(timer);
  }, [shown, phone, onCode]);

  return (
    <section class="phone" lang={language} data-code={shown.text} data-last-four={phone.lastFour}>
      <header class="phone__bar">
        <span>{t('app.title')}</span>
        <span class="phone__simulated">{t('app.simulated')}</span>
      </header>
      <h2 class="phone__title">{t('code.title')}</h2>
      <p class="phone__lead">{t('code.lead')}</p>
      <QrCode class="phone__qr" text={shown.text} label={t('code.label')} />
      <p class="phone__refresh">{t('code.refresh', { seconds: secondsLeft })}</p>
      <p class="phone__four-name">{t('code.last-four')}</p>
      <p class="phone__four">{phone.lastFour}</p>
      <p class="phone__lead">{t('code.compare')}</p>
    </section>
  );
}

function drawCode(phone: ReferencePhone): ShownCode {
  return { text: phone.code(), until: performance.now() + CODE_STANDS };
}
