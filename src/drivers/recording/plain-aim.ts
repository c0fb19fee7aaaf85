const DIGITS = /^[0-9]$/;
const SOME_OPTIONS = 0x31;

/**
 * An AIM identifier that says what kind of code it was, and no more: letters in the place of its options may be part of
 * something else that only looks like one.
 */
export function plainAim(aim: Uint8Array): Uint8Array {
  return aim.map((octet, at) =>
    at === 2 && !DIGITS.test(String.fromCharCode(octet)) ? SOME_OPTIONS : octet,
  );
}
