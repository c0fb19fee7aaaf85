import type { JSX } from 'preact';
import type { CounterState } from '#contract/dock-api.ts';
import type { DockKey } from '#i18n/dock-messages.ts';
import type { Translate } from '#i18n/translator.ts';
import { QrCode } from '#ui/qr-code/qr-code.tsx';

type Paper = CounterState['printer']['paper'];
type PaperLine = Paper['lines'][number];
type TextLine = Extract<PaperLine, { kind: 'text' }>;

/** Octets in byte mode at error correction M that the largest QR code holds (ISO/IEC 18004, table 7). */
const QR_OCTETS = 2331;

/** The paper that came out of the printer, hanging from its slot. */
export function PaperStrip(props: { readonly paper: Paper; readonly t: Translate<DockKey> }): JSX.Element {
  const { paper, t } = props;
  const isEmpty = paper.lines.length === 0;
  const standing = paper.isCut ? t('printer.cut') : t('printer.hanging');
  return (
    <div class="slot">
      <div class="slot__mouth" />
      {isEmpty ? null : (
        <section class="paper" aria-label={t('printer.strip')} data-cut={paper.isCut}>
          <div class={paper.isCut ? 'paper__sheet paper__sheet--cut' : 'paper__sheet'}>
            {paper.lines.map((line, index) => (
              <PrintedLine key={index} line={line} t={t} />
            ))}
          </div>
        </section>
      )}
      <p class="slot__standing" aria-live="polite">
        {isEmpty ? t('printer.empty') : standing}
      </p>
    </div>
  );
}

function PrintedLine(props: { readonly line: PaperLine; readonly t: Translate<DockKey> }): JSX.Element {
  const { line, t } = props;
  if (line.kind === 'text') return <PrintedText line={line} />;
  const octets = new TextEncoder().encode(line.text).length;
  // A printer prints nothing where the code cannot be made.
  if (octets === 0 || octets > QR_OCTETS) return <div class="paper__line" />;
  return <QrCode class="paper__qr" text={line.text} label={t('printer.qr')} />;
}

function PrintedText({ line }: { readonly line: TextLine }): JSX.Element {
  const styles = [
    'paper__line',
    ...(line.centred ? ['paper__line--centred'] : []),
    ...(line.bold ? ['paper__line--bold'] : []),
    ...(line.double ? ['paper__line--double'] : []),
  ];
  return (
    <div class={styles.join(' ')}>
      {cellsOf(line.text).map((cell, index) =>
        isWide(cell) ? (
          <span key={index} class="paper__wide">
            {cell}
          </span>
        ) : (
          cell
        ),
      )}
    </div>
  );
}

/** A Chinese character takes two columns whatever font is there, so that columns stand below each other. */
function cellsOf(text: string): readonly string[] {
  return text.match(/[ -~]+|[^ -~]/gu) ?? [];
}

function isWide(cell: string): boolean {
  return cell > '~';
}
