import { describe, expect, it } from 'vitest';
import { parseTravelPermitNumber } from '#domain/identity/travel-permit-number.ts';

describe('the number of a travel permit', () => {
  it.each([
    ['H12345678', 'hong-kong'],
    ['H1234567801', 'hong-kong'],
    ['M12345678', 'macao'],
    ['M1234567802', 'macao'],
    ['01234567', 'taiwan'],
    ['C12345678', 'mainland'],
    ['CA1234567', 'mainland'],
    ['CZ1234567', 'mainland'],
  ])('%s is of %s', (number, holder) => {
    expect(parseTravelPermitNumber(number)).toEqual({ ok: true, value: { number, holder } });
  });

  it.each([
    '',
    'H1234567',
    'H123456789',
    'h12345678',
    'K12345678',
    '1234567',
    '0123456789',
    'CI1234567',
    'CO1234567',
    'C1234567801',
    'CAB123456',
    'H12345678 ',
    '12345678\n',
  ])('%j is no permit’s', (text) => {
    expect(parseTravelPermitNumber(text)).toEqual({ ok: false, error: 'wrong-form' });
  });
});
