import type { JSX } from 'preact';
import { consentText } from '#i18n/consent-text.ts';
import { useCitizen, useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { Page } from '../frame/page.tsx';

/** The consent in full, in large type. Agreeing and declining are equally near and equally plain. */
export function ConsentScreen(props: { readonly textVersion: string }): JSX.Element {
  const t = useText();
  const text = consentText(useCitizen().language);
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
      <section class="consent sheet" tabIndex={0} aria-label={text.title}>
        {text.paragraphs.map((paragraph) => (
          <section key={paragraph.heading} class="consent__part">
            <h2>{paragraph.heading}</h2>
            <p>{paragraph.text}</p>
          </section>
        ))}
        <p class="consent__version">{t('consent.version', { version: props.textVersion })}</p>
      </section>
    </Page>
  );
}
