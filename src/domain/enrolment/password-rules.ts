import type { CalendarDate } from '../identity/calendar-date.ts';
import type { PasswordProblem } from '../session/snapshot.ts';

/** Digits of an e-ID password, as in the pilot that this models. */
export const PASSWORD_LENGTH = 8;

/**
 * Judges both entries of a new password. Eight digits can be guessed whatever they are; what is refused here are those
 * that everybody tries first. Null when there is nothing to say against it.
 */
export function judgePassword(entries: {
  readonly password: string;
  readonly repeat: string;
}): PasswordProblem | null {
  if (!hasShape(entries.password)) return 'wrong-length';
  if (entries.password !== entries.repeat) return 'different';
  return isTooSimple(entries.password) ? 'too-simple' : null;
}

/** Judges the password of an e-ID that exists: whether it is the right one is for the issuer to say. */
export function judgeProof(password: string): PasswordProblem | null {
  return hasShape(password) ? null : 'wrong-length';
}

function hasShape(password: string): boolean {
  return password.length === PASSWORD_LENGTH && /^[0-9]*$/.test(password);
}

function isTooSimple(password: string): boolean {
  const digits = [...password].map(Number);
  const steps = digits.slice(1).map((digit, index) => (digit - (digits[index] ?? 0) + 10) % 10);
  // 88888888, 12345678, 87654321, and the same across zero: 78901234.
  if (steps.every((step) => step === steps[0]) && [0, 1, 9].includes(steps[0] ?? 0)) return true;
  // 12121212 and 12341234.
  if (password.slice(0, 4) === password.slice(4)) return true;
  // 11223344.
  if (digits.every((digit, index) => digit === digits[index - (index % 2)])) return true;
  // 11112222.
  return digits.every((digit, index) => digit === digits[index < 4 ? 0 : 4]);
}

/** Digits in a row that the citizen number may share with a password. The last six are the commonest of all choices. */
const SHARED_DIGITS = 6;

/**
 * Whether a password can be read off the card: it holds the birth date in any usual order, or six or more digits in a
 * row of the citizen number (which contains the birth date once more). The card is read after the password is chosen,
 * so that this is asked when both are there; the citizen is then led back to choose another.
 */
export function isReadOffCard(question: {
  readonly password: string;
  readonly birth: CalendarDate;
  /** GB 11643, 18 characters. */
  readonly number: string;
}): boolean {
  const { password, birth, number } = question;
  const [year, month, day] = [birth.slice(0, 4), birth.slice(5, 7), birth.slice(8, 10)];
  const short = year.slice(2);
  const dates = [
    `${short}${month}${day}`,
    `${day}${month}${short}`,
    `${month}${day}${short}`,
    `${day}${month}${year}`,
    `${month}${day}${year}`,
  ];
  if (dates.some((date) => password.includes(date))) return true;
  for (let at = 0; at + SHARED_DIGITS <= password.length; at += 1) {
    if (number.includes(password.slice(at, at + SHARED_DIGITS))) return true;
  }
  return false;
}
