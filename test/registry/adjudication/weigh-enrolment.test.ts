import { describe, expect, it } from 'vitest';
import type { Application } from '#domain/enrolment/application.ts';
import type { Enrolment } from '#domain/enrolment/enrolment.ts';
import { type CitizenNumber, parseCitizenNumber } from '#domain/identity/citizen-number.ts';
import { decodeCard } from '#domain/identity/decode-card.ts';
import { type Facts, weighEnrolment } from '#registry/adjudication/weigh-enrolment.ts';
import { sampleCard, sampleEnrolment } from '../../protocol/sample.ts';
import { chipText, PEOPLE } from '../people.ts';
import { MORNING } from '../registry-fixture.ts';

const { card } = PEOPLE.lin;
const enrolment: Enrolment = {
  ...sampleEnrolment({ frames: 1, jpegBytes: 100 }),
  createdAt: MORNING,
  holder: { source: 'card', card: { ...sampleCard, record: card } },
  comparison: { result: 'same', reason: 'measured', distance: 0.3 },
};
/** Later than every day that the enrolments below are dated with. */
const receivedAt = Date.parse('2040-01-01T00:00:00+08:00');
const full: Facts = {
  enrolment,
  receivedAt,
  identity: { source: 'card', card, claimed: card },
  registered: { name: card.name, sex: card.sex, birth: card.birth },
  verdict: { judgeVersion: 1, checks: [], result: 'live' },
  noncesGenuine: true,
  planFaults: [],
  holds: null,
  openCase: false,
  password: 'no-proof',
  mode: 'production',
};

const proof = { kind: 'proof', sealed: new Uint8Array(80) } as const;
const number = citizenNumber(card.number);
const basic: Facts = {
  ...full,
  mode: 'demo',
  enrolment: {
    ...enrolment,
    application: 'basic',
    holder: { source: 'typed', typed: { number: card.number, name: card.name } },
    comparison: { result: 'cannot-tell', reason: 'too-few-frames', distance: null },
  },
  identity: { source: 'typed', number, name: card.name },
};
const upgrade: Facts = {
  ...full,
  enrolment: { ...enrolment, application: 'upgrade', password: proof },
  holds: 'basic',
  password: 'right',
};
const reportLost: Facts = {
  ...full,
  enrolment: {
    ...enrolment,
    application: 'report-lost',
    holder: { source: 'typed', typed: { number: card.number, name: null } },
    password: proof,
    evidence: { ...enrolment.evidence, portrait: null },
  },
  identity: { source: 'typed', number, name: null },
  holds: 'full',
  password: 'right',
};

