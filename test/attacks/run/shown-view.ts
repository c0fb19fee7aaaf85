import type { View } from '../../citizens/scene-view.ts';
import type { Presentation } from '../species/species.ts';
import type { AttackRecord } from './attack-record.ts';
import { momentAt } from './screen.ts';
import { FRAME_EVERY } from './virtual-try.ts';

/** How long after a prompt a movement can be seen, ms. */
const INTO_MOVEMENT = 1300;

/** What the camera saw when the last prompt was being answered, or in the middle of a try without prompts. */
export function middleOf({ perform }: Presentation, { shown, frames }: AttackRecord): View {
  const prompted = shown.findLast(({ prompt }) => prompt !== null)?.at;
  const length = frames * FRAME_EVERY;
  const time = prompted === undefined ? length / 2 : Math.min(prompted + INTO_MOVEMENT, length);
  return perform(momentAt(time, shown));
}
