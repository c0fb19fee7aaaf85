import type { Language } from '../language.ts';

/** What a citizen can do on the screen. Everything else that moves a session comes from the station itself. */
export type CitizenEvent =
  | { readonly type: 'start' }
  | { readonly type: 'choose-language'; readonly language: Language }
  | { readonly type: 'continue' }
  | { readonly type: 'agree' }
  | { readonly type: 'decline' }
  | { readonly type: 'confirm-phone' }
  | { readonly type: 'other-phone' }
  | { readonly type: 'try-again' }
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
