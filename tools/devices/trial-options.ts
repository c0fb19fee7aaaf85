import { err, ok, type Result } from '#domain/result.ts';
import type { TrialWish } from '#drivers/trial/try-device.ts';
import { type Options, textOption } from './command.ts';

export const TRIAL_OPTIONS = {
  card: { type: 'boolean' },
  'no-scan': { type: 'boolean' },
  page: { type: 'boolean' },
  wait: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export const TRIAL_HELP = `What is tried:
  --card             reads a TEST card: only lengths, layout and whether its checks hold are told
  --no-scan          does not wait for a code to be shown
  --page             prints a test page
  --wait SECONDS     for a card or a code; 15 unless given
  --json             for programs`;

export function wishOf(options: Options): Result<TrialWish, string> {
  const wait = textOption(options, 'wait') ?? '15';
  const seconds = Number(wait);
  if (!/^\d{1,3}(\.\d+)?$/.test(wait)) return err(`--wait ${wait}: must be seconds, 0 to 999.`);
  return ok({
    card: options.card === true,
    scan: options['no-scan'] !== true,
    page: options.page === true,
    patience: seconds * 1000,
  });
}
