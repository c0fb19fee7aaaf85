import type { HeadId } from '../../citizens/citizen-controls.ts';
import type { Performer } from '../../citizens/performer.ts';
import type { View } from '../../citizens/scene-view.ts';

/** One way of deceiving the terminal; error rates are counted for each by itself (ISO/IEC 30107-3). */
export interface Species {
  readonly id: string;
  readonly kind: SpeciesKind;
  readonly name: { readonly en: string; readonly zh: string };
  /** What the attacker has to have, for the report. */
  readonly has: string;
  /** What should stop it, for the report. */
  readonly stops: string;
  /**
   * Whether a view shows what the attacker wants to get into the evidence. Where it is told, a try in none of whose
   * pictures it stands has gained nothing; elsewhere every try that passes has.
   */
  readonly gains?: (view: View) => boolean;
  presentations(): readonly Presentation[];
}

export const SPECIES_KINDS = [
  'paper',
  'screen',
  'mannequin',
  'splice',
  'swap',
  'injection',
  'two-people',
] as const;
export type SpeciesKind = (typeof SPECIES_KINDS)[number];

/** One attempt before the camera; what it does is a function of what it is told, and of nothing else. */
export interface Presentation {
  readonly id: string;
  /** Whose face the terminal is to believe in. */
  readonly identity: HeadId;
  readonly conditions: Readonly<Record<string, string | number>>;
  readonly perform: Performer;
}

/** Presentations of each species. */
export const PRESENTATIONS = 20;
