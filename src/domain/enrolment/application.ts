import type { Grade } from './enrolment.ts';

/** What a packet asks of the registry. */
export const APPLICATIONS = [
  /** An e-ID in black and white: typed number, face. */
  'basic',
  /** An e-ID in colour: the card's chip, face. */
  'full',
  /** The full e-ID for the holder of a basic one: its password, the card's chip, face. */
  'upgrade',
  /** The end of an e-ID: typed number, its password, face. */
  'report-lost',
] as const;
export type Application = (typeof APPLICATIONS)[number];

/** Null when no e-ID is asked for. */
export function gradeAsked(application: Application): Grade | null {
  switch (application) {
    case 'basic':
      return 'basic';
    case 'full':
    case 'upgrade':
      return 'full';
    case 'report-lost':
      return null;
  }
}
