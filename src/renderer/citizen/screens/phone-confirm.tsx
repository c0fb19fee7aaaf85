import type { JSX } from 'preact';
import { useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { Page } from '../frame/page.tsx';

/** The last four characters of the phone's key, to be compared with what the phone shows. */
export function PhoneConfirmScreen(props: { readonly lastFour: string }): JSX.Element {
  const t = useText();
  const characters = [...props.lastFour];
  return (
    <Page
      title={t('phone-confirm.title')}
      lead={t('phone-confirm.lead')}
      actions={
        <>
          <ActButton event={{ type: 'other-phone' }} look="secondary">
            {t('phone-confirm.no')}
          </ActButton>
          <ActButton event={{ type: 'confirm-phone' }} look="primary">
            {t('phone-confirm.yes')}
          </ActButton>
        </>
      }
    >
      <p
        class="last-four"
        role="img"
        aria-label={t('phone-confirm.code', { code: characters.join(' ') })}
        data-last-four={props.lastFour}
      >
        {characters.map((character, index) => (
          <span key={`${String(index)}${character}`} class="last-four__character">
            {character}
          </span>
        ))}
      </p>
      <p class="aside">{t('phone-confirm.note')}</p>
    </Page>
  );
}
