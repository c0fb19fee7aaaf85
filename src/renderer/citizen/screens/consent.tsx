import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { consentText } from '#i18n/consent-text.ts';
import { Icon } from '#ui/icons/icon.tsx';
import { useCitizen, useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { Page } from '../frame/page.tsx';

/** Nothing more to read when less than this is left below, pixels. */
const END_MARGIN = 24;

/** The consent in full, in large type. Agreeing and declining are equally near and equally plain. */
export function ConsentScreen(props: { readonly textVersion: string }): JSX.Element {
  const t = useText();
  const text = consentText(useCitizen().language);
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
          <p class="consent__version">{t('consent.version', { version: props.textVersion })}</p>
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
