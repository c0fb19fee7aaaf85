import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CheckedEid } from '#domain/session/snapshot.ts';
import { decodeEidCode, encodeEidCode } from '#protocol/eid-token.ts';
import { makeAnswerCode, readChallengeCode } from '#protocol/holder-answer.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import { eventually, station } from '../desk/station-lab.ts';
import {
  type CheckLab,
  checkLab,
  DAY,
  type ListState,
  otherPhone,
  phone,
  stranger,
  wholeSecond,
} from './check-lab.ts';

/** Online, with the time proven, so that dates count. */
async function onlineLab(): Promise<CheckLab> {
  const lab = await checkLab();
  lab.target.desk.start();
  // Block 1 is asked for once block 0 is stored.
  await eventually('the first round is over', () => lab.asked() >= 2);
  await eventually('the time is proven', () => lab.target.desk.desk.standing().clockTrust === 'synchronised');
  return lab;
}

async function checked({ target }: CheckLab, code: string): Promise<CheckedEid> {
  const answer = await target.desk.checkDesk.checkEid(code);
  if (!answer.ok) throw new Error(answer.error);
  return answer.value;
}
const notValid = (because: string) => ({ result: 'not-valid', because });
const cannotTell = (because: string) => ({ result: 'cannot-tell', because });

describe('an e-ID shown to the terminal', () => {
  test('of the issuer, in time and not revoked is valid, and nothing is said of who shows it', async () => {
    const lab = await onlineLab();
    const found = await checked(lab, await lab.eid());
    expect(found).toMatchObject({
      verdict: { result: 'valid', grade: 'full', simulated: true },
      eid: { maskedName: '林**', subject: 'K7M2Q9XD4TB8WZ3A', grade: 'full' },
      statusAsOf: lab.list.issuedAt,
      holder: 'not-shown',
    });
    expect(found.challenge).toMatch(/^EIDN1:/);
  });

  test('is checked without a network by the list that was fetched before', async () => {
    const lab = await onlineLab();
    const before = lab.asked();
    lab.list.cut = true;
    const offline = await lab.target.restarted();
    offline.desk.start();
    await eventually('the line is known to be down', () => offline.logged.includes('sync.no-time'));
    const answer = await offline.desk.checkDesk.checkEid(await lab.eid());
    expect(answer).toMatchObject({ ok: true, value: { verdict: { result: 'valid' } } });
    expect(lab.asked()).toBe(before);
  });

  test('of another issuer is not valid, and not called forged', async () => {
    const lab = await onlineLab();
    expect(await checked(lab, await lab.eid({}, stranger))).toEqual({
      verdict: notValid('other-issuer'),
      eid: null,
      statusAsOf: null,
      holder: 'no-phone',
      challenge: null,
    });
  });

  test("forged under the issuer's name is not valid", async () => {
    const lab = await onlineLab();
    const { issuer } = lab.registry.installed.registry;
    const forged = await lab.eid({ grade: 'full' }, { ...stranger, kid: issuer.kid });
    expect(await checked(lab, forged)).toMatchObject({ verdict: notValid('forged'), eid: null });
  });

  test('with one bit turned over is not valid, wherever the bit is', async () => {
    const lab = await onlineLab();
    const octets = await decodeEidCode(await lab.eid());
    if (!octets.ok) throw new Error(octets.error);
    const { value } = octets;
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: value.length * 8 - 1 }), async (bit) => {
        const changed = value.slice();
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const found = await checked(lab, await encodeEidCode(changed));
        expect(found.verdict.result).toBe('not-valid');
        expect(found.eid).toBeNull();
      }),
      // A bit of the key's id makes it another issuer's, for which the trust list is asked for anew.
      { numRuns: 40 },
    );
  });

  test('that has expired is not valid', async () => {
    const lab = await onlineLab();
    const over = await lab.eid({ expiresAt: wholeSecond(Date.now()) - 1000 });
    const found = await checked(lab, over);
    expect(found).toMatchObject({ verdict: notValid('expired'), challenge: null });
  });

  test('that is from tomorrow is not valid yet', async () => {
    const lab = await onlineLab();
    const early = await lab.eid({ issuedAt: wholeSecond(Date.now()) + DAY });
    expect(await checked(lab, early)).toMatchObject({ verdict: notValid('not-yet-valid') });
  });

  test('that was revoked is not valid, and its neighbours in the list are', async () => {
    const lab = await checkLab();
    lab.list.revoked = [7];
    lab.target.desk.start();
    await eventually('time', () => lab.target.desk.desk.standing().clockTrust === 'synchronised');
    const found = await checked(lab, await lab.eid());
    expect(found).toMatchObject({ verdict: notValid('revoked'), challenge: null });
    expect(await checked(lab, await lab.eid({ statusIndex: 8 }))).toMatchObject({
      verdict: { result: 'valid' },
    });
  });

  test('cannot be told by a status list that is over', async () => {
    const lab = await checkLab();
    lab.list.issuedAt = wholeSecond(Date.now()) - 3 * DAY;
    lab.list.expiresAt = lab.list.issuedAt + DAY;
    lab.target.desk.start();
    await eventually('time', () => lab.target.desk.desk.standing().clockTrust === 'synchronised');
    const found = await checked(lab, await lab.eid());
    expect(found).toMatchObject({
      verdict: cannotTell('status-list-stale'),
      statusAsOf: lab.list.issuedAt,
    });
  });

  test.each<[string, Partial<ListState>]>([
    ['there is none', { missing: true }],
    ['a stranger signed it', { signer: stranger }],
    ['it is of another block', { block: 3 }],
  ])('cannot be told without a status list: %s', async (_, spoilt) => {
    const lab = await checkLab();
    Object.assign(lab.list, spoilt);
    lab.target.desk.start();
    await eventually('time', () => lab.target.desk.desk.standing().clockTrust === 'synchronised');
    expect(await checked(lab, await lab.eid())).toMatchObject({ verdict: cannotTell('no-status-list') });
  });

  test('that was revoked stays so when an older list is replayed', async () => {
    const lab = await checkLab();
    lab.list.revoked = [7];
    lab.target.desk.start();
    await eventually('time', () => lab.target.desk.desk.standing().clockTrust === 'synchronised');
    expect(await checked(lab, await lab.eid())).toMatchObject({ verdict: notValid('revoked') });
    lab.list.revoked = [];
    lab.list.issuedAt -= 1000;
    const again = await lab.target.restarted();
    again.desk.start();
    await eventually('the replayed list came', () => again.logged.length > 0 && lab.asked() >= 3);
    const answer = await again.desk.checkDesk.checkEid(await lab.eid());
    expect(answer).toMatchObject({ value: { verdict: notValid('revoked') } });
  });

  test('that was revoked within the second in which the list before was signed is not valid', async () => {
    const lab = await onlineLab();
    expect(await checked(lab, await lab.eid())).toMatchObject({ verdict: { result: 'valid' } });
    lab.list.revoked = [7];
    const again = await lab.target.restarted();
    const answer = await again.desk.checkDesk.checkEid(await lab.eid());
    expect(answer).toMatchObject({ value: { verdict: notValid('revoked') } });
  });

  test('is judged by the time that the registry proved, whatever the wall clock shows', async () => {
    const lab = await checkLab({ settings: { clockShift: 400 * DAY } });
    const offline = await lab.target.desk.checkDesk.checkEid(await lab.eid());
    expect(offline).toMatchObject({ value: { verdict: cannotTell('clock-doubtful') } });
    lab.target.desk.start();
    await eventually('time', () => lab.target.desk.desk.standing().clockTrust === 'doubtful');
    expect(await checked(lab, await lab.eid())).toMatchObject({ verdict: { result: 'valid' } });
  });

  test('cannot be told at a place that belongs to no registry yet', async () => {
    const lab = await checkLab();
    const fresh = await station();
    const answer = await fresh.desk.checkDesk.checkEid(await lab.eid());
    expect(answer).toMatchObject({ value: { verdict: cannotTell('no-trust-list'), eid: null } });
  });

  test('that is simulated is not valid in a pilot', async () => {
    const lab = await checkLab({ settings: { settings: { mode: 'pilot' } } });
    lab.target.desk.start();
    await eventually('time', () => lab.target.desk.desk.standing().clockTrust === 'synchronised');
    expect(await checked(lab, await lab.eid())).toMatchObject({ verdict: notValid('simulated') });
    expect(await checked(lab, await lab.eid({ simulated: false }))).toMatchObject({
      verdict: { result: 'valid' },
    });
  });

  test('is not what another code is; nonsense behind the prefix is no e-ID', async () => {
    const lab = await onlineLab();
    for (const code of ['', 'EIDP1:AB', 'https://qr.example/pay']) {
      expect(await lab.target.desk.checkDesk.checkEid(code)).toEqual({ ok: false, error: 'not-ours' });
    }
    expect(await checked(lab, 'EID1:NONSENSE')).toMatchObject({ verdict: notValid('not-an-eid') });
  });

  test('does not wait for a registry that does not answer', async () => {
    const lab = await onlineLab();
    lab.list.delay = 60_000;
    const again = await lab.target.restarted();
    // Not started: its line is not known to be down, so that it is tried.
    const before = performance.now();
    const answer = await again.desk.checkDesk.checkEid(await lab.eid());
    expect(answer).toMatchObject({ value: { verdict: { result: 'valid' } } });
    expect(performance.now() - before).toBeLessThan(8_000);
  });
});

