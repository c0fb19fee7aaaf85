import type { SnapshotFrom } from 'xstate';
import type { sessionChart } from './chart.ts';
import type { CitizenEvent } from './citizen-event.ts';

export type ChartState = SnapshotFrom<typeof sessionChart>;
export type Overlay = 'none' | 'help' | 'cancelAsked';

/** What lies over the step. */
export function overlayOf(state: ChartState): Overlay {
  if (state.matches({ session: { overlay: 'cancelAsked' } })) return 'cancelAsked';
  if (state.matches({ session: { overlay: 'help' } }) || state.matches({ result: { overlay: 'help' } })) {
    return 'help';
  }
  return 'none';
}

/** Buttons that are on the screen while something lies over the step. */
const BUTTONS: Readonly<Record<Exclude<Overlay, 'none'>, readonly CitizenEvent['type'][]>> = {
  help: ['close-help', 'ask-staff', 'cancel', 'more-time', 'choose-language'],
  cancelAsked: ['keep-going', 'confirm-cancel', 'more-time', 'choose-language'],
};

/**
 * Whether a touch still means anything. What lies over a step covers the step's own buttons, so that a touch which was
 * on its way when help opened, or which a renderer makes up, does not reach them.
 */
export function accepts(state: ChartState, event: CitizenEvent): boolean {
  const overlay = overlayOf(state);
  return (overlay === 'none' || BUTTONS[overlay].includes(event.type)) && state.can(event);
}
