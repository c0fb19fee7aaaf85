import type { JSX } from 'preact';
import type { PhoneProblem } from '#domain/session/snapshot.ts';
import { useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { NoticeLine } from '../frame/notice-line.tsx';
import { Page } from '../frame/page.tsx';
import { PhoneAtScanner } from '../illustrations/phone-at-scanner.tsx';

/** Asks for the phone's pairing code. Nobody needs one: without it a desk hands the e-ID over later. */
export function PhoneScreen(props: { readonly problem: PhoneProblem | null }): JSX.Element {
  const t = useText();
  const { problem } = props;
  return (
    <Page
      title={t('phone.title')}
      lead={t('phone.lead')}
      actions={
        <ActButton event={{ type: 'no-phone' }} look="secondary">
          {t('phone.none')}
          <span class="button__second">{t('phone.none-note')}</span>
        </ActButton>
      }
    >
      <PhoneAtScanner />
      {problem === null ? (
        <NoticeLine tone="wait" text={t('phone.waiting')} />
      ) : (
        <NoticeLine key={problem} tone="problem" text={t(`phone.problem.${problem}`)} />
      )}
    </Page>
  );
}
