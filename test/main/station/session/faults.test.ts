import { describe, expect, it, vi } from 'vitest';
import type { CalendarDate } from '#domain/identity/calendar-date.ts';
import { err } from '#domain/result.ts';
import { settle } from '../../../drivers/manual-timers.ts';
import { cardOf, type Hall, ISSUED, openHall, otherCardOf, PASSWORD, rememberedCodes } from './hall.ts';

describe('the phone', () => {
  it('shows a payment code: not ours, and the scanner goes on', async () => {
    const hall = openHall();
    await hall.goTo('phone');
    hall.drivers.scan('https://example.invalid/pay?to=1');
    expect(hall.screen('phone').problem).toBe('not-ours');
    hall.drivers.scan(hall.phoneCode());
    hall.screen('phone-confirm');
    expect(hall.drivers.scanning).toBe(false);
  });

  it('shows a pairing code with one character changed, wherever: it cannot be verified, a fresh one can', async () => {
    const hall = openHall();
    await hall.goTo('phone');
    const code = hall.phoneCode();
    for (let at = 'EIDP1:'.length; at < code.length; at += 1) {
      hall.drivers.scan('https://example.invalid/');
      hall.drivers.scan(code.slice(0, at) + (code[at] === 'A' ? 'B' : 'A') + code.slice(at + 1));
      expect(hall.screen('phone').problem).toBe('bad-signature');
    }
    hall.drivers.scan(code);
    hall.screen('phone-confirm');
  });

  it('shows a code that an earlier visitor was paired with', async () => {
    const hall = openHall();
    const code = hall.phoneCode();
    await hall.goTo('phone');
    hall.drivers.scan(code);
    hall.touch('confirm-phone');
    hall.sessions.reset();
    await hall.nextCitizen();
    await hall.goTo('phone');
    hall.drivers.scan(code);
    expect(hall.screen('phone').problem).toBe('used-before');
  });

  it('shows a code that an earlier visitor was paired with before the terminal was switched off', async () => {
    const usedPhoneCodes = rememberedCodes();
    const before = openHall({ usedPhoneCodes });
    const code = before.phoneCode();
    await before.goTo('phone');
    before.drivers.scan(code);
    before.touch('confirm-phone');
    before.sessions.stop();
    const after = openHall({ usedPhoneCodes });
    await after.goTo('phone');
    after.drivers.scan(code);
    expect(after.screen('phone').problem).toBe('used-before');
  });

  it('is another one than the last four characters say: it is forgotten and may be shown again', async () => {
    const hall = openHall();
    const code = hall.phoneCode();
    await hall.goTo('phone');
    hall.drivers.scan(code);
    expect(hall.screen('phone-confirm').lastFour).toMatch(/^[0-9A-Z]{4}$/);
    hall.touch('other-phone');
    expect(hall.screen('phone').problem).toBeNull();
    hall.drivers.scan(code);
    hall.screen('phone-confirm');
  });

  it('is not there: a ticket for the desk', async () => {
    const hall = openHall();
    await hall.goTo('phone');
    hall.touch('ask-staff');
    expect(hall.screen('ticket').ticket).toMatchObject({
      reason: 'no-phone',
      step: 'phone',
      station: 'Hall 1',
    });
  });

  it('cannot be scanned while the scanner is unplugged: the place is kept, and it scans again', async () => {
    const hall = openHall();
    await hall.goTo('phone');
    hall.drivers.scan('https://example.invalid/');
    hall.drivers.setState('scanner', 'absent');
    expect(hall.screen('phone').problem).toBe('scanner-missing');
    hall.drivers.port.send({ type: 'scanner.stop' });
    hall.drivers.setState('scanner', 'ready');
    expect(hall.screen('phone').problem).toBeNull();
    expect(hall.drivers.scanning).toBe(true);
  });
});

