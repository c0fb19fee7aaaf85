import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeReferencePhone } from '#phone/reference-phone.ts';
import { encodeEidCode, signEid } from '#protocol/eid-token.ts';
import { checkAnswerCode, makeChallengeCode, readChallengeCode } from '#protocol/holder-answer.ts';
import { lastFourOf, readPhoneCode } from '#protocol/phone-code.ts';
import { issuerSigner, sampleClaims } from '../protocol/sample.ts';

const seed = new Uint8Array(32).fill(7);
const now = () => Date.UTC(2026, 10, 23, 2, 15);

describe('the reference phone', () => {
  it('shows a code that a terminal accepts, signed by its own key', () => {
    const phone = makeReferencePhone({ seed, now, name: 'Demo phone' });
    const read = readPhoneCode(phone.code());
    expect(read.ok && read.value.publicKey).toEqual(phone.publicKey);
    expect(read.ok && read.value.phoneTime).toBe(now());
    expect(read.ok && read.value.name).toBe('Demo phone');
  });

  it('never shows the same code twice', () => {
    const phone = makeReferencePhone({ seed, now });
    const codes = Array.from({ length: 20 }, () => phone.code());
    expect(new Set(codes).size).toBe(20);
  });

  it('shows the four characters that the terminal works out from its key', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (ownSeed) => {
        const phone = makeReferencePhone({ seed: ownSeed, now });
        return phone.lastFour === lastFourOf(phone.publicKey) && phone.lastFour.length === 4;
      }),
      { numRuns: 8 },
    );
  });

  it('is the same phone for the same seed and another for another', () => {
    const other = makeReferencePhone({ seed: new Uint8Array(32).fill(8), now });
    const phone = makeReferencePhone({ seed, now });
    expect(makeReferencePhone({ seed, now }).publicKey).toEqual(phone.publicKey);
    expect(other.publicKey).not.toEqual(phone.publicKey);
  });

  const challenge = { nonce: new Uint8Array(16).fill(3), asker: '天河政务服务中心 7 号机' };
  const subject = 'K7M2Q9XD4TB8WZ3A';
  async function eidFor(holderKey: Uint8Array | null): Promise<string> {
    const claims = { ...sampleClaims, subject, holderKey };
    return encodeEidCode(signEid({ claims, signer: issuerSigner }));
  }

  it('answers a challenge with the key that its e-ID names, once it has one', async () => {
    const phone = makeReferencePhone({ seed, now });
    const code = makeChallengeCode(challenge);
    expect(phone.answer(code)).toEqual({ ok: false, error: 'no-eid' });
    expect(await phone.keep(await eidFor(phone.publicKey))).toMatchObject({ ok: true });
    const answer = phone.answer(code);
    if (!answer.ok) throw new Error(answer.error);
    const holderKey = phone.publicKey;
    expect(checkAnswerCode({ code: answer.value, challenge, subject, holderKey })).toMatchObject({
      ok: true,
    });
  });

  it('keeps no e-ID of another phone, of no phone, or none at all', async () => {
    const phone = makeReferencePhone({ seed, now });
    const other = makeReferencePhone({ seed: new Uint8Array(32).fill(8), now });
    expect(await phone.keep(await eidFor(other.publicKey))).toEqual({ ok: false, error: 'not-my-eid' });
    expect(await phone.keep(await eidFor(null))).toEqual({ ok: false, error: 'not-my-eid' });
    expect(await phone.keep('EID1:NONSENSE')).toEqual({ ok: false, error: 'malformed' });
    expect(await phone.keep('https://qr.example/pay')).toEqual({ ok: false, error: 'not-ours' });
    expect(phone.eid()).toBeNull();
  });

  it('signs nothing that is not a challenge: it could be a request in its name', async () => {
    const phone = makeReferencePhone({ seed, now });
    await phone.keep(await eidFor(phone.publicKey));
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        expect(phone.answer(text)).toEqual({ ok: false, error: 'not-ours' });
        const behindPrefix = phone.answer(`EIDN1:${text}`);
        if (behindPrefix.ok) expect(readChallengeCode(`EIDN1:${text}`).ok).toBe(true);
      }),
    );
  });
});
