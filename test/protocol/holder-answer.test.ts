import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ANSWER_CODE_PREFIX,
  CHALLENGE_CODE_PREFIX,
  checkAnswerCode,
  makeAnswerCode,
  makeChallengeCode,
  readChallengeCode,
} from '#protocol/holder-answer.ts';
import { base45Decode, base45Encode } from '#protocol/text/base45.ts';
import { phoneSigner, stationSigner, testBytes } from './sample.ts';

const challenge = { nonce: testBytes('challenge', 16), asker: '天河政务服务中心 7 号机' };
const subject = 'K7M2Q9XD4TB8WZ3A';
const answer = makeAnswerCode({ challenge, subject, signer: phoneSigner });
const check = (changes: Partial<Parameters<typeof checkAnswerCode>[0]>) =>
  checkAnswerCode({ code: answer, challenge, subject, holderKey: phoneSigner.publicKey, ...changes });

/** Turns one bit of a code's octets over. */
function flipped(code: string, prefix: string, bit: number): string {
  const octets = base45Decode(code.slice(prefix.length)) ?? new Uint8Array(1);
  const at = bit % (octets.length * 8);
  octets[at >> 3] = (octets[at >> 3] ?? 0) ^ (1 << (at & 7));
  return `${prefix}${base45Encode(octets)}`;
}

describe('a challenge', () => {
  test('tells its nonce and who asks, in a code that a phone reads at once', () => {
    const code = makeChallengeCode(challenge);
    expect(readChallengeCode(code)).toEqual({ ok: true, value: challenge });
    expect(code.length).toBeLessThan(120);
  });

  test.each(['', 'EIDA1:AB', 'https://qr.example/pay'])('is not what reads %j', (code) => {
    expect(readChallengeCode(code)).toEqual({ ok: false, error: 'not-ours' });
  });

  test('is read from no text that is not exactly one, and nothing throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        const read = readChallengeCode(`${CHALLENGE_CODE_PREFIX}${text}`);
        if (read.ok) expect(makeChallengeCode(read.value)).toBe(`${CHALLENGE_CODE_PREFIX}${text}`);
      }),
    );
  });
});

describe("a phone's answer", () => {
  test('to this challenge, by the key of the e-ID, proves the holder', () => {
    expect(check({})).toEqual({ ok: true, value: undefined });
    expect(answer.length).toBeLessThan(600);
  });

  test('by another phone proves nothing, even under the kid of the right one', () => {
    const other = makeAnswerCode({ challenge, subject, signer: stationSigner });
    expect(check({ code: other })).toEqual({ ok: false, error: 'other-phone' });
    const disguised = makeAnswerCode({
      challenge,
      subject,
      signer: { ...stationSigner, kid: phoneSigner.kid },
    });
    expect(check({ code: disguised })).toEqual({ ok: false, error: 'bad-signature' });
  });

  test('to another nonce proves nothing', () => {
    const later = { ...challenge, nonce: testBytes('later', 16) };
    expect(check({ challenge: later })).toEqual({ ok: false, error: 'other-nonce' });
  });

  test('to another place proves nothing here', () => {
    expect(check({ challenge: { ...challenge, asker: 'elsewhere' } })).toEqual({
      ok: false,
      error: 'other-nonce',
    });
  });

  test('for another e-ID of the same phone proves nothing for this one', () => {
    expect(check({ subject: '0000000000000000' })).toEqual({ ok: false, error: 'other-eid' });
  });

  test.each(['', 'EID1:AB', 'https://qr.example/pay'])('is not what reads %j', (code) => {
    expect(check({ code })).toEqual({ ok: false, error: 'not-ours' });
  });

  test('with a bit turned over anywhere proves nothing', () => {
    fc.assert(
      fc.property(fc.nat(), (bit) => !check({ code: flipped(answer, ANSWER_CODE_PREFIX, bit) }).ok),
      { numRuns: 100 },
    );
  });

  test('is never found in arbitrary text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2_000 }), (text) => {
        expect(check({ code: `${ANSWER_CODE_PREFIX}${text}` }).ok).toBe(false);
      }),
    );
  });
});
