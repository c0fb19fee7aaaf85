import { existsSync, readFileSync } from 'node:fs';
import { encodeCardText } from './card-text.ts';
import { loadOtherCards, type OtherCard } from './other-cards.ts';
import { type DemoPerson, residentCardOf } from './people.ts';
import type { SimulatedCard } from './sdt-reader.ts';

const PHOTO_LENGTH = 1024;
const OTHER_CARDS = new URL('../../../resources/demo/other-cards.json', import.meta.url);

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

/** Every resident's card, the other identity cards, and a card of some other kind. */
export function fillCardBox(options: {
  readonly people: readonly DemoPerson[];
  /** Those of `resources/demo` unless told otherwise. */
  readonly otherCards?: readonly OtherCard[];
  /** Holds `<head>.webp`; ends with a slash. */
  readonly portraitFolder: URL;
}): readonly BoxedCard[] {
  const { people, otherCards = loadOtherCards(OTHER_CARDS), portraitFolder } = options;
  return [
    ...people.map(
      (person): BoxedCard => ({
        id: person.id,
        name: person.name,
        note: noteOf(person),
        card: {
          kind: 'identity',
          text: encodeCardText(residentCardOf(person)),
          photo: photoOf(portraitFolder, person.head),
        },
      }),
    ),
    ...otherCards.map(
      (other): BoxedCard => ({
        id: other.id,
        name: 'name' in other.card ? other.card.name : other.card.latinName,
        note: noteOf(other),
        card: { kind: 'identity', text: encodeCardText(other.card), photo: new Uint8Array(PHOTO_LENGTH) },
      }),
    ),
    {
      id: 'bus-card',
      name: '公交卡',
      note: '无法识别的卡 / A card of another kind',
      card: { kind: 'foreign' },
    },
  ];
}

function noteOf(holder: { readonly note: { readonly 'zh-CN': string; readonly en: string } }): string {
  return `${holder.note['zh-CN']} / ${holder.note.en}`;
}