describe('the holder of an e-ID', () => {
  const SUBJECT = 'K7M2Q9XD4TB8WZ3A';
  function answerTo(found: CheckedEid, signer: Signer = phone): string {
    const challenge = readChallengeCode(found.challenge ?? '');
    if (!challenge.ok) throw new Error('no challenge');
    return makeAnswerCode({ challenge: challenge.value, subject: SUBJECT, signer });
  }
  async function answered(lab: CheckLab, code: string): Promise<CheckedEid> {
    const answer = await lab.target.desk.checkDesk.checkAnswer(code);
    if (!answer.ok) throw new Error(answer.error);
    return answer.value;
  }

  test("is proven by the phone's answer to this terminal's challenge", async () => {
    const lab = await onlineLab();
    const found = await checked(lab, await lab.eid());
    const proven = await answered(lab, answerTo(found));
    expect(proven).toEqual({ ...found, holder: 'same-holder', challenge: null });
  });

  test('of an e-ID without a phone cannot be proven', async () => {
    const lab = await onlineLab();
    const found = await checked(lab, await lab.eid({ holderKey: null }));
    expect(found).toMatchObject({ verdict: { result: 'valid' }, holder: 'no-phone', challenge: null });
    expect((await lab.target.desk.checkDesk.checkAnswer('EIDA1:AB')).ok).toBe(false);
  });

  test('is not proven by another phone, which gets no second answer to the same challenge', async () => {
    const lab = await onlineLab();
    const found = await checked(lab, await lab.eid());
    const wrong = await answered(lab, answerTo(found, otherPhone));
    expect(wrong).toMatchObject({ holder: 'other-phone', verdict: found.verdict });
    expect(wrong.challenge).not.toBe(found.challenge);
    // The right phone's answer to the spent challenge is too late; to the new one it counts.
    expect(await answered(lab, answerTo(found))).toMatchObject({ holder: 'other-phone' });
    const last = await checked(lab, await lab.eid());
    expect(await answered(lab, answerTo(last))).toMatchObject({ holder: 'same-holder' });
  });

  test('is not proven by an answer to another nonce', async () => {
    const lab = await onlineLab();
    const first = await checked(lab, await lab.eid());
    await checked(lab, await lab.eid());
    expect(await answered(lab, answerTo(first))).toMatchObject({ holder: 'other-phone' });
  });

  test('is not proven by an answer that is replayed to the next check', async () => {
    const lab = await onlineLab();
    const answer = answerTo(await checked(lab, await lab.eid()));
    expect(await answered(lab, answer)).toMatchObject({ holder: 'same-holder' });
    await checked(lab, await lab.eid());
    expect(await answered(lab, answer)).toMatchObject({ holder: 'other-phone' });
  });

  test('stays proven while the scanner reads the same answer over and over', async () => {
    const lab = await onlineLab();
    const answer = answerTo(await checked(lab, await lab.eid()));
    for (let reading = 0; reading < 3; reading += 1) {
      expect(await answered(lab, answer)).toMatchObject({ holder: 'same-holder', challenge: null });
    }
  });

  test('is asked anew, with the same challenge standing, when a code was no answer', async () => {
    const lab = await onlineLab();
    const found = await checked(lab, await lab.eid());
    for (const code of ['https://qr.example/pay', 'EIDA1:NONSENSE']) {
      expect(await lab.target.desk.checkDesk.checkAnswer(code)).toEqual({ ok: false, error: 'not-ours' });
    }
    expect(await answered(lab, answerTo(found))).toMatchObject({ holder: 'same-holder' });
  });

  test('is forgotten with the session: the answer comes too late', async () => {
    const lab = await onlineLab();
    const answer = answerTo(await checked(lab, await lab.eid()));
    lab.target.desk.checkDesk.forget();
    expect(await lab.target.desk.checkDesk.checkAnswer(answer)).toEqual({ ok: false, error: 'not-ours' });
  });

  test('is not kept by a check that ends after the session did', async () => {
    const lab = await onlineLab();
    const checking = lab.target.desk.checkDesk.checkEid(await lab.eid());
    lab.target.desk.checkDesk.forget();
    const found = await checking;
    if (!found.ok) throw new Error(found.error);
    const answer = await lab.target.desk.checkDesk.checkAnswer(answerTo(found.value));
    expect(answer).toEqual({ ok: false, error: 'not-ours' });
  });
});
