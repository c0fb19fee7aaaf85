import { describe, expect, it } from 'vitest';
import { citizenNumberCheckCharacter } from '#domain/identity/citizen-number.ts';
import { consentText } from '#i18n/consent-text.ts';
import { openPasswordProof, openPasswordVerifier } from '#protocol/password-verifier.ts';
import { settle } from '../../../drivers/manual-timers.ts';
import { cardOf, type Hall, ISSUED, openHall, PASSWORD } from './hall.ts';

const LIN = cardOf('lin').person;

function saved(hall: Hall) {
  const [contents] = hall.desk.saved;
  if (!contents) throw new Error('nothing was saved');
  return contents;
}

/** Nothing that the citizen typed or scanned is told to anybody after the end. */
async function expectNothingLeft(hall: Hall) {
  await hall.nextCitizen();
  expect(hall.errors).toBe(0);
  const after = JSON.stringify([hall.sessions.snapshot(), hall.audit]);
  for (const trace of ['林', '示远', '0133', LIN.number, PASSWORD, 'EID1:'])
    expect(after).not.toContain(trace);
}

describe('a visit for the basic grade', () => {
  it('goes from the typed number to an e-ID in black and white, and leaves nothing behind', async () => {
    const hall = openHall();
    await hall.goTo('review', 'basic');
    expect(hall.screen('review').review).toMatchObject({
      application: 'basic',
      name: '林示远',
      maskedNumber: '440***********0133',
      validUntil: null,
      cardPortrait: null,
    });
    await hall.goTo('deciding', 'basic');
    hall.desk.decide(ISSUED);
    await settle();
    expect(hall.screen('issued').eid).toMatchObject({ grade: 'basic', maskedName: '林**' });
    hall.touch('continue');
    expect(hall.screen('slip').slip).toMatchObject({
      application: 'basic',
      maskedName: '林**',
      maskedNumber: '440***********0133',
      state: 'issued',
      statement: 'EIDS1:TESTSTATEMENT',
    });
    hall.touch('finish');
    hall.screen('goodbye');
    await expectNothingLeft(hall);
  });

  it('hands over what was typed, and says that there was no card', async () => {
    const hall = openHall();
    await hall.goTo('deciding', 'basic');
    const contents = saved(hall);
    expect(contents).toMatchObject({
      application: 'basic',
      holder: { source: 'typed', typed: { number: LIN.number, name: '林示远' } },
      consent: { textVersion: consentText('zh-CN', 'basic').version },
      comparison: { result: 'cannot-tell', reason: 'no-card', distance: null },
      password: { kind: 'chosen' },
    });
    expect(contents.phone?.publicKey).toHaveLength(32);
    if (contents.password.kind !== 'chosen') throw new Error('no password was chosen');
    const { verifier } = contents.password;
    expect(openPasswordVerifier({ sealed: verifier, keyPair: hall.desk.keyPair }).ok).toBe(true);
  });

  it.each([
    ['4401031990061401', 'wrong-length'],
    ['44010319900614O133', 'not-digits'],
    ['440103199006140132', 'wrong-check-character'],
    [`44010319901314013${citizenNumberCheckCharacter('44010319901314013')}`, 'no-such-birth'],
  ] as const)('refuses the number %s as %s, and takes it when it is mended', async (number, problem) => {
    const hall = openHall();
    await hall.goTo('number', 'basic');
    expect(hall.sessions.submitNumber(number)).toBe(true);
    expect(hall.screen('number').problem).toBe(problem);
    hall.sessions.submitNumber(LIN.number);
    hall.screen('name');
  });

  it.each([
    ['　 ', 'empty'],
    ['林示远林示远林示远林示远林示远林示远', 'too-long'],
    ['林2', 'not-a-name'],
  ] as const)('refuses the name “%s” as %s', async (name, problem) => {
    const hall = openHall();
    await hall.goTo('name', 'basic');
    expect(hall.sessions.submitName(name)).toBe(true);
    expect(hall.screen('name').problem).toBe(problem);
    hall.sessions.submitName(LIN.name);
    hall.screen('face');
  });

  it('keeps a name in the one form that is compared', async () => {
    const hall = openHall();
    await hall.goTo('name', 'basic');
    hall.sessions.submitName(' 阿依努尔•买买提');
    await hall.goTo('review', 'basic');
    expect(hall.screen('review').review.name).toBe('阿依努尔·买买提');
  });

  it.each(['teenager', 'child'])('of a %s: come with your guardian, and nothing is kept', async (id) => {
    const hall = openHall();
    await hall.goTo('number', 'basic');
    hall.sessions.submitNumber(cardOf(id).person.number);
    expect(hall.screen('ticket').ticket).toMatchObject({ reason: 'guardian', step: 'number' });
    expect(hall.sessions.submitName(LIN.name)).toBe(false);
    expect(hall.audit.map(({ type }) => type)).toContain('session.wiped');
    expect(hall.desk.saved).toEqual([]);
  });

  it('with a password that can be read off the number: another is chosen, and the number need not be typed again', async () => {
    const hall = openHall();
    await hall.goTo('password', 'basic');
    await hall.sessions.submitPassword({ password: '19900614', repeat: '19900614' });
    hall.sessions.submitNumber(LIN.number);
    expect(hall.screen('password').problem).toBe('too-simple');
    await hall.sessions.submitPassword({ password: '06141990', repeat: '06141990' });
    expect(hall.screen('password').problem).toBe('too-simple');
    await hall.sessions.submitPassword({ password: PASSWORD, repeat: PASSWORD });
    hall.screen('name');
  });

  it('with a number that is typed anew: the password is compared with the new one as well', async () => {
    const hall = openHall();
    await hall.goTo('password', 'basic');
    await hall.sessions.submitPassword({ password: '19900614', repeat: '19900614' });
    hall.sessions.submitNumber(cardOf('mei').person.number);
    hall.screen('name');
    hall.touch('back');
    expect(hall.screen('number').problem).toBeNull();
    hall.sessions.submitNumber(LIN.number);
    expect(hall.screen('password').problem).toBe('too-simple');
  });
});

