import { readChallengeCode } from '#protocol/holder-answer.ts';
import type { KeptEid, ReferencePhone } from './reference-phone.ts';

/** What the phone makes of a code that it sees on a terminal's screen. */
export type SeenCode =
  | { readonly kind: 'eid'; readonly eid: KeptEid }
  /** A checking place asks; the holder says whether the phone answers. */
  | { readonly kind: 'asked'; readonly asker: string; readonly challenge: string }
  | { readonly kind: 'problem'; readonly problem: 'not-ours' | 'malformed' | 'not-my-eid' | 'no-eid' };

export async function readScreen(phone: ReferencePhone, text: string): Promise<SeenCode> {
  const challenge = readChallengeCode(text);
  if (challenge.ok) {
    return phone.eid() === null
      ? { kind: 'problem', problem: 'no-eid' }
      : { kind: 'asked', asker: challenge.value.asker, challenge: text };
  }
  if (challenge.error === 'malformed') return { kind: 'problem', problem: 'malformed' };
  const kept = await phone.keep(text);
  return kept.ok ? { kind: 'eid', eid: kept.value } : { kind: 'problem', problem: kept.error };
}
