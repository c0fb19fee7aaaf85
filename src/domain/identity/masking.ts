/** How much of a name or number a slip, a screen or a log may show. */

/**
 * Keeps the first three and the last four characters of a citizen number, as Chinese public services print it:
 * `440***********002X`. Region, birth and with them most of what identifies a person are covered; the holder still
 * knows the number again. Anything too short to keep eleven characters covered is covered whole.
 */
export function maskNumber(number: string): string {
  if (number.length < 18) return '*'.repeat(number.length);
  return `${number.slice(0, 3)}${'*'.repeat(number.length - 7)}${number.slice(-4)}`;
}

/** Keeps the first character: 张三 becomes 张*, a single character is covered. Counts characters, not UTF-16 units. */
export function maskName(name: string): string {
  const [first, ...rest] = Array.from(name);
  if (first === undefined) return '';
  return rest.length === 0 ? '*' : first + '*'.repeat(rest.length);
}
