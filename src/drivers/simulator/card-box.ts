import { existsSync, readFileSync } from 'node:fs';
import { CARD_KIND_OFFSET } from '#domain/identity/card-text.ts';
import { encodeCardText, writeUtf16 } from './card-text.ts';
import type { DemoPerson } from './people.ts';
import type { SimulatedCard } from './sdt-reader.ts';

const PHOTO_LENGTH = 1024;

/** A card that can be laid on the simulated reader. */
export interface BoxedCard {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly card: SimulatedCard;
}

/** The person's portrait as the simulated card carries it: a WebP padded with zeros, or zeros alone without a file. */
function photoOf(folder: URL, head: string): Uint8Array {
  const photo = new Uint8Array(PHOTO_LENGTH);
  const file = new URL(`${head}.webp`, folder);
  if (!existsSync(file)) return photo;
  const webp = readFileSync(file);
  if (webp.length > PHOTO_LENGTH) {
    throw new Error(`${head}.webp has ${webp.length} bytes, a card has room for ${PHOTO_LENGTH}`);
  }
  photo.set(webp);
  return photo;
}

/** Everyone's card, and two that are no resident's: a bus card and a residence permit for Hong Kong residents. */
export function fillCardBox(options: {
  readonly people: readonly DemoPerson[];
  /** Holds `<head>.webp`; ends with a slash. */
  readonly portraitFolder: URL;
}): readonly BoxedCard[] {
  const boxed: BoxedCard[] = options.people.map((person) => ({
    id: person.id,
    name: person.name,
    note: `${person.note['zh-CN']} / ${person.note.en}`,
    card: {
      kind: 'identity',
      text: encodeCardText(person),
      photo: photoOf(options.portraitFolder, person.head),
    },
  }));
  const [first] = options.people;
  if (first) {
    const text = encodeCardText({ ...first, name: '港例' });
    writeUtf16(text, CARD_KIND_OFFSET, 'J');
    boxed.push({
      id: 'permit',
      name: '港澳台居民居住证',
      note: '不是居民身份证 / Residence permit, not a resident identity card',
      card: { kind: 'identity', text, photo: new Uint8Array(PHOTO_LENGTH) },
    });
  }
  boxed.push({
    id: 'bus-card',
    name: '公交卡',
    note: '无法识别的卡 / A card of another kind',
    card: { kind: 'foreign' },
  });
  return boxed;
}
