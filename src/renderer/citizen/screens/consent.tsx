import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ConsentText } from '#domain/enrolment/consent-text.ts';
import { consentTextOf } from '#i18n/consent-text.ts';
import { Icon } from '#ui/icons/icon.tsx';
import { useCitizen, useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { Page } from '../frame/page.tsx';
import { StatusPage } from '../frame/status-page.tsx';

/** Nothing more to read when less than this is left below, pixels. */
const END_MARGIN = 24;

/** The consent, when this page has the very text that the station records an agreement to. */
export function ConsentScreen(props: { readonly textVersion: string }): JSX.Element {
  const t = useText();
  const text = consentTextOf({ language: useCitizen().language, version: props.textVersion });
  if (text !== null) return <ConsentSheet text={text} />;
  return (
    <StatusPage icon="tool" tone="attention" title={t('closed.title')}>
      <p class="status__main" data-reason="consent-not-shown">
        {t('consent.not-shown')}
      </p>
    </StatusPage>
  );
}

/** The text in full, in large type. Agreeing and declining are equally near and equally plain. */
function ConsentSheet(props: { readonly text: ConsentText }): JSX.Element {
  const t = useText();
  const { text } = props;
  const sheet = useRef<HTMLElement>(null);
  const [more, setMore] = useState(false);

  function lookForMore(): void {
    const element = sheet.current;
    if (element === null) return;
    setMore(element.scrollTop + element.clientHeight < element.scrollHeight - END_MARGIN);
  }
  useLayoutEffect(() => {
    // A sheet that scrolls must be reachable by keys as well as by touch.
    if (sheet.current !== null) sheet.current.tabIndex = 0;
    lookForMore();
  }, [text]);

  return (
    <Page
      class="page--consent"
      title={text.title}
      actions={
        <>
          <ActButton event={{ type: 'decline' }} look="secondary">
            {t('consent.decline')}
          </ActButton>
          <ActButton event={{ type: 'agree' }} look="primary">
            {t('consent.agree')}
          </ActButton>
        </>
      }
    >
      <div class="consent-frame">
        <section ref={sheet} class="consent sheet" aria-label={text.title} onScroll={lookForMore}>
          {text.paragraphs.map((paragraph) => (
            <section key={paragraph.heading} class="consent__part">
              <h2>{paragraph.heading}</h2>
              <p>{paragraph.text}</p>
            </section>
          ))}
          <p class="consent__version">{t('consent.version', { version: text.version })}</p>
        </section>
        {more ? (
          <div class="consent__more">
            <button
              type="button"
              class="button button--chip"
              data-scroll="down"
              onClick={() =>
                sheet.current?.scrollBy({ top: sheet.current.clientHeight * 0.8, behavior: 'smooth' })
              }
            >
              <Icon name="forward" />
              <span class="button__text">{t('consent.more')}</span>
            </button>
          </div>
        ) : null}
      </div>
    </Page>
  );
}