describe('the name that a phone tells', () => {
  it('is suggested, and can be changed', async () => {
    const hall = openHall();
    await hall.goTo('phone', 'basic');
    hall.drivers.scan(hall.phoneCode('林示远'));
    await hall.goTo('name', 'basic');
    expect(hall.screen('name').suggested).toBe('林示远');
    hall.sessions.submitName('林示原');
    await hall.goTo('review', 'basic');
    expect(hall.screen('review').review.name).toBe('林示原');
  });

  it('is not suggested when it is none that could stand on a card', async () => {
    const hall = openHall();
    await hall.goTo('phone', 'basic');
    hall.drivers.scan(hall.phoneCode('my phone 2'));
    await hall.goTo('name', 'basic');
    expect(hall.screen('name').suggested).toBeNull();
  });

  it('goes with the phone when another one is shown', async () => {
    const hall = openHall();
    await hall.goTo('phone', 'basic');
    hall.drivers.scan(hall.phoneCode('林示远'));
    hall.touch('other-phone');
    hall.drivers.scan(hall.phoneCode());
    await hall.goTo('name', 'basic');
    expect(hall.screen('name').suggested).toBeNull();
  });
});

describe('a visit without a phone', () => {
  it.each(['full', 'basic', 'upgrade'] as const)(
    'for %s ends with an e-ID that a desk hands over',
    async (visit) => {
      const hall = openHall();
      await hall.goTo('phone', visit);
      hall.touch('no-phone');
      hall.screen('password');
      hall.touch('back');
      hall.screen('phone');
      hall.touch('no-phone');
      await hall.goTo('review', visit);
      expect(hall.screen('review').review.phoneLastFour).toBeNull();
      await hall.goTo('deciding', visit);
      expect(saved(hall).phone).toBeNull();
      hall.desk.decide({ kind: 'collect' });
      await settle();
      hall.screen('collect');
      hall.touch('continue');
      expect(hall.screen('slip').slip).toMatchObject({ application: visit, state: 'collect' });
    },
  );

  it('forgets the phone that was confirmed before', async () => {
    const hall = openHall();
    await hall.goTo('password');
    hall.touch('back', 'back', 'no-phone');
    await hall.goTo('deciding');
    expect(saved(hall).phone).toBeNull();
  });

  it('is possible while the scanner is missing', async () => {
    const hall = openHall();
    hall.drivers.setState('scanner', 'absent');
    await hall.goTo('phone', 'basic');
    expect(hall.screen('phone').problem).toBe('scanner-missing');
    hall.touch('no-phone');
    hall.screen('password');
  });
});

