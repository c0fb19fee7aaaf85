import type { JSX } from 'preact';
import type { SlipProblem } from '#domain/session/snapshot.ts';
import { useText } from '../context.ts';
import { NoticeLine } from '../frame/notice-line.tsx';
import { Page } from '../frame/page.tsx';
import { SlipAtScanner } from '../illustrations/slip-at-scanner.tsx';

/** Asks for the code on a receipt. */
export function ScanSlipScreen(props: { readonly problem: SlipProblem | null }): JSX.Element {
  const t = useText();
  const { problem } = props;
  return (
    <Page title={t('scan-slip.title')} lead={t('scan-slip.lead')}>
      <SlipAtScanner />
      {problem === null ? (
        <NoticeLine tone="wait" text={t('scan-slip.waiting')} />
      ) : (
        <NoticeLine key={problem} tone="problem" text={t(`scan-slip.problem.${problem}`)} />
      )}
    </Page>
  );
}
