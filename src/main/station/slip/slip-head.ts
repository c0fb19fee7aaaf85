import { readingGroups } from '#domain/enrolment/reading-groups.ts';
import type { SlipFacts } from '#domain/session/snapshot.ts';
import { PAGE, type TextStyle } from './paper.ts';
import {
  BLUE,
  bothLanguages,
  INK,
  MARGIN,
  type Sheet,
  SOFT,
  TINT,
  WARNING,
  WARNING_TINT,
  WIDTH,
} from './slip-sheet.ts';
import { stateKey } from './slip-story.ts';

const STATE_COLOURS: Readonly<Record<SlipFacts['state'], string>> = {
  issued: '#0b5643',
  collect: '#0b5643',
  revoked: INK,
  waiting: BLUE,
  referred: '#7a4d00',
  rejected: WARNING,
};

export function drawWatermark({ paper, texts, chinese }: Sheet): void {
  const text = chinese === null ? `${texts.simulated} SIMULATED` : `${texts.simulated} ${chinese.simulated}`;
  paper.watermark(text, { size: 46, weight: 'bold', colour: WARNING, degrees: -35, opacity: 0.07 });
}

/** Title, state and number; returns where the details may begin. */
export function drawHead(sheet: Sheet): number {
  const { paper, contents, texts, chinese } = sheet;
  paper.box({ x: 0, y: 0, width: PAGE.width, height: 6 }, BLUE);
  paper.text(
    bothLanguages(sheet, 'service'),
    { x: MARGIN, y: 26 },
    { size: 9, colour: BLUE, weight: 'bold' },
  );
  const title: TextStyle = { size: 25, weight: 'bold', colour: INK };
  paper.text(texts.title, { x: MARGIN, y: 41 }, title);
  if (chinese) {
    const x = MARGIN + paper.widthOf(texts.title, title) + 9;
    paper.text(chinese.title, { x, y: 52.5 }, { size: 14, weight: 'bold', colour: SOFT });
  }
  drawBadge(sheet, { right: MARGIN + WIDTH, bottom: 73 });
  const top = contents.simulated ? drawSimulatedNote(sheet, 84) : 88;
  return drawNumber(sheet, top);
}

/** The state in the citizen's language and, in a second line, in Chinese when the desk needs it. */
function drawBadge(sheet: Sheet, at: { readonly right: number; readonly bottom: number }): void {
  const { paper, contents, texts, chinese } = sheet;
  const key = stateKey(contents);
  const lines: readonly { readonly text: string; readonly style: TextStyle }[] = [
    { text: texts[key], style: { size: 10.5, weight: 'bold', colour: '#ffffff' } },
    ...(chinese === null
      ? []
      : [
          { text: chinese[key], style: { size: 9, weight: 'bold', colour: '#ffffff', lineGap: -1 } as const },
        ]),
  ];
  const heights = lines.map(({ text, style }) => paper.heightOf(text, style));
  const height = heights.reduce((sum, line) => sum + line, 8);
  const width = Math.max(...lines.map(({ text, style }) => paper.widthOf(text, style))) + 24;
  const x = at.right - width;
  let y = at.bottom - height;
  paper.box({ x, y, width, height, radius: 11.5 }, STATE_COLOURS[contents.state]);
  y += 4;
  for (const [index, { text, style }] of lines.entries()) {
    paper.text(text, { x: x + (width - paper.widthOf(text, style)) / 2, y }, style);
    y += heights[index] ?? 0;
  }
}

function drawSimulatedNote(sheet: Sheet, y: number): number {
  const { paper, texts, chinese } = sheet;
  const note =
    chinese === null ? `${texts['simulated.note']}\u2003SIMULATED` : bothLanguages(sheet, 'simulated.note');
  const style: TextStyle = { size: 8, weight: 'bold', colour: WARNING, width: WIDTH, align: 'center' };
  const height = 18;
  paper.box({ x: MARGIN, y, width: WIDTH, height, radius: 4 }, WARNING_TINT);
  paper.text(note, { x: MARGIN, y: y + (height - paper.heightOf(note, style)) / 2 }, style);
  return y + height + 8;
}

/** The statement's 69 modules or so, each more than half a millimetre: a worn print is still read. */
const QR_SIDE = 112;
const QUIET = 8;
const INSET = 8;
const GROUP_PITCH = 49;

/** The number in two rows of four groups, and the station's signed statement as a QR code. */
function drawNumber(sheet: Sheet, top: number): number {
  const { paper, contents, texts } = sheet;
  const height = QR_SIDE + 2 * QUIET + 2 * INSET;
  paper.box({ x: MARGIN, y: top, width: WIDTH, height, radius: 6 }, TINT);
  const x = MARGIN + 15;
  paper.text(bothLanguages(sheet, 'number'), { x, y: top + 12 }, { size: 9, colour: SOFT });
  for (const [index, group] of readingGroups(contents.packetId).entries()) {
    const at = { x: x + (index % 4) * GROUP_PITCH, y: top + 27 + Math.floor(index / 4) * 22 };
    paper.text(group, at, { size: 16, weight: 'bold', colour: INK, characterSpacing: 0.6 });
  }
  const hintWidth = WIDTH - QR_SIDE - 2 * QUIET - INSET - 26;
  paper.text(
    texts['number.hint'],
    { x, y: top + 80 },
    { size: 8, colour: SOFT, width: hintWidth, lineGap: -0.5 },
  );
  const frame = { x: MARGIN + WIDTH - INSET - QR_SIDE - 2 * QUIET, y: top + INSET };
  paper.box({ ...frame, width: QR_SIDE + 2 * QUIET, height: QR_SIDE + 2 * QUIET, radius: 4 }, '#ffffff');
  // A packet whose statement could not be made still has its number to scan.
  paper.qrCode(contents.statement || contents.packetId, {
    x: frame.x + QUIET,
    y: frame.y + QUIET,
    side: QR_SIDE,
  });
  return top + height + 12;
}
