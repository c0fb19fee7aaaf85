import { describe, expect, it } from 'vitest';
import type { PortraitDecoder } from '#contract/portrait-decoder.ts';
import { err, ok } from '#domain/result.ts';
import { consentText } from '#i18n/consent-text.ts';
import { openPasswordVerifier } from '#protocol/password-verifier.ts';
import { settle } from '../../../drivers/manual-timers.ts';
import { cardOf, ISSUED, openHall } from './hall.ts';

describe('a whole visit', () => {
  it('goes from the first touch to the e-ID and leaves nothing behind', async () => {
    const hall = openHall();
    await hall.goTo('review');
    expect(hall.screen('review').review).toMatchObject({
      application: 'full',
      name: '林示远',
      maskedNumber: '440***********0133',
      validUntil: '2036-07-01',
      cardPortrait: null,
    });
    await hall.goTo('deciding');
    hall.desk.decide(ISSUED);
    await settle();
    expect(hall.screen('issued').eid).toMatchObject({
      maskedName: '林**',
      code: 'EID1:TESTCODE',
      simulated: true,
    });
    hall.touch('continue');
    expect(hall.screen('slip').slip).toMatchObject({
      maskedName: '林**',
      maskedNumber: '440***********0133',
      sequence: 1,
      state: 'issued',
      print: { state: 'printing' },
    });
    hall.touch('finish');
    hall.screen('take-card');
    hall.drivers.lift();
    hall.screen('goodbye');
    await hall.nextCitizen();
    expect(hall.ends).toBe(1);
    expect(hall.drivers.renewals).toBe(1);
    expect(hall.errors).toBe(0);
    expect(hall.sessions.snapshot()).toMatchObject({ language: 'zh-CN', progress: null, canCancel: false });
    const after = JSON.stringify([hall.sessions.snapshot(), hall.audit]);
    for (const trace of ['林', '示远', '0133', 'EID1:', '荔湾']) expect(after).not.toContain(trace);
  });

  it('hands over everything that the registry needs, and a password that only the issuer can open', async () => {
    const hall = openHall();
    await hall.goTo('deciding');
    const [contents] = hall.desk.saved;
    if (!contents) throw new Error('nothing was saved');
    const lin = cardOf('lin');
    if (contents.holder.source !== 'card') throw new Error('no card was read');
    const { card } = contents.holder;
    expect(card.text).toEqual(lin.text);
    expect(card.record.number).toBe(lin.person.number);
    expect(card.photo.some((octet) => octet !== 0)).toBe(true);
    expect(contents.consent).toMatchObject({
      textVersion: consentText('zh-CN', 'full').version,
      language: 'zh-CN',
    });
    expect(contents.consent.textSha256.some((octet) => octet !== 0)).toBe(true);
    expect(contents.evidence.camera).toEqual({
      source: 'system',
      driver: 'uvcvideo',
      busPath: 'usb1/1-2/1-2:1.0',
    });
    expect(contents.comparison).toEqual({ result: 'cannot-tell', reason: 'no-decoder', distance: null });
    expect(contents.phone?.publicKey).toHaveLength(32);
    expect(contents.simulated).toBe(true);
    expect(contents).toMatchObject({ application: 'full', operator: null, witness: null });
    if (contents.password.kind !== 'chosen') throw new Error('no password was chosen');
    const { verifier } = contents.password;
    expect(openPasswordVerifier({ sealed: verifier, keyPair: hall.desk.keyPair }).ok).toBe(true);
  });

  it.each([
    [
      'decoded, and nothing reads its face',
      { decode: async () => ok({ mime: 'image/webp', bytes: new Uint8Array(4) }) },
      'card-face-unread',
    ],
    ['refused by its decoder', { decode: async () => err('failed') }, 'decoder-failed'],
    ['too much for its decoder', { decode: async () => err('too-slow') }, 'decoder-failed'],
    ['still with its decoder', { decode: () => new Promise<never>(() => {}) }, 'decoder-failed'],
    [
      'lost to a mistake of its decoder',
      { decode: () => Promise.reject(new Error('a bug')) },
      'decoder-failed',
    ],
    ['of a coding that nothing here reads', { decode: async () => err('no-decoder') }, 'no-decoder'],
  ] satisfies [string, PortraitDecoder, string][])(
    'tells why a card portrait cannot be compared: it was %s',
    async (_, decoder, reason) => {
      const hall = openHall({ decoder });
      await hall.goTo('deciding');
      expect(hall.desk.saved[0]?.comparison).toEqual({ result: 'cannot-tell', reason, distance: null });
    },
  );

  it('is audited in codes, from start to wipe', async () => {
    const hall = openHall();
    await hall.goTo('deciding');
    hall.desk.decide({ kind: 'referred', reason: 'referred-duplicate' });
    await settle();
    expect(hall.screen('waiting')).toMatchObject({ reason: 'referred', detail: 'referred-duplicate' });
    hall.touch('continue', 'finish');
    const types = hall.audit.map(({ type }) => type);
    expect(types[0]).toBe('session.started');
    expect(types.slice(-2)).toEqual(['session.wiped', 'session.ended']);
    expect(hall.audit.filter(({ type }) => type === 'session.step').map(({ fields }) => fields.to)).toEqual([
      'visit',
      'consent',
      'phone',
      'phone-confirm',
      'password',
      'card',
      'face',
      'review',
      'saving',
      'deciding',
      'slip',
    ]);
    expect(new Set(hall.audit.map(({ fields }) => fields.sessionId)).size).toBe(1);
    expect(hall.audit.find(({ type }) => type === 'session.ended')?.fields).toMatchObject({
      outcome: 'referred',
      reason: 'finish',
    });
  });

  it('keeps its language until the end, and the next begins in Chinese', async () => {
    const hall = openHall();
    hall.touch('start');
    hall.sessions.act({ type: 'choose-language', language: 'en' });
    hall.screen('visit');
    expect(hall.sessions.snapshot().language).toBe('en');
    hall.comeFor('full');
    hall.touch('agree');
    hall.sessions.reset();
    expect(hall.sessions.snapshot()).toMatchObject({ language: 'en', screen: { name: 'goodbye' } });
    await hall.nextCitizen();
    expect(hall.sessions.snapshot().language).toBe('zh-CN');
  });

  it('numbers its pictures upwards and sends none twice', async () => {
    const hall = openHall();
    await hall.goTo('deciding');
    const numbers = hall.snapshots.map(({ number }) => number);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(new Set(numbers).size).toBe(numbers.length);
    const looks = hall.snapshots.map(({ number, ...rest }) => JSON.stringify(rest));
    for (const [index, look] of looks.entries()) expect(look).not.toBe(looks[index - 1]);
  });
});

describe('offline', () => {
  it('nobody waits for a decision', async () => {
    const hall = openHall();
    hall.desk.setStanding({ online: false });
    await hall.goTo('review');
    expect(hall.sessions.snapshot().notices.offline).toBe(true);
    hall.touch('submit');
    expect(hall.screen('waiting')).toMatchObject({ reason: 'offline' });
    hall.touch('continue');
    expect(hall.screen('slip').slip.state).toBe('waiting');
  });

  it('a decision that never comes ends as "not yet"', async () => {
    const hall = openHall();
    await hall.goTo('deciding');
    await hall.timers.advance(10_001);
    expect(hall.screen('waiting').reason).toBe('not-yet');
    hall.desk.decide(ISSUED);
    await settle();
    expect(hall.screen('waiting').reason).toBe('not-yet');
  });
});
