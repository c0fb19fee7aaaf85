import '../../../src/require-node.mjs';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openCameraPage } from '../../renderer/camera/camera-page.ts';
import { HEADS, type HeadId } from '../citizen-controls.ts';
import { NEUTRAL_POSE } from '../head-pose.ts';

/**
 * Writes the portraits of the simulated cards: `node test/citizens/generator/portraits.ts`. A card holds 1024 bytes
 * of picture, 102x126 pixels; the licensed coding of real cards is replaced by WebP.
 */
const WIDTH = 102;
const HEIGHT = 126;
const LARGEST = 1000;
const LIGHT_WALL = 0xf4f6f8;
/** Head and shoulders of the rendered 640x480 picture, in the card's proportions. */
const CUT = { x: 164, y: 14, width: 312, height: 385 };

const folder = join(import.meta.dirname, '../../../resources/demo/portraits');
mkdirSync(folder, { recursive: true });
const { page, close } = await openCameraPage({ withStudio: true });
try {
  for (const head of HEADS) {
    const { bytes, quality } = await portrait(page, head);
    writeFileSync(join(folder, `${head}.webp`), bytes);
    console.log(`${head}.webp: ${bytes.length} bytes at quality ${quality}`);
  }
} finally {
  await close();
}

/** The best quality that fits the card. */
async function portrait(page: Page, head: HeadId): Promise<{ bytes: Buffer; quality: number }> {
  await page.evaluate((id) => window.studio.load([id]), head);
  for (let percent = 80; percent > 0; percent--) {
    const url = await page.evaluate(({ view, options }) => window.studio.picture(view, options), {
      view: {
        people: [{ head, pose: NEUTRAL_POSE }],
        light: { kind: 'hall' as const, level: 1.1 },
        wall: LIGHT_WALL,
      },
      options: {
        type: 'image/webp',
        quality: percent / 100,
        cut: { ...CUT, outWidth: WIDTH, outHeight: HEIGHT },
      },
    });
    const bytes = pictureOnly(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
    if (bytes.length <= LARGEST) return { bytes, quality: percent };
  }
  throw new Error(`${head} does not fit ${LARGEST} bytes at any quality`);
}

/**
 * WebP's simple form (RFC 9649, 2.5): `RIFF`, size, `WEBP` and the `VP8 ` chunk alone. The browser adds a colour
 * profile that takes half of the card's room.
 */
function pictureOnly(webp: Buffer): Buffer {
  for (let at = 12; at + 8 <= webp.length; ) {
    const size = webp.readUInt32LE(at + 4);
    const padded = size + (size % 2);
    if (webp.toString('latin1', at, at + 4) === 'VP8 ') {
      const chunk = webp.subarray(at, at + 8 + padded);
      const header = Buffer.from('RIFF....WEBP', 'latin1');
      header.writeUInt32LE(4 + chunk.length, 4);
      return Buffer.concat([header, chunk]);
    }
    at += 8 + padded;
  }
  throw new Error('no VP8 chunk in the WebP');
}
