import { PAGE, type TextStyle } from './paper.ts';
import { slipFields } from './slip-fields.ts';
import { BLUE, bothLanguages, INK, LINE, MARGIN, type Sheet, SOFT, WIDTH } from './slip-sheet.ts';
import { storyOf } from './slip-story.ts';
import type { SlipKey } from './slip-texts.ts';

/** Kept free at the foot of the page for the last line. */
export const BOTTOM = 46;

/** No print is smaller, however much there is to say, points. */
const SMALLEST = 7.5;

/**
 * Fields, next steps and privacy as a list of blocks from top to bottom. Each knows its height at a density before it is
 * drawn, so that the page is filled well whatever the language and however long the names are.
 */
interface Block {
  readonly height: number;
  draw(y: number): void;
}

export function heightOfDetails(sheet: Sheet, density: number): number {
  return blocksOf(sheet, density).reduce((sum, block) => sum + block.height, 0);
}

export function drawDetails(sheet: Sheet, place: { readonly top: number; readonly density: number }): void {
  let y = place.top;
  for (const block of blocksOf(sheet, place.density)) {
    block.draw(y);
    y += block.height;
  }
}

export function drawFoot(sheet: Sheet): void {
  const { paper } = sheet;
  const y = PAGE.height - 40;
  paper.line({ x: MARGIN, y }, { x: MARGIN + WIDTH, y }, { colour: LINE, width: 0.5 });
  const style: TextStyle = { size: 8.5, weight: 'bold', colour: INK, width: WIDTH, align: 'center' };
  paper.text(bothLanguages(sheet, 'not-an-id'), { x: MARGIN, y: y + 9 }, style);
}

function blocksOf(sheet: Sheet, density: number): readonly Block[] {
  const story = storyOf(sheet.contents);
  return [
    ...slipFields(sheet.contents).map(([key, value]) => fieldRow(sheet, { key, value, density })),
    rule(sheet, 14 * density),
    heading(sheet, 'next'),
    ...([1, 2, 3] as const).map((number) =>
      sentence(sheet, {
        key: `next.${story}.${number}`,
        number,
        size: Math.max(8.5, 9.5 * density),
        gap: 4.5 * density,
      }),
    ),
    space(8 * density),
    heading(sheet, 'privacy'),
    ...(['privacy.1', 'privacy.2'] as const).map((key) =>
      sentence(
        { ...sheet, chinese: null },
        { key, number: null, size: Math.max(SMALLEST, 8 * density), gap: 3 * density },
      ),
    ),
  ];
}

function space(height: number): Block {
  return { height, draw: () => undefined };
}

function rule({ paper }: Sheet, height: number): Block {
  return {
    height,
    draw: (y) => paper.line({ x: MARGIN, y }, { x: MARGIN + WIDTH, y }, { colour: LINE, width: 0.5 }),
  };
}

function fieldRow(
  sheet: Sheet,
  row: { readonly key: SlipKey; readonly value: string; readonly density: number },
): Block {
  const { paper, texts, chinese } = sheet;
  const { key, value, density } = row;
  const labelWidth = chinese === null ? 96 : 136;
  const valueStyle: TextStyle = {
    size: Math.max(8.5, Math.min(11, 10.5 * density)),
    weight: 'bold',
    colour: INK,
    width: WIDTH - labelWidth,
    lineGap: -2,
  };
  const padding = 4 * density;
  const label: TextStyle = { size: 9, colour: SOFT };
  // Labels stand on the line of the value's first line.
  const drop =
    padding + (paper.heightOf('口', { ...valueStyle, lineGap: 0 }) - paper.heightOf('口', label)) * 0.72;
  return {
    height: paper.heightOf(value, valueStyle) + 2 * padding,
    draw: (y) => {
      paper.line({ x: MARGIN, y }, { x: MARGIN + WIDTH, y }, { colour: LINE, width: 0.5 });
      paper.text(texts[key], { x: MARGIN, y: y + drop }, label);
      if (chinese) {
        const x = MARGIN + paper.widthOf(texts[key], label) + 6;
        paper.text(chinese[key], { x, y: y + drop + 1.1 }, { ...label, size: 7.5 });
      }
      paper.text(value, { x: MARGIN + labelWidth, y: y + padding }, valueStyle);
    },
  };
}

function heading(sheet: Sheet, key: SlipKey): Block {
  const style: TextStyle = { size: 11, weight: 'bold', colour: BLUE };
  return {
    height: 20,
    draw: (y) => {
      sheet.paper.text(bothLanguages(sheet, key), { x: MARGIN, y }, style);
    },
  };
}

/** In the citizen's language and, smaller below it, in Chinese when the desk needs it. */
function sentence(
  { paper, texts, chinese }: Sheet,
  options: {
    readonly key: SlipKey;
    readonly number: number | null;
    readonly size: number;
    readonly gap: number;
  },
): Block {
  const { key, number, size, gap } = options;
  const indent = number === null ? 0 : 15;
  const width = WIDTH - indent;
  const first: TextStyle = { size, colour: INK, width, lineGap: chinese === null ? 0.5 : -1.5 };
  const second: TextStyle = { size: Math.max(SMALLEST, size - 1.5), colour: SOFT, width, lineGap: -1 };
  const firstHeight = paper.heightOf(texts[key], first);
  const secondHeight = chinese === null ? 0 : paper.heightOf(chinese[key], second);
  return {
    height: firstHeight + secondHeight + gap,
    draw: (y) => {
      const x = MARGIN + indent;
      if (number !== null) {
        paper.text(String(number), { x: MARGIN, y }, { size, weight: 'bold', colour: BLUE });
      }
      paper.text(texts[key], { x, y }, first);
      if (chinese) paper.text(chinese[key], { x, y: y + firstHeight }, second);
    },
  };
}
