import type { JSX } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { LANGUAGES, type Language } from '#domain/language.ts';
import { dockTexts } from '#i18n/dock-messages.ts';
import { PhoneView } from '#phone/phone-view.tsx';
import { makeReferencePhone, type ReferencePhone, webRandom } from '#phone/reference-phone.ts';
import type { DockLink } from './dock-link.ts';
import { FaultPanel } from './fault-panel.tsx';
import { LampPanel } from './lamp-panel.tsx';
import { CardsPanel, DevicesPanel, NetworkPanel, OtherCodePanel, Panel } from './panels.tsx';
import { PrinterPanel } from './printer-panel.tsx';

function newPhone(): ReferencePhone {
  return makeReferencePhone({ seed: webRandom(32), now: () => Date.now() });
}

/** Hands on the simulated devices. */
export function DockPage(props: { readonly dock: DockLink }): JSX.Element {
  const { dock } = props;
  const [language, setLanguage] = useState<Language>('zh-CN');
  const [phone, setPhone] = useState(newPhone);
  const [code, setCode] = useState('');
  const t = dockTexts[language];
  const state = dock.state.value;
  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <main class="dock" lang={language}>
      <header class="dock__head">
        <h1>{t('dock.title')}</h1>
        <span class="dock__simulated" data-notice="simulated">
          {t('dock.simulated')}
        </span>
        <button
          type="button"
          class="action"
          data-language-switch
          onClick={() => setLanguage(LANGUAGES.find((other) => other !== language) ?? language)}
        >
          {t('language.other')}
        </button>
      </header>
      <p class="dock__note">{t('dock.note')}</p>
      {dock.lost.value ? (
        <p class="dock__fault" role="alert">
          {t('dock.lost')}
        </p>
      ) : null}
      {dock.fault.value === null ? null : (
        <p class="dock__fault" role="alert">
          {t('dock.failed', { detail: dock.fault.value })}
        </p>
      )}
      {state === null ? null : (
        <div class="dock__columns">
          <div class="dock__column">
            <CardsPanel dock={dock} state={state} t={t} />
            <FaultPanel dock={dock} state={state} t={t} />
            <DevicesPanel dock={dock} state={state} t={t} />
            <NetworkPanel dock={dock} state={state} t={t} />
            <OtherCodePanel dock={dock} state={state} t={t} />
          </div>
          <div class="dock__column">
            <Panel title={t('phone.title')} name="phone">
              <PhoneView key={phone.lastFour} phone={phone} language={language} onCode={setCode} />
              <div class="dock__phone-actions">
                <button
                  type="button"
                  class="action action--main"
                  data-action="show-phone"
                  disabled={code === ''}
                  onClick={() => dock.act('showCode', { text: code })}
                >
                  {t('phone.show')}
                </button>
                <button
                  type="button"
                  class="action"
                  data-action="other-phone"
                  onClick={() => setPhone(newPhone())}
                >
                  {t('phone.other')}
                </button>
              </div>
            </Panel>
            {state.counter === null ? null : (
              <>
                <LampPanel lamp={state.counter.lamp} t={t} />
                <PrinterPanel dock={dock} printer={state.counter.printer} t={t} />
              </>
            )}
          </div>
        </div>
      )}
    </main>
  );
}
