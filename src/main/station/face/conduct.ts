import { assertNever } from '#domain/result.ts';
import type { ConductEvent, Conducted, Conducting } from './conducting.ts';
import { passTime } from './pass-time.ts';
import { takeChoice } from './portrait-choice.ts';
import { takeFrames } from './take-frames.ts';
import { takePaintedFlash } from './take-painted-flash.ts';
import { takePaintedPrompt } from './take-painted-prompt.ts';
import { takePicture } from './take-picture.ts';
import { takeReading } from './take-reading.ts';
import { TryChange } from './try-change.ts';

/**
 * Conducts one try: what an event changes, and what is to be said and done about it. Pure; never throws, whatever the
 * renderer sends. A try goes
 *
 * camera → positioning → flash for each colour → [gap → painting → acting → returning] for each action → portrait →
 * choosing (→ portrait → choosing) → pictures → reading → ended
 *
 * and may end from everywhere. Before the first prompt a fault only leads back to positioning: nothing is lost yet.
 */
export function conduct(state: Conducting, event: ConductEvent): Conducted {
  const change = new TryChange(state, event.now);
  if (state.step.name === 'ended') {
    if (event.type === 'picture') change.discard(event.jpeg);
    if (event.type === 'picture-read' && event.embedding !== null) change.discard(event.embedding);
    return change.done();
  }
  switch (event.type) {
    case 'frames':
      takeFrames(change, event);
      break;
    case 'prompt-painted':
      takePaintedPrompt(change, event);
      break;
    case 'flash-painted':
      takePaintedFlash(change, event);
      break;
    case 'picture':
      takePicture(change, event);
      break;
    case 'picture-read':
      takeReading(change, event);
      break;
    case 'portrait-chosen':
      takeChoice(change, event.choice);
      break;
    case 'tick':
      break;
    default:
      return assertNever(event);
  }
  passTime(change);
  return change.done();
}
