import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KnownPicture } from './read-samples.ts';

const PICTURE = /\.(jpe?g|png|webp|bmp)$/i;

/**
 * One folder per person, its pictures in it; pictures whose names begin with `card` are scaled up as a card's portrait
 * is.
 *
 * @throws Error when there are not at least two people with a picture each.
 */
export function picturesOfFolder(folder: string): readonly KnownPicture[] {
  const people = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const pictures = people.flatMap(({ name: person }) =>
    readdirSync(join(folder, person))
      .filter((file) => PICTURE.test(file))
      .toSorted()
      .map((name) => ({
        person,
        name,
        from: /^card/i.test(name) ? ('card' as const) : ('frame' as const),
        bytes: () => new Uint8Array(readFileSync(join(folder, person, name))),
      })),
  );
  if (new Set(pictures.map(({ person }) => person)).size < 2)
    throw new Error(`${folder} needs a folder with pictures for each of two people at least`);
  return pictures;
}
