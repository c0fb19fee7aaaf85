import type { PairedPhone } from '#domain/enrolment/enrolment.ts';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import type { PhoneProblem } from '#domain/session/snapshot.ts';
import { readPhoneCode } from '#protocol/phone-code.ts';

export interface PhoneDesk {
  read(text: string): Result<PairedPhone, PhoneProblem>;
  use(phone: PairedPhone): void;
}

/** Codes remembered at most; the oldest is forgotten first. Some weeks of a busy terminal. */
const REMEMBERED = 100_000;

/**
 * Reads what the scanner saw and accepts each code once. A code counts as used when its phone was confirmed: a citizen
 * who goes back may show the same one again. Used codes are remembered while the station runs; the phone draws a fresh
 * one every 30 seconds.
 */
export function phoneDesk(): PhoneDesk {
  const used = new Set<string>();
  const keyOf = (codeId: Uint8Array) => Buffer.from(codeId).toString('base64');
  return {
    read(text) {
      const code = readPhoneCode(text);
      if (!code.ok) return err(code.error === 'bad-signature' ? 'bad-signature' : 'not-ours');
      if (used.has(keyOf(code.value.codeId))) return err('used-before');
      const { publicKey, codeId, phoneTime } = code.value;
      return ok({ publicKey: Uint8Array.from(publicKey), codeId: Uint8Array.from(codeId), phoneTime });
    },
    use(phone) {
      used.add(keyOf(phone.codeId));
      if (used.size > REMEMBERED) for (const oldest of used) return void used.delete(oldest);
    },
  };
}
