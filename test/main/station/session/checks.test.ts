import { describe, expect, it } from 'vitest';
import type { CheckedEid, SlipStatus } from '#domain/session/snapshot.ts';
import { settle } from '../../../drivers/manual-timers.ts';
import { type Hall, openHall } from './hall.ts';
import { RIGHT_ANSWER } from './hall-checks.ts';

const SLIP = 'EIDS1:TESTSTATEMENT';
const EID = 'EID1:TESTCODE';
const STATUS: SlipStatus = {
  packetId: '0197a2f0-1111-7222-8333-444455556666',
  application: 'basic',
  station: 'Hall 2',
  at: 1,
  state: 'referred',
  reason: 'referred-duplicate',
};
const VALID: CheckedEid = {
  verdict: { result: 'valid', grade: 'full', simulated: true },
  eid: { maskedName: '林**', subject: '0123456789ABCDEF', grade: 'full', issuedAt: 1, expiresAt: 2 },
  statusAsOf: 1,
  holder: 'not-shown',
  challenge: 'EIDN1:TESTNONCE',
};
const WITHOUT_PHONE: CheckedEid = { ...VALID, holder: 'no-phone', challenge: null };

async function show(hall: Hall, code: string) {
  hall.drivers.scan(code);
  await settle();
}

describe('a visit to ask what became of a slip', () => {
  async function atScanner() {
    const hall = openHall();
    hall.checks.slips.set(SLIP, STATUS);
    await hall.goTo('scan-slip', 'status');
    return hall;
  }

  it('tells it, takes another slip, and ends', async () => {
    const hall = await atScanner();
    expect(hall.drivers.scanning).toBe(true);
    await show(hall, SLIP);
    expect(hall.screen('status').status).toEqual(STATUS);
    expect(hall.drivers.scanning).toBe(false);
    hall.touch('continue');
    expect(hall.screen('scan-slip').problem).toBeNull();
    await show(hall, SLIP);
    hall.touch('back');
    await show(hall, SLIP);
    hall.touch('finish');
    hall.screen('goodbye');
    await hall.nextCitizen();
    expect(hall.errors).toBe(0);
    expect(JSON.stringify(hall.audit)).not.toContain(STATUS.packetId);
  });

  it('asks for no consent, and keeps the terminal open to whoever has no card', async () => {
    const hall = openHall();
    hall.drivers.setState('reader', 'absent');
    hall.checks.slips.set(SLIP, STATUS);
    await hall.goTo('status', 'status');
    expect(hall.sessions.snapshot()).toMatchObject({ progress: { step: 3, of: 3 }, canCancel: true });
  });

  it.each([
    ['a payment code', 'https://example.invalid/pay', 'not-ours'],
    ['a forged slip', 'EIDS1:FORGED', 'forged'],
  ])('is shown %s: the screen says so, and the scanner goes on', async (_, code, problem) => {
    const hall = await atScanner();
    await show(hall, code);
    expect(hall.screen('scan-slip').problem).toBe(problem);
    await show(hall, SLIP);
    hall.screen('status');
  });

  it('is shown something that is no text', async () => {
    const hall = await atScanner();
    hall.drivers.tell({ type: 'scan.refused', reason: 'not-text' });
    expect(hall.screen('scan-slip').problem).toBe('not-ours');
  });

  it('is asked about one slip at a time, however often the scanner reads it', async () => {
    const hall = await atScanner();
    const release = hall.checks.holdAnswers();
    await show(hall, SLIP);
    await show(hall, 'EIDS1:FORGED');
    release();
    await settle();
    hall.screen('status');
  });

  it('loses its scanner: the place is kept, and it scans again', async () => {
    const hall = await atScanner();
    hall.drivers.setState('scanner', 'absent');
    expect(hall.screen('scan-slip').problem).toBe('scanner-missing');
    hall.drivers.port.send({ type: 'scanner.stop' });
    hall.drivers.setState('scanner', 'ready');
    expect(hall.screen('scan-slip').problem).toBeNull();
    await show(hall, SLIP);
    hall.screen('status');
  });

  it('is over before the answer comes: it is nobody’s', async () => {
    const hall = await atScanner();
    const release = hall.checks.holdAnswers();
    await show(hall, SLIP);
    hall.touch('cancel', 'confirm-cancel');
    await hall.nextCitizen();
    await hall.goTo('scan-slip', 'status');
    release();
    await settle();
    hall.screen('scan-slip');
  });

  it('is left alone: it ends by itself', async () => {
    const hall = await atScanner();
    await show(hall, SLIP);
    await hall.timers.advance(151_000);
    hall.screen('goodbye');
  });

  it('meets a mistake of the check desk: this session ends, and the next begins', async () => {
    const hall = await atScanner();
    hall.checks.port.slipStatus = () => Promise.reject(new Error('a bug'));
    await show(hall, SLIP);
    hall.screen('goodbye');
    expect(hall.errors).toBe(1);
    await hall.nextCitizen();
  });
});

