import type { JSX } from 'preact';
import type { EidCodeProblem } from '#domain/session/snapshot.ts';
import { useText } from '../context.ts';
import { NoticeLine } from '../frame/notice-line.tsx';
import { Page } from '../frame/page.tsx';
import { PhoneAtScanner } from '../illustrations/phone-at-scanner.tsx';

/** Asks for the code of an e-ID that is to be checked. */
export function ScanEidScreen(props: { readonly problem: EidCodeProblem | null }): JSX.Element {
  const t = useText();
  const { problem } = props;
  return (
    <Page title={t('scan-eid.title')} lead={t('scan-eid.lead')}>
      <PhoneAtScanner />
      {problem === null ? (
        <NoticeLine tone="wait" text={t('scan-eid.waiting')} />
      ) : (
        <NoticeLine key={problem} tone="problem" text={t(`scan-eid.problem.${problem}`)} />
      )}
    </Page>
  );
}