function citizenNumber(text: string): CitizenNumber {
  const parsed = parseCitizenNumber(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

const notLive = { judgeVersion: 1, checks: [], result: 'not-live', reason: 'looks-flat' } as const;
const doubtful = { judgeVersion: 1, checks: [], result: 'referred', reason: 'no-turn' } as const;
const noPortrait = { ...enrolment, evidence: { ...enrolment.evidence, portrait: null } };
const on = (date: string) => ({ ...enrolment, createdAt: Date.parse(date) });
const reasonFor = (facts: Facts) => weighEnrolment(facts).reason;

describe('weighing an enrolment with a card', () => {
  it.each<readonly [string, Partial<Facts>, string]>([
    ['everything in order', {}, 'issued'],
    ['no portrait', { enrolment: noPortrait }, 'referred-no-portrait'],
    ['a doubtful liveness', { verdict: doubtful }, 'referred-liveness'],
    ['a nonce that is not ours', { noncesGenuine: false }, 'referred-liveness'],
    ['a plan that was told of before', { planFaults: ['plan-reused'] }, 'referred-liveness'],
    ['a station that gives up too many plans', { planFaults: ['plans-abandoned'] }, 'referred-liveness'],
    ['a basic e-ID in force', { holds: 'basic' }, 'referred-duplicate'],
    ['a full e-ID in force', { holds: 'full' }, 'referred-duplicate'],
    ['an application that a person has yet to look at', { openCase: true }, 'referred-duplicate'],
    ['no card', { identity: { source: 'card', card: null, claimed: card } }, 'rejected-card-invalid'],
    [
      'another sex in the register',
      { registered: { ...card, sex: 'female' } },
      'rejected-contradicts-register',
    ],
    [
      'another birth in the register',
      { registered: { ...card, birth: '1990-06-15' } },
      'rejected-contradicts-register',
    ],
    ['a rejection and a referral: the rejection', { verdict: notLive, holds: 'basic' }, 'rejected-liveness'],
    ['the last day of the card, in China', { enrolment: on('2036-01-01T23:59:59+08:00') }, 'issued'],
    ['the day after, in China', { enrolment: on('2036-01-02T00:00:00+08:00') }, 'rejected-card-expired'],
    [
      'the day before the card began',
      { enrolment: on('2015-12-31T23:59:59+08:00') },
      'rejected-card-invalid',
    ],
  ])('%s', (_, changed, reason) => {
    expect(reasonFor({ ...full, ...changed })).toBe(reason);
  });

  it('counts age on the day of the enrolment: 18 is of age, the day before is not', () => {
    const minor = PEOPLE.teenager.card;
    const facts = (at: string): Facts => ({
      ...full,
      identity: { source: 'card', card: minor, claimed: minor },
      registered: { name: minor.name, sex: minor.sex, birth: minor.birth },
      enrolment: on(at),
    });
    expect(reasonFor(facts('2028-11-01T23:59:59+08:00'))).toBe('rejected-under-age');
    expect(reasonFor(facts('2028-11-02T00:00:00+08:00'))).toBe('issued');
  });
});

describe('weighing a packet whose station has a wrong clock', () => {
  const minor = PEOPLE.teenager.card;
  const minors: Facts = {
    ...full,
    identity: { source: 'card', card: minor, claimed: minor },
    registered: { name: minor.name, sex: minor.sex, birth: minor.birth },
    receivedAt: Date.parse('2026-03-02T12:00:00+08:00'),
  };

  it('a date after its own arrival makes no minor of age', () => {
    expect(reasonFor({ ...minors, enrolment: on('2029-03-02T12:00:00+08:00') })).toBe('rejected-under-age');
  });

  it('a date after its own arrival makes no card expired that was valid when it came', () => {
    const early = Date.parse('2036-01-01T12:00:00+08:00');
    const facts = { ...full, receivedAt: early, enrolment: on('2039-06-01T12:00:00+08:00') };
    expect(reasonFor(facts)).toBe('issued');
  });

  it('a date after its own arrival makes no card valid that had not begun', () => {
    const before = Date.parse('2015-12-31T23:59:59+08:00');
    const facts = { ...full, receivedAt: before, enrolment: on('2020-06-01T12:00:00+08:00') };
    expect(reasonFor(facts)).toBe('rejected-card-invalid');
  });

  it('a date weeks before its arrival is believed: the card was valid when the citizen stood there', () => {
    const late = Date.parse('2036-01-30T12:00:00+08:00');
    const facts = { ...full, receivedAt: late, enrolment: on('2036-01-01T12:00:00+08:00') };
    expect(reasonFor(facts)).toBe('issued');
    expect(reasonFor({ ...facts, enrolment: on('2036-01-02T12:00:00+08:00') })).toBe('rejected-card-expired');
  });
});

describe('weighing a typed number and name', () => {
  const typed = (name: string | null, registered = card.name): Partial<Facts> => ({
    identity: { source: 'typed', number, name },
    registered: { name: registered, sex: card.sex, birth: card.birth },
  });

  it.each<readonly [string, Partial<Facts>, string]>([
    ['everything in order', {}, 'issued'],
    [
      'a number that is none',
      { identity: { source: 'typed', number: null, name: card.name } },
      'rejected-malformed',
    ],
    ['a number that the register does not have', { registered: null }, 'rejected-not-in-register'],
    ['another name', typed('林测'), 'rejected-contradicts-register'],
    ['the name with a space in it', typed('林 测安'), 'rejected-contradicts-register'],
    ['a name that sounds the same', typed('林测桉'), 'rejected-contradicts-register'],
    ['another middle dot than the register has', typed('阿依努尔•买买提', '阿依努尔·买买提'), 'issued'],
    [
      'no middle dot where the register has one',
      typed('阿依努尔买买提', '阿依努尔·买买提'),
      'rejected-contradicts-register',
    ],
    ['letters in another form of Unicode', typed('Jose\u0301', 'Jos\u00e9'), 'issued'],
    [
      'another birth in the register',
      { registered: { ...card, birth: '1990-06-15' } },
      'rejected-contradicts-register',
    ],
    ['a face that did nothing', { verdict: notLive }, 'rejected-liveness'],
    ['a doubtful liveness', { verdict: doubtful }, 'referred-liveness'],
    ['a basic e-ID in force', { holds: 'basic' }, 'referred-duplicate'],
    ['a full e-ID in force', { holds: 'full' }, 'referred-duplicate'],
    ['an application that a person has yet to look at', { openCase: true }, 'referred-duplicate'],
    ['nothing to compare the face with, in a pilot', { mode: 'pilot' }, 'referred-comparison'],
    ['nothing to compare the face with, in production', { mode: 'production' }, 'referred-comparison'],
  ])('%s', (_, changed, reason) => {
    expect(reasonFor({ ...basic, ...changed })).toBe(reason);
  });

  it('believes no comparison with a portrait that the station cannot have had', () => {
    const { comparison } = enrolment;
    expect(comparison.result).toBe('same');
    const facts: Facts = { ...basic, mode: 'pilot', enrolment: { ...basic.enrolment, comparison } };
    expect(reasonFor(facts)).toBe('referred-comparison');
  });

  it('asks for 18 years on the day of the enrolment', () => {
    const minor = PEOPLE.teenager.card;
    const facts = (at: string): Facts => ({
      ...basic,
      identity: { source: 'typed', number: citizenNumber(minor.number), name: minor.name },
      registered: { name: minor.name, sex: minor.sex, birth: minor.birth },
      enrolment: { ...basic.enrolment, createdAt: Date.parse(at) },
    });
    expect(reasonFor(facts('2028-11-01T23:59:59+08:00'))).toBe('rejected-under-age');
    expect(reasonFor(facts('2028-11-02T00:00:00+08:00'))).toBe('issued');
  });
});

describe('weighing an upgrade', () => {
  it.each<readonly [string, Partial<Facts>, string]>([
    ['everything in order', {}, 'issued'],
    ['no e-ID to upgrade', { holds: null, password: 'no-proof' }, 'rejected-no-eid'],
    ['an e-ID that is full already', { holds: 'full' }, 'referred-duplicate'],
    ['a wrong password', { password: 'wrong' }, 'referred-password'],
    ['the last wrong password', { password: 'wrong-at-last' }, 'rejected-password-blocked'],
    ['a blocked password', { password: 'blocked' }, 'rejected-password-blocked'],
    ['a proof that cannot be opened', { password: 'unreadable' }, 'rejected-malformed'],
    ['an e-ID, and no proof looked at', { password: 'no-proof' }, 'rejected-malformed'],
    ['a wrong password and no living face', { password: 'wrong', verdict: notLive }, 'rejected-liveness'],
    [
      'a wrong password and no card',
      { password: 'wrong', identity: { source: 'card', card: null, claimed: card } },
      'rejected-card-invalid',
    ],
  ])('%s', (_, changed, reason) => {
    expect(reasonFor({ ...upgrade, ...changed })).toBe(reason);
  });

  it('looks at no password of somebody whose face is not that of the card', () => {
    const comparison = { result: 'different', reason: 'measured', distance: 0.9 } as const;
    const facts: Facts = { ...upgrade, password: 'wrong', enrolment: { ...upgrade.enrolment, comparison } };
    expect(reasonFor(facts)).toBe('referred-comparison');
  });
});

describe('weighing a loss report', () => {
  it.each<readonly [string, Partial<Facts>, string]>([
    ['of a full e-ID, without name and portrait', {}, 'revoked'],
    ['of a basic e-ID', { holds: 'basic' }, 'revoked'],
    ['of a person who left the register', { registered: null }, 'revoked'],
    ['without an e-ID', { holds: null, password: 'no-proof' }, 'rejected-no-eid'],
    [
      'with a number that is none',
      { identity: { source: 'typed', number: null, name: null } },
      'rejected-malformed',
    ],
    ['with a wrong password', { password: 'wrong' }, 'referred-password'],
    ['with the last wrong password', { password: 'wrong-at-last' }, 'referred-password'],
    ['with a blocked password', { password: 'blocked' }, 'referred-password'],
    ['with a proof that cannot be opened', { password: 'unreadable' }, 'rejected-malformed'],
    ['by a face that did nothing', { verdict: notLive }, 'rejected-liveness'],
    ['by a doubtful face', { verdict: doubtful }, 'referred-liveness'],
  ])('%s', (_, changed, reason) => {
    expect(reasonFor({ ...reportLost, ...changed })).toBe(reason);
  });

  it('has an outcome of its own', () => {
    expect(weighEnrolment(reportLost)).toEqual({ outcome: 'revoked', reason: 'revoked' });
  });
});

describe('an application that brings what belongs to another', () => {
  const chosen = { kind: 'chosen', verifier: new Uint8Array(120) } as const;
  const asked = (facts: Facts, application: Application, change: Partial<Enrolment> = {}): Facts => ({
    ...facts,
    enrolment: { ...facts.enrolment, ...change, application },
  });

  it.each<readonly [string, Facts]>([
    ['a full e-ID for a typed number', asked(basic, 'full')],
    ['a basic e-ID with a card', asked(full, 'basic')],
    [
      'a basic e-ID without a name',
      { ...basic, enrolment: { ...basic.enrolment, holder: reportLost.enrolment.holder } },
    ],
    ['a basic e-ID with a proof of a password', asked(basic, 'basic', { password: proof })],
    ['a full e-ID with a proof of a password', asked(full, 'full', { password: proof })],
    ['an upgrade for a typed number', asked(reportLost, 'upgrade')],
    ['an upgrade with a new password', asked(upgrade, 'upgrade', { password: chosen })],
    ['a loss report with a new password', asked(reportLost, 'report-lost', { password: chosen })],
    ['a loss report with a card', asked(upgrade, 'report-lost')],
  ])('%s is malformed', (_, facts) => {
    expect(reasonFor(facts)).toBe('rejected-malformed');
  });
});

describe('the invented people of these tests', () => {
  it.each(Object.entries(PEOPLE))('%s has a chip that reads as the record says', (_, person) => {
    expect(decodeCard(chipText(person.card))).toEqual({ ok: true, value: person.card });
  });
});