describe('a visit for the upgrade', () => {
  it('asks for the password of the basic e-ID once, and seals it for the issuer as it was typed', async () => {
    const hall = openHall();
    await hall.goTo('password', 'upgrade');
    expect(hall.screen('password').purpose).toBe('prove');
    await hall.goTo('deciding', 'upgrade');
    const { application, holder, password, consent } = saved(hall);
    expect([application, holder.source, consent.textVersion]).toEqual([
      'upgrade',
      'card',
      consentText('zh-CN', 'upgrade').version,
    ]);
    if (password.kind !== 'proof') throw new Error('no password was proven');
    const opened = openPasswordProof({ sealed: password.sealed, keyPair: hall.desk.keyPair });
    expect(opened.ok && new TextDecoder().decode(opened.value)).toBe(PASSWORD);
    hall.desk.decide(ISSUED);
    await settle();
    expect(hall.screen('issued').eid.grade).toBe('full');
    hall.touch('continue', 'finish');
    hall.drivers.lift();
    await expectNothingLeft(hall);
  });

  it.each(['12345678', '19900614'])(
    'takes the password %s, which nobody may choose any more',
    async (password) => {
      const hall = openHall();
      await hall.goTo('password', 'upgrade');
      await hall.sessions.submitPassword({ password, repeat: null });
      hall.screen('card');
      hall.drivers.lay(cardOf('lin'));
      hall.screen('face');
    },
  );

  it.each(['1234567', '1234567８', ''])('refuses “%s”, which is none', async (password) => {
    const hall = openHall();
    await hall.goTo('password', 'upgrade');
    await hall.sessions.submitPassword({ password, repeat: null });
    expect(hall.screen('password').problem).toBe('wrong-length');
  });
});

describe('a visit to report a loss', () => {
  it('needs number, password and face, neither phone nor name nor card, and ends the e-ID', async () => {
    const hall = openHall();
    await hall.goTo('password', 'report-lost');
    expect(hall.screen('password').purpose).toBe('prove');
    await hall.goTo('review', 'report-lost');
    expect(hall.screen('review').review).toMatchObject({
      application: 'report-lost',
      name: null,
      maskedNumber: '440***********0133',
      validUntil: null,
      phoneLastFour: null,
    });
    await hall.goTo('deciding', 'report-lost');
    expect(saved(hall)).toMatchObject({
      application: 'report-lost',
      holder: { source: 'typed', typed: { number: LIN.number, name: null } },
      phone: null,
      password: { kind: 'proof' },
      comparison: { reason: 'no-card' },
    });
    hall.desk.decide({ kind: 'revoked' });
    await settle();
    hall.screen('revoked');
    hall.touch('continue');
    expect(hall.screen('slip').slip).toMatchObject({
      application: 'report-lost',
      maskedName: null,
      state: 'revoked',
    });
    hall.touch('finish');
    const devices = hall.drivers.commands.map(({ type }) => type);
    expect(devices).not.toContain('scanner.start');
    expect(devices).not.toContain('reader.read');
    await expectNothingLeft(hall);
  });

  it('says offline that it waits, and what for', async () => {
    const hall = openHall();
    hall.desk.setStanding({ online: false });
    await hall.goTo('review', 'report-lost');
    hall.touch('submit');
    expect(hall.screen('waiting')).toMatchObject({ application: 'report-lost', reason: 'offline' });
  });

  it('is told that the password was wrong too often', async () => {
    const hall = openHall();
    await hall.goTo('deciding', 'report-lost');
    hall.desk.decide({ kind: 'rejected', reason: 'rejected-password-blocked' });
    await settle();
    expect(hall.screen('rejected')).toMatchObject({
      application: 'report-lost',
      reason: 'rejected-password-blocked',
    });
  });

  it('leads back from the password to the number, which is typed anew', async () => {
    const hall = openHall();
    await hall.goTo('password', 'report-lost');
    hall.touch('back');
    hall.screen('number');
    hall.touch('back');
    hall.screen('consent');
  });
});

