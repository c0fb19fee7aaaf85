import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { find, needlesOf } from './needles.ts';

/** The search for what a citizen leaves behind, in files and memory: it finds what is there and nothing else. */
const PASSWORD = '70968573';
const PERSON = { name: '林示远', number: '440103199006140133', password: PASSWORD };
const needles = needlesOf(PERSON);
const surroundings = fc.uint8Array({ maxLength: 40 });

describe('the search for a citizen’s data', () => {
  it.each(Object.entries(PERSON))('finds the %s wherever it stands in base64', (what, text) => {
    fc.assert(
      fc.property(surroundings, surroundings, (before, after) => {
        const whole = Buffer.concat([before, Buffer.from(text), after]).toString('base64');
        const found = [...find(Buffer.from(whole), needles).keys()];
        expect(found.some((label) => label.startsWith(`${what} in base64`))).toBe(true);
      }),
    );
  });

  it('finds the name as JSON escapes it', () => {
    expect([...find(Buffer.from('{"n":"\\u6797\\u793a\\u8fdc"}'), needles).keys()]).toEqual(['name in JSON']);
  });

  it('has no needle that chance would find: eight octets of base64 at least, six of anything else', () => {
    for (const { label, bytes } of needles) {
      expect({ label, bits: bytes.length * (label.includes('base64') ? 6 : 8) }).toEqual({
        label,
        bits: expect.toSatisfy((bits: number) => bits >= 48),
      });
    }
  });

  it('finds nothing in a certificate’s date, at any position, in any second of any day', () => {
    // UTCTime (RFC 5280, 4.1.2.5.1), as it stands in the DER of the registry's authority in every station's database.
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2049-12-31'), noInvalidDate: true }),
        surroundings,
        (date, before) => {
          const utcTime = `${date.toISOString().replaceAll(/\D/g, '').slice(2, 14)}Z`;
          const pem = Buffer.concat([before, Buffer.from(utcTime)]).toString('base64');
          expect([...find(Buffer.from(pem), needles).keys()]).toEqual([]);
        },
      ),
    );
  });

  // Half a needle was found here: the authority was made at 18:25 of a day that ends with 3.
  it('finds nothing in a certificate of 23 November 2026, 18:25:12', () => {
    const others = needlesOf({ password: '70318264' });
    for (const before of ['', 'a', 'ab']) {
      expect(find(Buffer.from(Buffer.from(`${before}261123182512Z`).toString('base64')), others).size).toBe(
        0,
      );
    }
  });
});
