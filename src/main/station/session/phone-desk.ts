import type { PairedPhone } from '#domain/enrolment/enrolment.ts';
import { checkPersonName } from '#domain/identity/person-name.ts';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import type { PhoneProblem } from '#domain/session/snapshot.ts';
import { readPhoneCode } from '#protocol/phone-code.ts';
import type { UsedPhoneCodes } from './session-ports.ts';

export interface ScannedPhone {
  readonly phone: PairedPhone;
  /** UTF-8. Null when the phone told none, or none that could stand on a card. */
  readonly holderName: Uint8Array | null;
}

export interface PhoneDesk {
  read(text: string): Result<ScannedPhone, PhoneProblem>;
  use(phone: PairedPhone): void;
}

/**
 * Reads what the scanner saw and accepts each code once per station. A code counts as used when its phone was
 * confirmed: a citizen who goes back before may show the same one again; the phone draws a fresh one every 30 seconds.
 */
export function phoneDesk(used: UsedPhoneCodes): PhoneDesk {
  return {
    read(text) {
      const code = readPhoneCode(text);
      // A pairing code that was damaged on its way to the scanner is still one: the phone shows a fresh one.
      if (!code.ok) return err(code.error === 'not-ours' ? 'not-ours' : 'bad-signature');
      const { publicKey, codeId, phoneTime, name } = code.value;
      if (used.has(codeId)) return err('used-before');
      const holder = checkPersonName(name ?? '');
      return ok({
        phone: { publicKey: Uint8Array.from(publicKey), codeId: Uint8Array.from(codeId), phoneTime },
        holderName: holder.ok ? new TextEncoder().encode(holder.value) : null,
      });
    },
    use: (phone) => used.add(phone.codeId),
  };
}
