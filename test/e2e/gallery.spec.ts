import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { PNG } from 'pngjs';
import { DISPLAYS, type Display, drawGallery } from '../../tools/demo/gallery.ts';
import { sceneNamed } from './screens/open-page.ts';

/** The pictures that the demonstration leaves of every screen. */
test('a screen is pictured for every display, in both languages and at the size of the display', async () => {
  const folder = test.info().outputPath('gallery');
  const screens = ['attract', 'face-hold-still'].map((name) => ({
    file: join('some visit', name),
    snapshot: sceneNamed(name).snapshot,
  }));
  const displays = Object.keys(DISPLAYS) as Display[];
  expect(await drawGallery({ folder, screens, displays })).toBe(12);
  expect(readdirSync(folder)).toHaveLength(6);
  for (const display of displays) {
    const pictures = ['en', 'zh-CN'].map((language) => {
      const set = join(folder, `${display} ${language}`, 'some visit');
      expect(readdirSync(set).toSorted()).toEqual(['attract.png', 'face-hold-still.png']);
      return PNG.sync.read(readFileSync(join(set, 'attract.png')));
    });
    for (const { width, height } of pictures) expect({ width, height }).toEqual(DISPLAYS[display]);
    const [english, chinese] = pictures;
    expect(english?.data.equals(chinese?.data ?? Buffer.alloc(0))).toBe(false);
  }
});
