import { afterAll, beforeAll, expect, it } from 'vitest';
import type { View } from '../../citizens/scene-view.ts';
import { type OpenedCameraPage, openCameraPage } from '../../renderer/camera/camera-page.ts';
import { speciesThumbnails } from './thumbnails.ts';

/** Mean difference from the empty room, in grey levels of 255, that something before the camera makes at least. */
const LEAST_SEEN = 8;

let opened: OpenedCameraPage | undefined;

beforeAll(async () => {
  opened = await openCameraPage({ withStudio: true });
}, 120_000);

afterAll(() => opened?.close());

it('shows something of every species, and two species never look the same', async () => {
  if (!opened) throw new Error('no browser');
  const thumbnails = speciesThumbnails(0);
  const heads = [...new Set(thumbnails.flatMap((each) => each.heads))];
  await opened.page.evaluate((ids) => window.studio.load(ids), heads);
  const pictures = await opened.page.evaluate(
    (views) =>
      views.map(({ view, empty }) => {
        const [room, shown] = [window.studio.pixels(empty).data, window.studio.pixels(view).data];
        let difference = 0;
        let hash = 0;
        for (let at = 0; at < shown.length; at += 4) {
          difference += Math.abs((shown[at + 1] ?? 0) - (room[at + 1] ?? 0));
          hash = (Math.imul(hash, 31) + (shown[at] ?? 0)) | 0;
        }
        return { difference: (4 * difference) / shown.length, hash };
      }),
    thumbnails.map(({ view }) => ({ view, empty: emptyRoom(view) })),
  );
  const unseen = thumbnails.filter((_, i) => (pictures[i]?.difference ?? 0) < LEAST_SEEN);
  expect(unseen.map((each) => each.id)).toEqual([]);
  expect(new Set(pictures.map((picture) => picture.hash)).size).toBe(pictures.length);
}, 120_000);

function emptyRoom({ exposure: _, ...view }: View): View {
  return { ...view, people: [], props: [] };
}
