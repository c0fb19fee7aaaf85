import { describe, expect, it } from 'vitest';
import { newSessionId } from '#station/session/session-id.ts';
import { SessionRecord } from '#station/session/session-record.ts';

const octets = () => Uint8Array.of(1, 2, 3);
const isZero = (array: Uint8Array) => array.every((octet) => octet === 0);

/** Every place of the record that takes octets, filled with octets of its own. */
function fill(record: SessionRecord): Uint8Array[] {
  const all: Uint8Array[] = [];
  const one = () => {
    const made = octets();
    all.push(made);
    return made;
  };
  record.phone = { publicKey: one(), codeId: one(), phoneTime: 1 };
  record.phoneName = one();
  record.number = one();
  record.name = one();
  record.passwordDigits = one();
  record.password = { kind: 'proof', sealed: one() };
  record.card = { text: one(), photo: one(), samId: 'x' };
  record.cardPortrait = { mime: 'image/webp', bytes: one() };
  record.portrait = one();
  record.consent = { textVersion: '1', textSha256: one(), language: 'en', at: 1 };
  return all;
}

const STATUS = {
  packetId: '0197a2f0-1111-7222-8333-444455556666',
  application: 'basic',
  station: 'Hall 1',
  at: 1,
  state: 'held',
  reason: null,
} as const;
const CHECKED = {
  verdict: { result: 'cannot-tell', because: 'no-status-list' },
  eid: null,
  statusAsOf: null,
  holder: 'not-shown',
  challenge: null,
} as const;

describe('the session record', () => {
  it('zeroes all that it holds when it is wiped, and forgets it', () => {
    const record = new SessionRecord('x');
    const all = fill(record);
    expect(all.some(isZero)).toBe(false);
    record.wipe();
    expect(all.every(isZero)).toBe(true);
    expect(record.live).toBe(false);
    expect([record.phone, record.card, record.portrait, record.consent, record.readIssued()]).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('forgets what one visit gathered and goes on with the next', () => {
    const record = new SessionRecord('x');
    const all = fill(record);
    record.forget();
    expect(all.every(isZero)).toBe(true);
    expect(record.live).toBe(true);
    record.number = octets();
    expect(record.number).toEqual(octets());
  });

  it('gives back what was found of a slip and of an e-ID, until it is wiped', () => {
    const record = new SessionRecord('x');
    record.keepSlipStatus(STATUS);
    record.keepChecked(CHECKED);
    expect([record.readSlipStatus(), record.readChecked()]).toEqual([STATUS, CHECKED]);
    record.wipe();
    record.keepChecked(CHECKED);
    expect([record.readSlipStatus(), record.readChecked()]).toEqual([null, null]);
  });

  it('zeroes what comes after the wipe at once, because it belongs to nobody', () => {
    const record = new SessionRecord('x');
    record.wipe();
    const late = octets();
    record.portrait = late;
    expect(isZero(late)).toBe(true);
    expect(record.portrait).toBeNull();
  });

  it('zeroes what is replaced', () => {
    const record = new SessionRecord('x');
    const first = octets();
    record.password = { kind: 'chosen', verifier: first };
    record.password = { kind: 'proof', sealed: octets() };
    expect(isZero(first)).toBe(true);
    expect(record.password).toEqual({ kind: 'proof', sealed: octets() });
  });

  it('gives an issued e-ID back as it came', () => {
    const record = new SessionRecord('x');
    const issued = {
      kind: 'issued',
      reason: 'issued',
      code: 'EID1:X',
      subject: '1',
      maskedName: '林**',
      issuedAt: 1,
      expiresAt: 2,
    } as const;
    record.keepIssued(issued);
    expect(record.readIssued()).toEqual(issued);
    record.wipe();
    expect(record.readIssued()).toBeNull();
  });
});

it('names sessions by random UUIDs of version 4', () => {
  const id = newSessionId((length) => new Uint8Array(length).fill(0xff));
  expect(id).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
});
