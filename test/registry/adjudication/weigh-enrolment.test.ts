import { describe, expect, it } from 'vitest';
import type { Enrolment } from '#domain/enrolment/enrolment.ts';
import { decodeCardText } from '#domain/identity/card-text.ts';
import { type Facts, weighEnrolment } from '#registry/adjudication/weigh-enrolment.ts';
import { sampleEnrolment } from '../../protocol/sample.ts';
import { chipText, PEOPLE } from '../people.ts';
import { MORNING } from '../registry-fixture.ts';

const { card } = PEOPLE.lin;
const sample = sampleEnrolment({ frames: 1, jpegBytes: 100 });
const enrolment: Enrolment = {
  ...sample,
  createdAt: MORNING,
  card: { ...sample.card, record: card },
  comparison: { result: 'same', reason: 'measured', distance: 0.3 },
};
const inOrder: Facts = {
  enrolment,
  card,
  registered: { name: card.name, sex: card.sex, birth: card.birth },
  verdict: { judgeVersion: 1, checks: [], result: 'live' },
  noncesGenuine: true,
  enrolledBefore: false,
  mode: 'production',
};

const notLive = { judgeVersion: 1, checks: [], result: 'not-live', reason: 'looks-flat' } as const;
const doubtful = { judgeVersion: 1, checks: [], result: 'referred', reason: 'no-turn' } as const;
const noPortrait = { ...enrolment, evidence: { ...enrolment.evidence, portrait: null } };
const on = (date: string) => ({ ...enrolment, createdAt: Date.parse(date) });

describe('weighing an enrolment', () => {
  it.each<readonly [string, Partial<Facts>, string]>([
    ['everything in order', {}, 'issued'],
    ['no portrait', { enrolment: noPortrait }, 'referred-no-portrait'],
    ['a doubtful liveness', { verdict: doubtful }, 'referred-liveness'],
    ['a nonce that is not ours', { noncesGenuine: false }, 'referred-liveness'],
    ['an earlier enrolment', { enrolledBefore: true }, 'referred-duplicate'],
    ['no card', { card: null }, 'rejected-card-invalid'],
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
    [
      'a rejection and a referral: the rejection',
      { verdict: notLive, enrolledBefore: true },
      'rejected-liveness',
    ],
    ['the last day of the card, in China', { enrolment: on('2036-01-01T23:59:59+08:00') }, 'issued'],
    ['the day after, in China', { enrolment: on('2036-01-02T00:00:00+08:00') }, 'rejected-card-expired'],
    [
      'the day before the card began',
      { enrolment: on('2015-12-31T23:59:59+08:00') },
      'rejected-card-invalid',
    ],
  ])('%s', (_, changed, reason) => {
    expect(weighEnrolment({ ...inOrder, ...changed }).reason).toBe(reason);
  });

  it('counts age on the day of the enrolment: 18 is of age, the day before is not', () => {
    const minor = PEOPLE.teenager.card;
    const facts = (at: string): Facts => ({
      ...inOrder,
      card: minor,
      registered: { name: minor.name, sex: minor.sex, birth: minor.birth },
      enrolment: { ...on(at), card: { ...enrolment.card, record: minor } },
    });
    expect(weighEnrolment(facts('2028-11-01T23:59:59+08:00')).reason).toBe('rejected-under-age');
    expect(weighEnrolment(facts('2028-11-02T00:00:00+08:00')).reason).toBe('issued');
  });
});

describe('the invented people of these tests', () => {
  it.each(Object.entries(PEOPLE))('%s has a chip that reads as the record says', (_, person) => {
    expect(decodeCardText(chipText(person.card))).toEqual({ ok: true, value: person.card });
  });
});
