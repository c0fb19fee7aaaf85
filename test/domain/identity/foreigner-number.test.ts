import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseForeignerNumber2017 } from '#domain/identity/foreigner-number-2017.ts';
import { parseForeignerNumber2023 } from '#domain/identity/foreigner-number-2023.ts';
import { icaoCheckDigit } from '#domain/identity/icao-check-digit.ts';

describe('the check digit 7-3-1', () => {
  it.each([
    ['USA11018808080', '3'],
    ['GBR31007501011', '5'],
    ['L898902C3', '6'],
    ['740812', '2'],
    ['', '0'],
  ])('over %s is %s', (text, digit) => {
    expect(icaoCheckDigit(text)).toBe(digit);
  });
});

describe('a foreigner’s number of 2017', () => {
  it('says country, region and birth', () => {
    expect(parseForeignerNumber2017('GBR310075010115')).toEqual({
      ok: true,
      value: { number: 'GBR310075010115', country: 'GBR', region: '3100', birth: '750101' },
    });
  });

  it('takes a birth that existed in one century only', () => {
    expect(parseForeignerNumber2017('USA110100022902').ok).toBe(true);
  });

  it.each([
    ['', 'wrong-form'],
    ['USA1101880808030', 'wrong-form'],
    ['usa110188080803', 'wrong-form'],
    ['US1110188080803', 'wrong-form'],
    ['USA11018808080X', 'wrong-form'],
    ['USA110188080802', 'wrong-check-digit'],
    ['USA110188133002', 'no-such-birth'],
  ])('%j is refused: %s', (text, reason) => {
    expect(parseForeignerNumber2017(text)).toEqual({ ok: false, error: reason });
  });

  it('shows one wrong digit, wherever', () => {
    const sound = 'USA110188080803';
    for (let at = 3; at < sound.length; at += 1) {
      for (const digit of '0123456789') {
        const changed = sound.slice(0, at) + digit + sound.slice(at + 1);
        if (changed !== sound) expect(parseForeignerNumber2017(changed).ok).toBe(false);
      }
    }
  });
});

describe('a foreigner’s number of 2023', () => {
  it('says region, country and birth', () => {
    expect(parseForeignerNumber2023('911840198808080012')).toEqual({
      ok: true,
      value: { number: '911840198808080012', region: '11', country: '840', birth: '1988-08-08' },
    });
  });

  it.each([
    ['', 'wrong-form'],
    ['11010119900307002X', 'wrong-form'],
    ['91184019880808001', 'wrong-form'],
    ['91184019880808001x', 'wrong-form'],
    ['911840198808080011', 'wrong-check-character'],
    ['911840198813080017', 'no-such-birth'],
  ])('%j is refused: %s', (text, reason) => {
    expect(parseForeignerNumber2023(text)).toEqual({ ok: false, error: reason });
  });
});

describe('both', () => {
  it('survive any text', () => {
    const digits = fc.stringMatching(/^[A-Z9]{1,3}\d{12,15}X?$/);
    fc.assert(
      fc.property(fc.oneof(fc.string(), digits), (text) => {
        for (const read of [parseForeignerNumber2017(text), parseForeignerNumber2023(text)]) {
          if (read.ok) expect(read.value.number).toBe(text);
        }
      }),
    );
  });
});
