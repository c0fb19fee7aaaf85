const WEIGHTS = [7, 3, 1] as const;

/**
 * Check digit over digits and capital letters as ICAO 9303-3 (4.9) has it: values 0 to 9, A = 10 to Z = 35, weighted
 * 7, 3, 1 in turn, modulo 10. Letters ten apart (A, K, U) count the same.
 */
export function icaoCheckDigit(text: string): string {
  let sum = 0;
  for (let index = 0; index < text.length; index += 1) {
    sum += Number.parseInt(text.charAt(index), 36) * (WEIGHTS[index % 3] ?? 0);
  }
  return String(sum % 10);
}