describe('a second choice of a visit', () => {
  it('forgets what the first one gathered', async () => {
    const hall = openHall();
    await hall.goTo('password');
    await hall.sessions.submitPassword({ password: '19900614', repeat: '19900614' });
    hall.drivers.lay(cardOf('lin'));
    // The card is known, and the password has to be chosen again.
    hall.touch('back', 'back', 'back', 'back');
    await hall.goTo('deciding', 'report-lost');
    expect(saved(hall)).toMatchObject({
      holder: { source: 'typed' },
      phone: null,
      password: { kind: 'proof' },
    });
  });

  it('of the same visit asks for the card again', async () => {
    const hall = openHall();
    await hall.goTo('password');
    await hall.sessions.submitPassword({ password: '19900614', repeat: '19900614' });
    hall.drivers.lay(cardOf('lin'));
    hall.touch('back', 'back', 'back', 'back');
    await hall.goTo('card');
    expect(hall.screen('card')).toMatchObject({ state: 'waiting', problem: 'lift-and-replace' });
    hall.drivers.lift();
    hall.drivers.lay(cardOf('lin'));
    hall.screen('face');
  });

  it('drops a card portrait that is decoded after it', async () => {
    const decoded = new Uint8Array([1, 2, 3, 4]);
    let finish: () => void = () => {};
    const hall = openHall({
      decoder: {
        decode: () =>
          new Promise((resolve) => {
            finish = () => resolve({ ok: true, value: { mime: 'image/webp', bytes: decoded } });
          }),
      },
    });
    await hall.goTo('password');
    await hall.sessions.submitPassword({ password: '19900614', repeat: '19900614' });
    hall.drivers.lay(cardOf('lin'));
    hall.touch('back', 'back', 'back', 'back');
    await hall.goTo('consent', 'basic');
    finish();
    await settle();
    expect([...decoded]).toEqual([0, 0, 0, 0]);
    await hall.goTo('review', 'basic');
    expect(hall.screen('review').review.cardPortrait).toBeNull();
  });

  it('is told to the audit once for each visit', async () => {
    const hall = openHall();
    await hall.goTo('consent', 'upgrade');
    hall.touch('back');
    hall.comeFor('basic');
    const chosen = hall.audit.filter(({ type }) => type === 'session.visit-chosen');
    expect(chosen.map(({ fields }) => fields.visit)).toEqual(['upgrade', 'basic']);
  });
});

describe('number and name', () => {
  it('arrive when nobody is asked for them', async () => {
    const hall = openHall();
    await hall.goTo('consent', 'basic');
    expect(hall.sessions.submitNumber(LIN.number)).toBe(false);
    expect(hall.sessions.submitName(LIN.name)).toBe(false);
    hall.screen('consent');
  });

  it('arrive while help lies over their step', async () => {
    const hall = openHall();
    await hall.goTo('number', 'basic');
    hall.touch('open-help');
    expect(hall.sessions.submitNumber(LIN.number)).toBe(false);
    hall.touch('close-help');
    expect(hall.sessions.submitNumber(LIN.number)).toBe(true);
  });

  it('keep the citizen awake', async () => {
    const hall = openHall();
    await hall.goTo('number', 'basic');
    await hall.timers.advance(119_000);
    hall.sessions.submitNumber('44');
    await hall.timers.advance(119_000);
    expect(hall.sessions.snapshot().idleSecondsLeft).toBeNull();
    await hall.timers.advance(32_000);
    hall.screen('goodbye');
  });
});
