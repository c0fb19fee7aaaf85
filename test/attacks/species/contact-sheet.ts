import '../../../src/require-node.mjs';
import { writeFileSync } from 'node:fs';
import { openCameraPage } from '../../renderer/camera/camera-page.ts';
import { liveThumbnails, speciesThumbnails } from './thumbnails.ts';

/**
 * Every species and every living light beside each other, for the eye to judge:
 * `node test/attacks/species/contact-sheet.ts FILE.png [number of the presentation]`. Prints what each picture costs.
 */
const CELL = { width: 320, height: 240, line: 18 };
const COLUMNS = 6;

const [file, number = '0'] = process.argv.slice(2);
if (!file) throw new Error('usage: contact-sheet.ts FILE.png [number]');
const thumbnails = [...speciesThumbnails(Number(number)), ...liveThumbnails()];

const { page, close } = await openCameraPage({ withStudio: true });
try {
  await page.evaluate(
    (ids) => window.studio.load(ids),
    [...new Set(thumbnails.flatMap((each) => each.heads))],
  );
  const { url, costs } = await page.evaluate(
    async ({ thumbnails, cell, columns }) => {
      const sheet = document.createElement('canvas');
      sheet.width = cell.width * columns;
      sheet.height = (cell.height + cell.line) * Math.ceil(thumbnails.length / columns);
      const pen = sheet.getContext('2d');
      if (!pen) throw new Error('no 2d canvas');
      pen.fillStyle = 'white';
      pen.fillRect(0, 0, sheet.width, sheet.height);
      pen.fillStyle = 'black';
      pen.font = '13px sans-serif';
      pen.imageSmoothingQuality = 'high';
      const costs: string[] = [];
      for (const [i, { id, name, view }] of thumbnails.entries()) {
        await window.studio.bitmap(view);
        const started = performance.now();
        const frame = (view.noise?.frame ?? 0) + 1;
        const next = view.noise ? { ...view, noise: { ...view.noise, frame } } : view;
        const picture = await window.studio.bitmap(next);
        costs.push(`${(performance.now() - started).toFixed(0).padStart(5)} ms  ${id}`);
        const x = (i % columns) * cell.width;
        const y = Math.floor(i / columns) * (cell.height + cell.line);
        pen.drawImage(picture, x, y, cell.width, cell.height);
        pen.fillText(name, x + 4, y + cell.height + cell.line - 5, cell.width - 8);
        picture.close();
      }
      return { url: sheet.toDataURL('image/png'), costs };
    },
    { thumbnails, cell: CELL, columns: COLUMNS },
  );
  writeFileSync(file, Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
  console.log(costs.join('\n'));
} finally {
  await close();
}
