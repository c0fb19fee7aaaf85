import type { StationSettings } from '#contract/settings.ts';

/** What the terminal under search is started with. */
export interface TerminalPlan {
  readonly settings: StationSettings;
  readonly profileFolder: string;
  readonly logFile: string;
  readonly code: string;
  readonly password: string;
}
