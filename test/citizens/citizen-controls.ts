import { ACTIONS, type Action } from '../../src/domain/liveness/action.ts';

export const HEADS = ['lin', 'mei', 'ada', 'kofi', 'vera', 'otto', 'nina', 'juan', 'zola', 'haru'] as const;
export type HeadId = (typeof HEADS)[number];

/**
 * `live` does what the screen asks, `passive` stands there and blinks, `photo` is a print held before the camera,
 * `dark` is a live person without light.
 */
export type CitizenMode = 'live' | 'passive' | 'photo' | 'nobody' | 'two-people' | 'dark';

/** `window.citizen`: both fields may be set at any time. */
export interface CitizenControls {
  head: HeadId;
  mode: CitizenMode;
}

export function isAction(text: string): text is Action {
  return (ACTIONS as readonly string[]).includes(text);
}
