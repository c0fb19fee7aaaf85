import { describe, expect, it } from 'vitest';
import { newSessionId } from '#station/session/session-id.ts';
import { SessionRecord } from '#station/session/session-record.ts';

const octets = () => Uint8Array.of(1, 2, 3);
const isZero = (array: Uint8Array) => array.every((octet) => octet === 0);

/** Every place of the record, filled with octets of its own. */
function fill(record: SessionRecord): Uint8Array[] {
  const all = Array.from({ length: 9 }, octets);
  const [publicKey, codeId, digits, verifier, text, photo, chip, portrait, hash] = all as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  record.phone = { publicKey, codeId, phoneTime: 1 };
  record.passwordDigits = digits;
  record.password = { kind: 'chosen', verifier };
  record.card = { text, photo, samId: 'x' };
  record.cardPortrait = { mime: 'image/webp', bytes: chip };
  record.portrait = portrait;
  record.consent = { textVersion: '1', textSha256: hash, language: 'en', at: 1 };
  return all;
}

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
