import type { Language } from '../language.ts';
import type { Action } from '../liveness/action.ts';
import type { Visit } from './snapshot.ts';

/** What a citizen can do on the screen. Everything else that moves a session comes from the station itself. */
export type CitizenEvent =
  | { readonly type: 'start' }
  | { readonly type: 'choose-language'; readonly language: Language }
  | { readonly type: 'choose-visit'; readonly visit: Visit }
  | { readonly type: 'continue' }
  /** The citizen has no phone, or none at hand: a desk hands the e-ID over later. */
  | { readonly type: 'no-phone' }
  /** Staff touched the hidden corner of a terminal that serves nobody. */
  | { readonly type: 'call-console' }
  | { readonly type: 'agree' }
  | { readonly type: 'decline' }
  | { readonly type: 'confirm-phone' }
  | { readonly type: 'other-phone' }
  | { readonly type: 'try-again' }
  /** Some of the movements cannot be made by this citizen. */
  | { readonly type: 'open-exchange' }
  | { readonly type: 'exchange-actions'; readonly actions: readonly Action[] }
  | { readonly type: 'keep-portrait' }
  | { readonly type: 'retake-portrait' }
  | { readonly type: 'ask-staff' }
  | { readonly type: 'submit' }
  | { readonly type: 'finish' }
  | { readonly type: 'back' }
  | { readonly type: 'cancel' }
  | { readonly type: 'confirm-cancel' }
  | { readonly type: 'keep-going' }
  | { readonly type: 'open-help' }
  | { readonly type: 'close-help' }
  | { readonly type: 'more-time' };
