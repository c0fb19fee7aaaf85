import './phone.css';
import type { JSX } from 'preact';
import { useCallback, useState } from 'preact/hooks';
import type { Language } from '#domain/language.ts';
import type { PhoneKey } from '#i18n/phone-messages.ts';
import { phoneTexts } from '#i18n/phone-messages.ts';
import type { Translate } from '#i18n/translator.ts';
import { QrCode } from '#ui/qr-code/qr-code.tsx';
import { PairingCode } from './pairing-code.tsx';
import { readScreen, type SeenCode } from './read-screen.ts';
import type { KeptEid, ReferencePhone } from './reference-phone.ts';
import { ScreenReader } from './screen-reader.tsx';

type View =
  | { readonly kind: 'pairing' }
  | { readonly kind: 'eid'; readonly eid: KeptEid }
  | { readonly kind: 'asked'; readonly asker: string; readonly challenge: string }
  | { readonly kind: 'answer'; readonly asker: string; readonly code: string };

const PAIRING: View = { kind: 'pairing' };

/**
 * A phone's screen: its pairing code, its e-ID, or its answer to who asks. `data-code` carries the text of the code
 * that it shows, empty when it shows none; `data-last-four` the characters to compare.
 */
export function PhoneView(props: {
  readonly phone: ReferencePhone;
  readonly language: Language;
  /** Told of every code that is shown, empty when none is. */
  readonly onCode?: (code: string) => void;
}): JSX.Element {
  const { phone, language, onCode } = props;
  const t = phoneTexts[language];
  const [view, setView] = useState<View>(PAIRING);
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<Extract<SeenCode, { kind: 'problem' }>['problem'] | null>(null);

  const shows = useCallback(
    (text: string) => {
      setCode(text);
      onCode?.(text);
    },
    [onCode],
  );
  const show = (next: View) => {
    setProblem(null);
    setView(next);
    if (next.kind === 'eid') shows(next.eid.code);
    if (next.kind === 'asked') shows('');
    if (next.kind === 'answer') shows(next.code);
  };

  async function read(text: string): Promise<void> {
    const seen = await readScreen(phone, text);
    if (seen.kind === 'problem') setProblem(seen.problem);
    else show(seen);
  }

  function answer(asked: Extract<View, { kind: 'asked' }>): void {
    const answered = phone.answer(asked.challenge);
    if (answered.ok) show({ kind: 'answer', asker: asked.asker, code: answered.value });
    else setProblem(answered.error);
  }

  const kept = phone.eid();
  return (
    <section
      class="phone"
      lang={language}
      data-code={code}
      data-view={view.kind}
      data-last-four={phone.lastFour}
    >
      <header class="phone__bar">
        <span>{t('app.title')}</span>
        <span class="phone__simulated">{t('app.simulated')}</span>
      </header>
      {view.kind === 'pairing' ? <PairingCode phone={phone} t={t} onCode={shows} /> : null}
      {view.kind === 'eid' ? <EidCode eid={view.eid} t={t} /> : null}
      {view.kind === 'asked' ? <Asked asker={view.asker} t={t} onAnswer={() => answer(view)} /> : null}
      {view.kind === 'answer' ? <Answer asker={view.asker} code={view.code} t={t} /> : null}
      <nav class="phone__ways">
        {view.kind === 'pairing' ? null : (
          <button type="button" class="phone__button" data-way="pairing" onClick={() => show(PAIRING)}>
            {t('way.pairing')}
          </button>
        )}
        {kept === null || view.kind === 'eid' ? null : (
          <button
            type="button"
            class="phone__button"
            data-way="eid"
            onClick={() => show({ kind: 'eid', eid: kept })}
          >
            {t('way.eid')}
          </button>
        )}
      </nav>
      <ScreenReader t={t} problem={problem} onText={(text) => void read(text)} />
    </section>
  );
}

function EidCode(props: { readonly eid: KeptEid; readonly t: Translate<PhoneKey> }): JSX.Element {
  const { eid, t } = props;
  const { grade, maskedName } = eid.claims;
  return (
    <>
      <h2 class="phone__title">{t('eid.title')}</h2>
      <p class={grade === 'full' ? 'phone__grade phone__grade--full' : 'phone__grade'}>
        {t(`eid.grade.${grade}`)}
      </p>
      <p class="phone__lead">{maskedName}</p>
      <QrCode class="phone__qr" text={eid.code} label={t('eid.label')} />
      <p class="phone__lead">{t('code.lead')}</p>
    </>
  );
}

function Asked(props: {
  readonly asker: string;
  readonly t: Translate<PhoneKey>;
  readonly onAnswer: () => void;
}): JSX.Element {
  const { asker, t, onAnswer } = props;
  return (
    <>
      <h2 class="phone__title">{t('asked.title')}</h2>
      <p class="phone__asker">{asker}</p>
      <p class="phone__lead">{t('asked.lead')}</p>
      <button type="button" class="phone__button phone__button--main" data-action="answer" onClick={onAnswer}>
        {t('asked.answer')}
      </button>
    </>
  );
}

function Answer(props: {
  readonly asker: string;
  readonly code: string;
  readonly t: Translate<PhoneKey>;
}): JSX.Element {
  const { asker, code, t } = props;
  return (
    <>
      <h2 class="phone__title">{t('answer.title')}</h2>
      <p class="phone__asker">{asker}</p>
      <QrCode class="phone__qr" text={code} label={t('answer.label')} />
      <p class="phone__lead">{t('code.lead')}</p>
    </>
  );
}
