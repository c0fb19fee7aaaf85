/** What was found of a slip or an e-ID, in one sentence that tells no more of the person than the code itself. */
export interface Finding {
  readonly outcome: 'valid' | 'not-valid' | 'cannot-tell';
  readonly sentence: string;
}

/** How the command ends. */
export interface Said {
  readonly exitCode: number;
  readonly text: string;
  /** What did not work beside the check, and changes nothing about it; for stderr. */
  readonly complaint: string | null;
}

export const EXIT_CODES = { valid: 0, 'not-valid': 1, 'cannot-tell': 2, usage: 64 } as const;

export const valid = (sentence: string): Finding => ({ outcome: 'valid', sentence: `VALID: ${sentence}` });
export const notValid = (sentence: string): Finding => ({
  outcome: 'not-valid',
  sentence: `NOT VALID: ${sentence}`,
});
export const cannotTell = (sentence: string): Finding => ({
  outcome: 'cannot-tell',
  sentence: `CANNOT TELL: ${sentence}`,
});

/**
 * Runs a check that throws for nothing but a bug. Node.js would end such a run with 1, which here means "not valid": a
 * program that fails must not say that of anybody's slip.
 */
export async function ended(check: () => Promise<Said>): Promise<Said> {
  try {
    return await check();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const { sentence, outcome } = cannotTell(`the check itself failed: ${why.split('\n', 1)[0]}`);
    return { exitCode: EXIT_CODES[outcome], text: sentence, complaint: null };
  }
}

/** `2 March 2026 at 01:31 in China`: one zone, whatever the machine's own is. */
export function moment(epochMilliseconds: number): string {
  return `${MOMENT.format(epochMilliseconds)} in China`;
}

const MOMENT = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'long',
  timeStyle: 'short',
});
