import type { RecordView } from '#domain/session/project.ts';

/** A record as the chart's tests show it. The person is invented. */
export const VIEW: RecordView = {
  consentVersion: () => '1',
  phoneLastFour: () => '7K2M',
  review: () => ({
    application: 'full',
    name: '林小满',
    maskedNumber: '4401**********0019',
    validUntil: '2036-05-01',
    phoneLastFour: '7K2M',
    portrait: 'data:image/jpeg;base64,AAAA',
    cardPortrait: null,
  }),
  eid: () => ({
    grade: 'full',
    maskedName: '林**',
    subject: '0000 0000 0000 0000',
    issuedAt: 0,
    expiresAt: 1,
    code: 'EID1:X',
    portrait: 'data:image/jpeg;base64,AAAA',
    simulated: true,
  }),
  slip: () => ({
    packetId: '01890000-0000-7000-8000-000000000000',
    maskedName: '林**',
    maskedNumber: '4401**********0019',
    application: 'full',
    at: 0,
    station: 'Hall 1',
    sequence: 1,
    state: 'issued',
    statement: 'EIDS1:X',
  }),
  suggestedName: () => null,
  slipStatus: () => ({
    packetId: '01890000-0000-7000-8000-000000000000',
    application: 'basic',
    station: 'Hall 1',
    at: 0,
    state: 'held',
    reason: null,
  }),
  checked: () => ({
    verdict: { result: 'valid', grade: 'basic', simulated: false },
    eid: null,
    statusAsOf: 0,
    holder: 'not-shown',
    challenge: 'EIDN1:X',
  }),
  ticket: () => ({ station: 'Hall 1', at: 0, step: 'card', reason: 'card-problem', label: 'A-042' }),
};
