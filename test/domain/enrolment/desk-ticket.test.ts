import { expect, it } from 'vitest';
import { deskTicket, TICKET_LABELS } from '#domain/enrolment/desk-ticket.ts';

const label = (serial: number) =>
  deskTicket({ station: 'Hall 1', at: 1, step: 'card', reason: 'card-problem', serial }).label;

it('numbers tickets so that they can be called out', () => {
  expect([0, 1, 41, 998, 999, TICKET_LABELS - 1, TICKET_LABELS].map(label)).toEqual([
    'A-001',
    'A-002',
    'A-042',
    'A-999',
    'B-001',
    'Z-999',
    'A-001',
  ]);
});

it('never gives two tickets in a row of labels the same label, and uses no letter that looks like a digit', () => {
  const labels = Array.from({ length: TICKET_LABELS }, (_, serial) => label(serial));
  expect(new Set(labels).size).toBe(TICKET_LABELS);
  expect(labels.every((each) => /^[A-HJ-NP-Z]-\d{3}$/.test(each))).toBe(true);
});

it('says where and why, and nothing else', () => {
  expect(
    deskTicket({ station: 'Hall 1', at: 7, step: 'face', reason: 'face-not-passed', serial: 3 }),
  ).toEqual({
    station: 'Hall 1',
    at: 7,
    step: 'face',
    reason: 'face-not-passed',
    label: 'A-004',
  });
});