describe('the password', () => {
  it.each([
    ['1234567', '1234567', 'wrong-length'],
    ['27184590', '27184591', 'different'],
    ['12345678', '12345678', 'too-simple'],
  ] as const)('%s and %s is refused as %s', async (password, repeat, problem) => {
    const hall = openHall();
    await hall.goTo('password');
    expect(await hall.sessions.submitPassword({ password, repeat })).toBe(true);
    expect(hall.screen('password').problem).toBe(problem);
  });

  it('holds the birth date: after the card is read the citizen chooses another, and need not read the card again', async () => {
    const hall = openHall();
    await hall.goTo('password');
    await hall.sessions.submitPassword({ password: '19900614', repeat: '19900614' });
    hall.drivers.lay(cardOf('lin'));
    expect(hall.screen('password').problem).toBe('too-simple');
    await hall.sessions.submitPassword({ password: '06141990', repeat: '06141990' });
    expect(hall.screen('password').problem).toBe('too-simple');
    await hall.sessions.submitPassword({ password: PASSWORD, repeat: PASSWORD });
    hall.screen('face');
  });

  it('arrives when nobody is asked for one', async () => {
    const hall = openHall();
    await hall.goTo('consent');
    expect(await hall.sessions.submitPassword({ password: PASSWORD, repeat: PASSWORD })).toBe(false);
    hall.screen('consent');
  });

  it('is still being computed when the citizen goes back: nothing is kept of it', async () => {
    const hall = openHall();
    await hall.goTo('password');
    const submitting = hall.sessions.submitPassword({ password: PASSWORD, repeat: PASSWORD });
    hall.touch('back');
    expect(await submitting).toBe(false);
    hall.screen('phone-confirm');
  });

  it('cannot be made a verifier of: its digits are wiped all the same', async () => {
    const hall = openHall();
    await hall.goTo('password');
    hall.desk.port.credentialKey = () => new Uint8Array(5);
    const encode = vi.spyOn(TextEncoder.prototype, 'encode');
    await expect(hall.sessions.submitPassword({ password: PASSWORD, repeat: PASSWORD })).rejects.toThrow();
    const digits = encode.mock.results.flatMap(({ value }) => (value instanceof Uint8Array ? [value] : []));
    const made = encode.mock.calls.flatMap(([text], index) => (text === PASSWORD ? [digits[index]] : []));
    encode.mockRestore();
    expect(made).toHaveLength(1);
    expect([...(made[0] ?? [])]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    hall.screen('password');
  });

  it('is submitted twice in one moment: the second waits for nobody', async () => {
    const hall = openHall();
    await hall.goTo('password');
    const entries = { password: PASSWORD, repeat: PASSWORD };
    const [first, second] = await Promise.all([
      hall.sessions.submitPassword(entries),
      hall.sessions.submitPassword(entries),
    ]);
    expect([first, second]).toEqual([true, false]);
    hall.screen('card');
  });
});

describe('the card', () => {
  it.each(['teenager', 'child'])(
    'is that of a %s: come with your guardian, and everything is wiped',
    async (id) => {
      const hall = openHall();
      await hall.goTo('card');
      hall.drivers.lay(cardOf(id));
      expect(hall.screen('ticket').ticket).toMatchObject({ reason: 'guardian', step: 'card' });
      expect(hall.sessions.face()).toBeNull();
      hall.touch('finish');
      hall.screen('take-card');
      expect(hall.desk.saved).toEqual([]);
    },
  );

  it('has expired: it says so, and another card may be laid down', async () => {
    const hall = openHall();
    await hall.goTo('card');
    hall.drivers.lay(cardOf('expired'));
    expect(hall.screen('card')).toMatchObject({ problem: 'expired', state: 'waiting' });
    expect(hall.drivers.reading).toBe(false);
    hall.drivers.lift();
    expect(hall.drivers.reading).toBe(true);
    expect(hall.screen('card').problem).toBe('expired');
    hall.drivers.lay(cardOf('lin'));
    hall.screen('face');
  });

  it('is damaged in one octet of a checked field', async () => {
    const hall = openHall();
    await hall.goTo('card');
    const card = cardOf('lin');
    card.text[122] = (card.text[122] ?? 0) ^ 1;
    hall.drivers.lay(card);
    expect(hall.screen('card').problem).toBe('unreadable');
  });

  it.each([
    ['permit', 'residence-permit'],
    ['foreigner-2017', 'foreigner-card'],
    ['foreigner-2023', 'foreigner-card'],
  ] as const)('is an identity card of another kind (%s): it says which', async (id, problem) => {
    const hall = openHall();
    await hall.goTo('card');
    hall.drivers.lay(otherCardOf(id));
    expect(hall.screen('card')).toMatchObject({ problem, state: 'waiting' });
    hall.drivers.lift();
    hall.drivers.lay(cardOf('lin'));
    hall.screen('face');
  });

  it('is of another kind and damaged: it says which, because another try would not help', async () => {
    const hall = openHall();
    await hall.goTo('card');
    const card = otherCardOf('foreigner-2017');
    card.text[122] = (card.text[122] ?? 0) ^ 1;
    hall.drivers.lay(card);
    expect(hall.screen('card').problem).toBe('foreigner-card');
  });

  it('is an expired permit of another kind: it says which, because renewing would not help', async () => {
    const hall = openHall();
    await hall.goTo('card');
    hall.drivers.lay(otherCardOf('permit', { validUntil: '2025-03-01' as CalendarDate }));
    expect(hall.screen('card').problem).toBe('residence-permit');
  });

  it.each(['put-back', 'lift-and-replace', 'wrong-card', 'unreadable', 'refused'] as const)(
    'is reported as %s by the reader',
    async (fault) => {
      const hall = openHall();
      await hall.goTo('card');
      hall.drivers.tell({ type: 'card.fault', fault, detail: 'test', status: null });
      expect(hall.screen('card').problem).toBe(fault);
    },
  );

  it.each([0x31, 0x32, 0x33])('is refused with a status that the log keeps: %i', async (status) => {
    const hall = openHall();
    await hall.goTo('card');
    hall.drivers.tell({ type: 'card.fault', fault: 'refused', detail: 'test', status });
    expect(hall.warnings).toContain(`card.fault {"reason":"refused","status":${status}}`);
  });

  it('is pulled while it is read', async () => {
    const hall = openHall();
    await hall.goTo('card');
    hall.drivers.tell({ type: 'card.laid' });
    expect(hall.screen('card').state).toBe('reading');
    hall.drivers.tell({ type: 'card.removed' });
    expect(hall.screen('card')).toMatchObject({ state: 'waiting', problem: 'put-back' });
    expect(hall.drivers.reading).toBe(true);
  });

  it('lies there and the reader never says anything more', async () => {
    const hall = openHall();
    await hall.goTo('card');
    hall.drivers.tell({ type: 'card.laid' });
    await hall.timers.advance(15_001);
    expect(hall.screen('card')).toMatchObject({ state: 'waiting', problem: 'unreadable' });
  });

  it('was laid down before its step came: it is read then', async () => {
    const hall = openHall();
    await hall.goTo('password');
    hall.drivers.lay(cardOf('lin'));
    await hall.sessions.submitPassword({ password: PASSWORD, repeat: PASSWORD });
    await settle();
    hall.screen('face');
  });

  it('is taken back by the citizen at once: nobody is asked to take it at the end', async () => {
    const hall = openHall();
    await hall.goTo('face');
    hall.drivers.lift();
    hall.screen('face');
    hall.touch('cancel', 'confirm-cancel');
    hall.screen('goodbye');
  });

  it('is read when nobody asked: its octets are zeroed', async () => {
    const hall = openHall();
    await hall.goTo('consent');
    const { text, photo } = cardOf('lin');
    const report = {
      type: 'card.read',
      text: Uint8Array.from(text),
      photo: Uint8Array.from(photo),
      fingerprints: null,
      samId: 'x',
      simulated: true,
      tookMs: 1,
    } as const;
    hall.drivers.tell(report);
    hall.screen('consent');
    expect(report.text.every((octet) => octet === 0)).toBe(true);
    expect(report.photo.every((octet) => octet === 0)).toBe(true);
  });
});

describe('the reader', () => {
  it('is unplugged while a card is awaited: the place is kept, and it reads again', async () => {
    const hall = openHall();
    await hall.goTo('card');
    hall.drivers.setState('reader', 'absent');
    expect(hall.screen('card').problem).toBe('reader-missing');
    hall.drivers.setState('reader', 'connecting');
    hall.drivers.setState('reader', 'ready');
    expect(hall.screen('card').problem).toBeNull();
    hall.drivers.lay(cardOf('lin'));
    hall.screen('face');
  });

  it('comes back after a card was refused: it waits for a card, whatever was said about the last one', async () => {
    const hall = openHall();
    await hall.goTo('card');
    hall.drivers.lay(cardOf('expired'));
    hall.drivers.lift();
    expect(hall.screen('card').problem).toBe('expired');
    hall.drivers.setState('reader', 'absent');
    hall.drivers.setState('reader', 'ready');
    expect(hall.screen('card').problem).toBeNull();
  });

  it('fails its self-test', async () => {
    const hall = openHall();
    await hall.goTo('card');
    hall.drivers.setState('reader', 'out-of-service');
    expect(hall.screen('card').problem).toBe('reader-out-of-service');
    hall.touch('ask-staff');
    expect(hall.screen('ticket').ticket.reason).toBe('card-problem');
  });

  it('is unplugged at another step: the visit goes on', async () => {
    const hall = openHall();
    await hall.goTo('face');
    hall.drivers.setState('reader', 'absent');
    hall.screen('face');
    await hall.cameraRuns();
    hall.face.pass();
    hall.touch('submit');
    hall.screen('deciding');
  });

  it('is missing between two visits: those without a card are offered until it is back', () => {
    const hall = openHall();
    hall.drivers.setState('reader', 'absent');
    hall.touch('start', 'continue');
    expect(hall.screen('visit').unavailable).toEqual(['full', 'upgrade']);
    expect(hall.sessions.act({ type: 'choose-visit', visit: 'full' })).toBe(false);
    hall.drivers.setState('reader', 'ready');
    expect(hall.screen('visit').unavailable).toEqual([]);
    hall.comeFor('full');
    hall.screen('consent');
  });

  it('is missing together with the scanner: the terminal is closed until one of them is back', () => {
    const hall = openHall();
    hall.drivers.setState('scanner', 'absent');
    hall.drivers.setState('reader', 'absent');
    expect(hall.screen('closed').reason).toBe('devices-missing');
    expect(hall.sessions.act({ type: 'start' })).toBe(false);
    hall.drivers.setState('reader', 'connecting');
    expect(hall.screen('closed').reason).toBe('starting');
    hall.drivers.setState('reader', 'ready');
    hall.touch('start', 'continue');
    expect(hall.screen('visit').unavailable).toEqual(['status', 'check']);
  });
});

describe('a card that was left lying', () => {
  async function left() {
    const hall = openHall();
    await hall.goTo('face');
    hall.touch('cancel', 'confirm-cancel');
    hall.screen('take-card');
    await hall.timers.advance(30_001);
    await hall.timers.until(() => hall.screen().name === 'closed');
    return hall;
  }

  it('keeps the terminal closed until it is lifted', async () => {
    const hall = await left();
    expect(hall.screen('closed').reason).toBe('card-left');
    await hall.timers.advance(600_000);
    expect(hall.screen('closed').reason).toBe('card-left');
    hall.drivers.lift();
    hall.screen('attract');
  });

  it('is not read again', async () => {
    const hall = await left();
    const before = hall.drivers.commands.filter(({ type }) => type === 'reader.read').length;
    await hall.timers.advance(600_000);
    expect(hall.drivers.commands.filter(({ type }) => type === 'reader.read')).toHaveLength(before);
    expect(hall.audit.filter(({ type }) => type === 'session.card-left')).toHaveLength(1);
  });

  it('still counts as left after the reader was unplugged and came back with it', async () => {
    const hall = await left();
    hall.drivers.setState('reader', 'absent');
    expect(hall.screen('closed').reason).toBe('card-left');
    hall.drivers.setState('reader', 'ready');
    expect(hall.screen('closed').reason).toBe('card-left');
    hall.drivers.lift();
    hall.screen('attract');
  });

  it('counts as left when the reader dropped out under it in the middle of the visit and comes back with it', async () => {
    const hall = openHall();
    await hall.goTo('face');
    hall.drivers.loseReaderPower();
    hall.touch('cancel', 'confirm-cancel');
    await hall.timers.until(() => hall.screen().name === 'closed');
    expect(hall.screen('closed').reason).toBe('card-left');
    hall.drivers.setState('reader', 'ready');
    expect(hall.screen('closed').reason).toBe('card-left');
    expect(hall.sessions.act({ type: 'start' })).toBe(false);
    hall.drivers.lift();
    await hall.nextCitizen();
    const { reads } = hall.drivers;
    await hall.goTo('card');
    await settle();
    expect(hall.screen('card').state).toBe('waiting');
    expect(hall.drivers.reads).toBe(reads);
  });

  it('was taken while the reader was unplugged: the reader comes back and says so, and the next is let in', async () => {
    const hall = openHall();
    await hall.goTo('face');
    hall.drivers.loseReaderPower();
    hall.drivers.takeUnseen();
    hall.touch('cancel', 'confirm-cancel');
    await hall.timers.until(() => hall.screen().name === 'closed');
    hall.drivers.setState('reader', 'ready');
    hall.screen('attract');
  });

  it('counts as left when the reader is unplugged under it while it should be taken', async () => {
    const hall = openHall();
    await hall.goTo('face');
    hall.touch('cancel', 'confirm-cancel');
    hall.drivers.setState('reader', 'absent');
    await settle();
    await hall.timers.advance(11_000);
    expect(hall.screen('closed').reason).toBe('card-left');
    hall.drivers.setState('reader', 'ready');
    expect(hall.screen('closed').reason).toBe('card-left');
  });

  it('still counts as left when the chart itself failed over it', async () => {
    const hall = openHall();
    await hall.goTo('face');
    hall.face.view(null as never);
    await hall.timers.until(() => hall.screen().name === 'closed');
    expect(hall.screen('closed').reason).toBe('card-left');
    hall.drivers.lift();
    hall.screen('attract');
  });
});

describe('the camera', () => {
  it.each([
    ['missing', 'missing'],
    ['refused', 'refused'],
    ['busy', 'busy'],
    ['ended', 'missing'],
    ['too-slow', 'too-slow'],
    ['too-small', 'too-small'],
    ['upside-down', 'upside-down'],
    ['tracker-failed', 'tracker-failed'],
  ] as const)('%s: a problem on the screen, and a way on', async (state, problem) => {
    const hall = openHall();
    await hall.goTo('face');
    hall.sessions.reportCamera({ state, label: '', deviceId: '', width: 0, height: 0 });
    expect(hall.screen('camera-problem').problem).toBe(problem);
    hall.touch('try-again');
    expect(hall.screen('face').attempt).toBe(1);
    expect(hall.face.begun).toEqual([1, 1]);
  });

  it('is unplugged in the middle of a try: that try is spent, and the next begins with the camera', async () => {
    const hall = openHall();
    await hall.goTo('face');
    await hall.cameraRuns();
    hall.face.view({ phase: 'prompt', index: 0, action: 'nod' });
    hall.sessions.reportCamera({ state: 'ended', label: 'C525', deviceId: 'x', width: 640, height: 480 });
    expect(hall.screen('camera-problem').problem).toBe('missing');
    expect(hall.face.abandoned).toBe(1);
    hall.touch('try-again');
    expect(hall.screen('face')).toMatchObject({ attempt: 2, view: { phase: 'starting-camera' } });
  });

  it('is a program that pretends to be one', async () => {
    const hall = openHall({ inspector: { identify: async () => err('virtual') } });
    await hall.goTo('face');
    await hall.cameraRuns();
    expect(hall.screen('camera-problem').problem).toBe('virtual');
    hall.touch('ask-staff');
    expect(hall.screen('ticket').ticket.reason).toBe('camera-problem');
  });

  it('never comes up', async () => {
    const hall = openHall();
    await hall.goTo('face');
    await hall.timers.advance(24_001);
    expect(hall.screen('camera-problem').problem).toBe('missing');
    expect(hall.face.abandoned).toBe(1);
  });

  it('was never named by the system: whoever passed before it is not believed', async () => {
    const hall = openHall();
    await hall.goTo('face');
    hall.face.view({ phase: 'prompt', index: 0, action: 'blink' });
    hall.face.pass();
    expect(hall.screen('camera-problem').problem).toBe('missing');
  });
});

describe('the face', () => {
  it('does not pass twice: a person decides', async () => {
    const hall = openHall();
    await hall.goTo('face');
    hall.face.fail('wrong-action');
    expect(hall.screen('face-failed')).toMatchObject({ reason: 'wrong-action', triesLeft: 1 });
    hall.touch('try-again');
    expect(hall.screen('face').attempt).toBe(2);
    hall.face.fail('no-face');
    expect(hall.screen('face-failed')).toMatchObject({ reason: 'no-face', triesLeft: 0 });
    expect(hall.sessions.act({ type: 'try-again' })).toBe(false);
    hall.touch('ask-staff');
    expect(hall.screen('ticket').ticket.reason).toBe('face-not-passed');
    expect(hall.face.begun).toEqual([1, 2]);
  });

  it('is interrupted by help before the first prompt: the try is not spent', async () => {
    const hall = openHall();
    await hall.goTo('face');
    hall.face.view({ phase: 'positioning', hint: 'too-far' });
    hall.touch('open-help');
    expect(hall.face.abandoned).toBe(1);
    hall.touch('close-help');
    expect(hall.screen('face').attempt).toBe(1);
    expect(hall.face.begun).toEqual([1, 1]);
  });

  it('is interrupted after a prompt was seen: the try is spent, twice is too often', async () => {
    const hall = openHall();
    await hall.goTo('face');
    hall.face.view({ phase: 'prompt', index: 0, action: 'blink' });
    hall.touch('cancel', 'keep-going');
    expect(hall.screen('face').attempt).toBe(2);
    hall.face.view({ phase: 'prompt', index: 0, action: 'blink' });
    hall.touch('open-help', 'close-help');
    expect(hall.screen('face-failed')).toMatchObject({ reason: 'too-slow', triesLeft: 0 });
  });

  it('says something after its try was given up: nobody listens', async () => {
    const hall = openHall();
    await hall.goTo('face');
    hall.touch('open-help');
    hall.face.view({ phase: 'prompt', index: 1, action: 'blink' });
    hall.face.fail('no-face');
    expect(hall.screen('face').view.phase).toBe('starting-camera');
  });

  it('starts anew when the page was reloaded in the middle', async () => {
    const hall = openHall();
    await hall.goTo('face');
    hall.sessions.screenAttached();
    await settle();
    expect(hall.face.begun).toEqual([1, 1]);
    expect(hall.commands.at(-1)).toEqual({ type: 'start', attempt: 1 });
  });
});

describe('saving', () => {
  it('finds the disk full: it can be tried again, and works when there is room', async () => {
    const hall = openHall();
    await hall.goTo('review');
    hall.desk.failSaving('storage-full');
    hall.touch('submit');
    expect(hall.screen('save-failed').reason).toBe('storage-full');
    hall.desk.failSaving(null);
    hall.touch('try-again');
    hall.screen('deciding');
    expect(hall.desk.saved).toHaveLength(1);
  });

  it('never works: the desk takes over', async () => {
    const hall = openHall();
    await hall.goTo('review');
    hall.desk.failSaving('storage-failed');
    hall.touch('submit', 'ask-staff');
    expect(hall.screen('ticket').ticket).toMatchObject({ reason: 'cannot-do-this', step: 'save-failed' });
  });
});

describe('nobody is there any more', () => {
  it.each(['language', 'consent', 'phone', 'phone-confirm', 'password', 'card', 'face', 'review'] as const)(
    'at %s: a warning that counts down, then the wipe',
    async (step) => {
      const hall = openHall();
      await hall.goTo(step);
      if (step === 'face') hall.face.view({ phase: 'positioning', hint: 'no-face' });
      await hall.timers.advance(120_001);
      expect(hall.sessions.snapshot().idleSecondsLeft).toBe(30);
      await hall.timers.advance(10_000);
      expect(hall.snapshots.at(-1)?.idleSecondsLeft).toBe(20);
      await hall.timers.advance(20_000);
      expect(['goodbye', 'take-card']).toContain(hall.screen().name);
      expect(hall.audit.at(-2)?.type).toBe('session.wiped');
      expect(hall.audit.at(-1)).toMatchObject({ type: 'session.ended', fields: { reason: 'time' } });
    },
  );

  it('but somebody touches "more time"', async () => {
    const hall = openHall();
    await hall.goTo('consent');
    await hall.timers.advance(125_000);
    hall.touch('more-time');
    expect(hall.sessions.snapshot().idleSecondsLeft).toBeNull();
    await hall.timers.advance(119_000);
    hall.screen('consent');
    expect(hall.sessions.snapshot().idleSecondsLeft).toBeNull();
  });

  it('but a card is laid down: somebody is there', async () => {
    const hall = openHall();
    await hall.goTo('consent');
    await hall.timers.advance(125_000);
    hall.drivers.lay(cardOf('lin'));
    expect(hall.sessions.snapshot().idleSecondsLeft).toBeNull();
  });

  it('at the e-ID: it does not stay on the screen', async () => {
    const hall = openHall();
    await hall.goTo('deciding');
    hall.desk.decide(ISSUED);
    await settle();
    hall.screen('issued');
    await hall.timers.advance(151_000);
    hall.screen('take-card');
  });
});

describe('why the terminal is closed', () => {
  it('is told, the most telling reason first', () => {
    const hall = openHall();
    hall.desk.setStanding({ frozen: 'offline-too-long' });
    expect(hall.screen('closed').reason).toBe('offline-too-long');
    hall.desk.setStanding({ provisioned: false });
    expect(hall.screen('closed').reason).toBe('not-provisioned');
    hall.desk.setStanding({ provisioned: true, frozen: 'storage-full' });
    expect(hall.screen('closed').reason).toBe('storage-full');
    hall.desk.setStanding({ frozen: null });
    hall.screen('attract');
  });

  it('does not touch a visit under way', async () => {
    const hall = openHall();
    await hall.goTo('consent');
    hall.desk.setStanding({ frozen: 'offline-too-long' });
    hall.touch('agree');
    hall.screen('phone');
    hall.sessions.reset();
    await hall.timers.advance(20_000);
    expect(hall.screen('closed').reason).toBe('offline-too-long');
  });
});

describe('between two visits', () => {
  it('the next begins only when the host has renewed the page', async () => {
    let renewed: () => void = () => {};
    const hall = openHall({ onEnd: () => new Promise((resolve) => (renewed = resolve)) });
    await hall.goTo('consent');
    hall.sessions.reset();
    await hall.timers.advance(8_000);
    hall.screen('goodbye');
    renewed();
    await settle();
    hall.screen('attract');
  });

  it('a host that never answers keeps the terminal shut and is asked again and again', async () => {
    const answers: (() => void)[] = [];
    const hall = openHall({ onEnd: () => new Promise((resolve) => answers.push(resolve)) });
    await hall.goTo('consent');
    hall.sessions.reset();
    await hall.timers.advance(15_000);
    expect(hall.screen('closed').reason).toBe('starting');
    expect(hall.sessions.act({ type: 'start' })).toBe(false);
    await hall.timers.advance(60_000);
    expect(hall.screen('closed').reason).toBe('starting');
    expect(hall.ends).toBeGreaterThan(3);
    answers.at(-1)?.();
    await hall.nextCitizen();
  });

  it('a host that fails is logged, and nobody is let in before the page that could not be renewed', async () => {
    let broken = true;
    const hall = openHall({
      onEnd: async () => {
        if (broken) throw new Error('no window');
      },
    });
    await hall.goTo('consent');
    hall.sessions.reset();
    await hall.timers.advance(60_000);
    expect(hall.screen('closed').reason).toBe('starting');
    expect(hall.errors).toBe(hall.ends);
    broken = false;
    await hall.nextCitizen();
    await hall.goTo('phone');
  });

  it('a host that cannot even be asked counts as one that failed', async () => {
    const hall = openHall();
    await hall.goTo('consent');
    const { renew } = hall.drivers.port;
    hall.drivers.port.renew = () => {
      throw new Error('a bug');
    };
    hall.sessions.reset();
    await hall.timers.advance(10_000);
    expect(hall.screen('closed').reason).toBe('starting');
    hall.drivers.port.renew = renew;
    await hall.nextCitizen();
  });
});

describe('a reset before nobody', () => {
  it('is not written down as the end of the visit before', async () => {
    const hall = openHall();
    await hall.goTo('consent');
    hall.sessions.reset();
    await hall.nextCitizen();
    const before = hall.audit.length;
    hall.sessions.reset();
    await hall.nextCitizen();
    expect(hall.audit.slice(before)).toEqual([]);
  });
});

describe('the wipe', () => {
  it('zeroes every octet that the session gathered', async () => {
    const decoded = new Uint8Array([1, 2, 3, 4]);
    const hall = openHall({
      decoder: { decode: async () => ({ ok: true, value: { mime: 'image/webp', bytes: decoded } }) },
    });
    await hall.goTo('review');
    expect(hall.screen('review').review.cardPortrait).toBe('data:image/webp;base64,AQIDBA==');
    hall.touch('cancel', 'confirm-cancel');
    expect([...decoded]).toEqual([0, 0, 0, 0]);
    expect(hall.face.portraits.every((portrait) => portrait.every((octet) => octet === 0))).toBe(true);
  });

  it('takes what comes too late with it: a portrait decoded after the end', async () => {
    let finish: () => void = () => {};
    const decoded = new Uint8Array([1, 2, 3, 4]);
    const hall = openHall({
      decoder: {
        decode: () =>
          new Promise((resolve) => {
            finish = () => resolve({ ok: true, value: { mime: 'image/webp', bytes: decoded } });
          }),
      },
    });
    await hall.goTo('face');
    hall.sessions.reset();
    finish();
    await settle();
    expect([...decoded]).toEqual([0, 0, 0, 0]);
  });
});

describe('a wipe that fails', () => {
  async function failing() {
    const decoded = new Uint8Array([1, 2, 3, 4]);
    const hall = openHall({
      decoder: { decode: async () => ({ ok: true, value: { mime: 'image/webp', bytes: decoded } }) },
    });
    await hall.goTo('review');
    hall.face.failWipe();
    hall.touch('cancel', 'confirm-cancel');
    return { hall, decoded };
  }
  const types = (hall: Hall) => hall.audit.map(({ type }) => type);

  it('in the face step still zeroes the record', async () => {
    const { decoded } = await failing();
    expect([...decoded]).toEqual([0, 0, 0, 0]);
  });

  it('is audited as failed, and not as done', async () => {
    const { hall } = await failing();
    expect(types(hall)).toContain('session.wipe-failed');
    expect(types(hall)).not.toContain('session.wiped');
    expect(hall.errors).toBe(1);
  });

  it('lets nobody in any more until the terminal is restarted', async () => {
    const { hall } = await failing();
    hall.drivers.lift();
    await hall.timers.advance(60_000);
    expect(hall.screen('closed').reason).toBe('restart-needed');
    hall.desk.setStanding({ online: false });
    hall.drivers.setState('reader', 'absent');
    hall.drivers.setState('reader', 'ready');
    expect(hall.screen('closed').reason).toBe('restart-needed');
    expect(hall.sessions.act({ type: 'start' })).toBe(false);
  });

  it('after the chart had failed shuts the terminal just as well', async () => {
    const hall = openHall();
    await hall.goTo('face');
    hall.face.failWipe();
    hall.face.view(null as never);
    hall.drivers.lift();
    await hall.timers.advance(30_000);
    expect(hall.screen('closed').reason).toBe('restart-needed');
    expect(types(hall)).not.toContain('session.wiped');
  });

  it('is told once where a ticket is shown after a wipe that worked', async () => {
    const hall = openHall();
    await hall.goTo('phone');
    hall.touch('ask-staff', 'finish');
    expect(types(hall).filter((type) => type === 'session.wiped')).toHaveLength(1);
  });
});

describe('a mistake of the program', () => {
  it('in the chart costs this session: a fresh chart lets the next citizen in', async () => {
    const hall = openHall();
    await hall.goTo('face');
    hall.face.view(null as never);
    hall.drivers.lift();
    await hall.nextCitizen();
    expect(hall.errors).toBe(1);
    expect(hall.face.portraits.every((portrait) => portrait.every((octet) => octet === 0))).toBe(true);
    expect([hall.drivers.renewals, hall.ends]).toEqual([1, 1]);
    await hall.goTo('phone');
  });

  it('in the chart lets nobody in before the page was renewed', async () => {
    const hall = openHall({ onEnd: () => Promise.reject(new Error('no window')) });
    await hall.goTo('consent');
    await hall.goTo('face');
    hall.face.view(null as never);
    hall.drivers.lift();
    await hall.timers.advance(60_000);
    expect(hall.screen('closed').reason).toBe('starting');
  });

  it('in an effect costs this session and wipes it', async () => {
    const hall = openHall();
    await hall.goTo('consent');
    hall.drivers.port.send = (command) => {
      if (command.type === 'scanner.start') throw new Error('a bug');
    };
    hall.touch('agree');
    await settle();
    hall.screen('goodbye');
    expect(hall.errors).toBe(1);
    expect(hall.audit.map(({ type }) => type)).toContain('session.wiped');
  });

  it('while saving is told as a failure to save', async () => {
    const hall = openHall();
    await hall.goTo('review');
    hall.desk.port.save = () => {
      throw new Error('a bug');
    };
    hall.touch('submit');
    expect(hall.screen('save-failed').reason).toBe('storage-failed');
  });
});
