import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { citizenNumberCheckCharacter, parseCitizenNumber } from '#domain/identity/citizen-number.ts';

describe('citizen number', () => {
  it.each([
    ['11010119900307002', 'X'],
    ['11010519491231002', 'X'],
    ['81000019900101001', '9'],
    ['83000019851212002', '4'],
    ['44052418800101001', '4'],
    ['91184019880808001', '2'],
  ])('%s is checked by %s', (digits, check) => {
    expect(citizenNumberCheckCharacter(digits)).toBe(check);
  });

  it('says region, birth and sex', () => {
    expect(parseCitizenNumber('11010519491231002X')).toEqual({
      ok: true,
      value: { number: '11010519491231002X', region: '110105', birth: '1949-12-31', sex: 'female' },
    });
  });

  it.each([
    ['', 'wrong-length'],
    ['1101051949123100', 'wrong-length'],
    ['11010519491231002x', 'not-digits'],
    ['1101051949123100 X', 'not-digits'],
    ['110105194912310021', 'wrong-check-character'],
    ['110105194902300020', 'no-such-birth'],
  ])('refuses %j: %s', (text, reason) => {
    expect(parseCitizenNumber(text)).toEqual({ ok: false, error: reason });
  });

  it('notices every single wrong digit and every swap of neighbours', () => {
    const sound = '440103199006140133';
    for (let at = 0; at < 17; at += 1) {
      for (const digit of '0123456789') {
        const changed = sound.slice(0, at) + digit + sound.slice(at + 1);
        if (changed !== sound) expect(parseCitizenNumber(changed).ok).toBe(false);
      }
      const swapped = sound.slice(0, at) + sound.charAt(at + 1) + sound.charAt(at) + sound.slice(at + 2);
      if (swapped !== sound) expect(parseCitizenNumber(swapped).ok).toBe(false);
    }
  });

  it('survives any text', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof parseCitizenNumber(text).ok === 'boolean'));
  });
});
