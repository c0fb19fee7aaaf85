import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PhoneKey } from '#i18n/phone-messages.ts';
import type { Translate } from '#i18n/translator.ts';
import { QrCode } from '#ui/qr-code/qr-code.tsx';
import { CODE_STANDS, type ReferencePhone } from './reference-phone.ts';

interface ShownCode {
  readonly text: string;
  readonly until: number;
}

/** The code that binds this phone to an e-ID, drawn anew every half minute. */
export function PairingCode(props: {
  readonly phone: ReferencePhone;
  readonly t: Translate<PhoneKey>;
  readonly onCode: (code: string) => void;
}): JSX.Element {
  const { phone, t, onCode } = props;
  const [shown, setShown] = useState<ShownCode>(() => drawCode(phone));
  const [secondsLeft, setSecondsLeft] = useState(CODE_STANDS / 1000);

  useEffect(() => {
    setShown(drawCode(phone));
  }, [phone]);
  useEffect(() => {
    onCode(shown.text);
    const timer = setInterval(() => {
      const left = Math.ceil((shown.until - performance.now()) / 1000);
      if (left > 0) setSecondsLeft(left);
      else setShown(drawCode(phone));
    }, 250);
    return () => clearInterval(timer);
  }, [shown, phone, onCode]);

  return (
    <>
      <h2 class="phone__title">{t('code.title')}</h2>
      <p class="phone__lead">{t('code.lead')}</p>
      <QrCode class="phone__qr" text={shown.text} label={t('code.label')} />
      <p class="phone__refresh">{t('code.refresh', { seconds: secondsLeft })}</p>
      <p class="phone__four-name">{t('code.last-four')}</p>
      <p class="phone__four">{phone.lastFour}</p>
      <p class="phone__lead">{t('code.compare')}</p>
    </>
  );
}

function drawCode(phone: ReferencePhone): ShownCode {
  return { text: phone.code(), until: performance.now() + CODE_STANDS };
}