describe('a visit to check an e-ID', () => {
  async function atScanner(check: CheckedEid = VALID) {
    const hall = openHall();
    hall.checks.eids.set(EID, check);
    await hall.goTo('scan-eid', 'check');
    return hall;
  }

  it('tells the verdict, waits for the phone’s answer, and knows the holder by it', async () => {
    const hall = await atScanner();
    await show(hall, EID);
    expect(hall.screen('checked').check).toEqual(VALID);
    expect(hall.drivers.scanning).toBe(true);
    await show(hall, RIGHT_ANSWER);
    expect(hall.screen('checked').check).toMatchObject({ holder: 'same-holder', challenge: null });
    expect(hall.drivers.scanning).toBe(false);
    hall.touch('finish');
    hall.screen('goodbye');
    await hall.nextCitizen();
    expect(hall.checks.keepsAnEid).toBe(false);
    const after = JSON.stringify([hall.sessions.snapshot(), hall.audit]);
    for (const trace of ['林', '0123456789ABCDEF', EID]) expect(after).not.toContain(trace);
  });

  it('is answered by another phone, then by the right one, on a fresh challenge', async () => {
    const hall = await atScanner();
    await show(hall, EID);
    await show(hall, 'EIDA1:WRONG');
    const { holder, challenge } = hall.screen('checked').check;
    expect(holder).toBe('other-phone');
    expect(challenge).not.toBe(VALID.challenge);
    const shown = hall.snapshots.at(-1)?.screen;
    expect(shown?.name === 'checked' && shown.check.challenge).toBe(challenge);
    await show(hall, 'EIDA1:WRONG AGAIN');
    const again = hall.snapshots.at(-1)?.screen;
    expect(again?.name === 'checked' && again.check.challenge).not.toBe(challenge);
    await show(hall, RIGHT_ANSWER);
    expect(hall.screen('checked').check.holder).toBe('same-holder');
  });

  it('has the e-ID still before the scanner: nothing changes', async () => {
    const hall = await atScanner();
    await show(hall, EID);
    await show(hall, EID);
    await show(hall, 'https://example.invalid/');
    hall.drivers.tell({ type: 'scan.refused', reason: 'too-long' });
    expect(hall.screen('checked').check).toEqual(VALID);
    expect(hall.drivers.scanning).toBe(true);
  });

  it('has nobody to ask: the scanner rests', async () => {
    const hall = await atScanner(WITHOUT_PHONE);
    await show(hall, EID);
    expect(hall.screen('checked').check.holder).toBe('no-phone');
    expect(hall.drivers.scanning).toBe(false);
  });

  it('is shown another code: the screen says so', async () => {
    const hall = await atScanner();
    await show(hall, SLIP);
    expect(hall.screen('scan-eid').problem).toBe('not-ours');
    hall.drivers.tell({ type: 'scan.refused', reason: 'not-text' });
    expect(hall.screen('scan-eid').problem).toBe('not-ours');
  });

  it('goes on with another e-ID and forgets the one before', async () => {
    const hall = await atScanner();
    await show(hall, EID);
    hall.touch('continue');
    expect(hall.checks.keepsAnEid).toBe(false);
    await show(hall, RIGHT_ANSWER);
    expect(hall.screen('scan-eid').problem).toBe('not-ours');
    await show(hall, EID);
    hall.touch('back');
    hall.screen('scan-eid');
    hall.touch('back');
    hall.screen('visit');
  });

  it('loses its scanner while the answer is awaited: it scans again when it is back', async () => {
    const hall = await atScanner();
    await show(hall, EID);
    hall.drivers.setState('scanner', 'absent');
    hall.drivers.port.send({ type: 'scanner.stop' });
    hall.drivers.setState('scanner', 'ready');
    await show(hall, RIGHT_ANSWER);
    expect(hall.screen('checked').check.holder).toBe('same-holder');
  });

  it('is over before the verdict comes: the check desk keeps nothing of it', async () => {
    const hall = await atScanner();
    const release = hall.checks.holdAnswers();
    await show(hall, EID);
    hall.touch('back');
    hall.screen('visit');
    release();
    await settle();
    hall.screen('visit');
    expect(hall.checks.keepsAnEid).toBe(false);
  });

  it('is given up at the verdict: a ticket, and nothing is kept', async () => {
    const hall = await atScanner();
    await show(hall, EID);
    hall.touch('open-help', 'ask-staff');
    expect(hall.screen('ticket').ticket).toMatchObject({ step: 'checked', reason: 'cannot-do-this' });
    expect(hall.checks.keepsAnEid).toBe(false);
  });

  it('stands at the verdict when the terminal is switched off: the check desk forgets all the same', async () => {
    const hall = await atScanner();
    await show(hall, EID);
    expect(hall.checks.keepsAnEid).toBe(true);
    hall.sessions.stop();
    expect(hall.checks.keepsAnEid).toBe(false);
  });
});

describe('a visit that needs the scanner', () => {
  it.each(['status', 'check'] as const)('for %s is not offered while the scanner is missing', (visit) => {
    const hall = openHall();
    hall.drivers.setState('scanner', 'absent');
    hall.touch('start', 'continue');
    expect(hall.screen('visit').unavailable).toContain(visit);
    expect(hall.sessions.act({ type: 'choose-visit', visit })).toBe(false);
  });
});
