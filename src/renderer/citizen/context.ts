import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language } from '#domain/language.ts';
import { type CitizenKey, citizenTexts } from '#i18n/citizen-messages.ts';
import { breakLinesIn } from '#i18n/line-breaks.ts';
import type { Translate } from '#i18n/translator.ts';
import type { FaceSession } from './face-session.ts';
import type { StationLink } from './station-link.ts';

/** What every screen can reach. */
export interface CitizenContext {
  readonly station: StationLink;
  readonly face: FaceSession;
  readonly language: Language;
  /**
   * True for a moment after a screen has come up: a second tap of an unsteady hand that was meant for the screen before
   * must not press what now lies under the finger.
   */
  readonly settling: boolean;
}

export const CitizenScope = createContext<CitizenContext | null>(null);

export function useCitizen(): CitizenContext {
  const context = useContext(CitizenScope);
  if (context === null) throw new Error('a screen was drawn outside the citizen page');
  return context;
}

const DRAWN: Readonly<Record<Language, Translate<CitizenKey>>> = {
  'zh-CN': breakLinesIn('zh-CN', citizenTexts['zh-CN']),
  en: breakLinesIn('en', citizenTexts.en),
};

/** The translator of the session's language: texts to be drawn, with marks for their line breaks. */
export function useText(): Translate<CitizenKey> {
  return DRAWN[useCitizen().language];
}
