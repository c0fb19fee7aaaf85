import type { Receipt, ReceiptLine } from '#contract/receipt.ts';
import { readingGroups } from '#domain/enrolment/reading-groups.ts';
import { slipFields } from './slip-fields.ts';
import type { SlipContents } from './slip-sheet.ts';
import { stateKey, storyOf } from './slip-story.ts';
import { SLIP_TEXTS, type SlipKey } from './slip-texts.ts';

/**
 * The receipt for a narrow roll. It says what the page says, in the same languages: what the citizen reads and, where
 * the desk needs it, the Chinese below or beside it.
 */
export function narrowSlip(contents: SlipContents): Receipt {
  const { language, simulated } = contents;
  const texts = SLIP_TEXTS[language];
  const chinese = language === 'zh-CN' ? null : SLIP_TEXTS['zh-CN'];
  const story = storyOf(contents);
  const groups = readingGroups(contents.packetId);
  const inBoth = (key: SlipKey, style: Style): readonly ReceiptLine[] => [
    text(texts[key], style),
    ...(chinese === null ? [] : [text(chinese[key], { ...style, size: 'usual' })]),
  ];
  const label = (key: SlipKey) => (chinese === null ? texts[key] : `${texts[key]} ${chinese[key]}`);

  return [
    ...inBoth('service', CENTRED),
    ...inBoth('title', TITLE),
    ...inBoth(stateKey(contents), HEADING),
    ...(simulated ? [text(`*** ${texts.simulated} ***`, HEADING), ...inBoth('simulated.note', CENTRED)] : []),
    RULE,
    text(label('number'), CENTRED),
    text(groups.slice(0, 4).join(' '), HEADING),
    text(groups.slice(4).join(' '), HEADING),
    // A packet whose statement could not be made still has its number to scan.
    { kind: 'qr', text: contents.statement || contents.packetId },
    text(texts['number.hint.narrow'], PLAIN),
    RULE,
    ...slipFields(contents).map(([key, value]) => ({ kind: 'fact', name: label(key), value }) as const),
    RULE,
    text(label('next'), STRONG),
    ...([1, 2, 3] as const).flatMap((number): readonly ReceiptLine[] => {
      const key: SlipKey = `next.${story}.${number}`;
      return [
        text(`${number}. ${texts[key]}`, PLAIN),
        ...(chinese === null ? [] : [text(chinese[key], PLAIN)]),
      ];
    }),
    SPACE,
    text(label('privacy'), STRONG),
    text(texts['privacy.1'], PLAIN),
    text(texts['privacy.2'], PLAIN),
    RULE,
    ...inBoth('not-an-id', HEADING),
  ];
}

type Style = Pick<Extract<ReceiptLine, { kind: 'text' }>, 'size' | 'align' | 'bold'>;

const PLAIN: Style = { size: 'usual', align: 'left', bold: false };
const STRONG: Style = { size: 'usual', align: 'left', bold: true };
const CENTRED: Style = { size: 'usual', align: 'centre', bold: false };
const HEADING: Style = { size: 'usual', align: 'centre', bold: true };
const TITLE: Style = { size: 'double', align: 'centre', bold: true };
const RULE: ReceiptLine = { kind: 'rule' };
const SPACE: ReceiptLine = { kind: 'space', lines: 1 };

function text(words: string, style: Style): ReceiptLine {
  return { kind: 'text', text: words, ...style };
}
