import { PAGE, Paper } from './paper.ts';
import { BOTTOM, drawDetails, drawFoot, heightOfDetails } from './slip-details.ts';
import { notoSansSc, type SlipFonts } from './slip-fonts.ts';
import { drawHead, drawWatermark } from './slip-head.ts';
import type { Sheet, SlipContents } from './slip-sheet.ts';
import { SLIP_TEXTS } from './slip-texts.ts';

export type { SlipContents } from './slip-sheet.ts';

export interface DrawnSlip {
  readonly pdf: Uint8Array<ArrayBuffer>;
  /** Characters that the typeface lacks, e.g. `U+2CE93`: printed as □ with the code. */
  readonly missing: readonly string[];
}

/** A receipt as a PDF of one A5 page: in Chinese, or in the citizen's language with the Chinese beside it. */
export async function drawSlip(contents: SlipContents): Promise<Uint8Array<ArrayBuffer>> {
  return (await drawSlipWith(notoSansSc(), contents)).pdf;
}

export async function drawSlipWith(fonts: SlipFonts, contents: SlipContents): Promise<DrawnSlip> {
  const { language } = contents;
  const paper = new Paper({
    fonts,
    title: `${SLIP_TEXTS[language].title} ${contents.packetId}`,
    createdAt: contents.at,
  });
  const sheet: Sheet = {
    paper,
    contents,
    texts: SLIP_TEXTS[language],
    chinese: language === 'zh-CN' ? null : SLIP_TEXTS['zh-CN'],
  };
  if (contents.simulated) drawWatermark(sheet);
  const top = drawHead(sheet);
  drawDetails(sheet, { top, density: roomiestDensity(sheet, top) });
  drawFoot(sheet);
  return paper.finish();
}

/** From airy to tight: a short Chinese slip fills its page, and the longest bilingual one still has one page. */
const DENSITIES = [1.05, 1.02, 0.98, 0.94, 0.9, 0.86, 0.82, 0.78, 0.74, 0.7, 0.66, 0.62, 0.58] as const;

function roomiestDensity(sheet: Sheet, top: number): number {
  const room = PAGE.height - BOTTOM - top;
  return DENSITIES.find((density) => heightOfDetails(sheet, density) <= room) ?? 0.54;
}
