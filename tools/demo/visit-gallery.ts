import { join } from 'node:path';
import type { Snapshot, Visit } from '#domain/session/snapshot.ts';
import { SCENES } from '../../test/e2e/screens/scenes.ts';
import { type Display, drawGallery } from './gallery.ts';

/** A screen as the station had it shown during a visit. */
export interface SeenScreen {
  readonly visit: Visit;
  /** Its live picture's name, `07-card`. */
  readonly picture: string;
  readonly snapshot: Snapshot;
}

/** Folder of the screens that come from samples; the others are named after their visit. */
export const EVERY_SCREEN = 'every screen';

/**
 * Draws what was seen during the visits, and every screen there is (visits do not come past the troubles that most
 * screens are for), for each display in both languages: `<folder>/<display> <language>/<visit>/<picture>.png`.
 */
export async function drawVisitsAndScreens(options: {
  readonly folder: string;
  readonly seen: readonly SeenScreen[];
  readonly displays: readonly Display[];
}): Promise<{ readonly visits: number; readonly screens: number }> {
  const { folder, seen, displays } = options;
  const visits = await drawGallery({
    folder,
    displays,
    screens: seen.map(({ visit, picture, snapshot }) => ({ file: join(visit, picture), snapshot })),
  });
  const screens = await drawGallery({
    folder,
    displays,
    screens: SCENES.filter(({ pictured }) => pictured).map(({ name, snapshot }) => ({
      file: join(EVERY_SCREEN, name),
      snapshot,
    })),
  });
  return { visits, screens };
}
