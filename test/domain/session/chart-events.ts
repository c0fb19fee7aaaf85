import { ACTIONS } from '#domain/liveness/action.ts';
import type { ChartState } from '#domain/session/accepts.ts';
import { accepts } from '#domain/session/accepts.ts';
import type { ChartEvent, StationEvent } from '#domain/session/chart-event.ts';
import type { CitizenEvent } from '#domain/session/citizen-event.ts';
import { VISITS, type Visit } from '#domain/session/snapshot.ts';

/** Everything that a citizen can touch. */
export const TOUCHES: readonly CitizenEvent[] = [
  { type: 'start' },
  { type: 'choose-language', language: 'en' },
  { type: 'choose-language', language: 'zh-CN' },
  ...VISITS.map((visit) => ({ type: 'choose-visit', visit }) as const),
  { type: 'continue' },
  { type: 'call-console' },
  { type: 'agree' },
  { type: 'decline' },
  { type: 'no-phone' },
  { type: 'confirm-phone' },
  { type: 'other-phone' },
  { type: 'try-again' },
  { type: 'open-exchange' },
  { type: 'exchange-actions', actions: [] },
  { type: 'exchange-actions', actions: ['blink', 'turn-left'] },
  { type: 'exchange-actions', actions: ACTIONS },
  { type: 'keep-portrait' },
  { type: 'retake-portrait' },
  { type: 'ask-staff' },
  { type: 'submit' },
  { type: 'finish' },
  { type: 'back' },
  { type: 'cancel' },
  { type: 'confirm-cancel' },
  { type: 'keep-going' },
  { type: 'open-help' },
  { type: 'close-help' },
  { type: 'more-time' },
];

export const STANDING_WELL: StationEvent = {
  type: 'standing.changed',
  provisioned: true,
  frozen: null,
  online: true,
};

/** What the station itself can report, one of each kind that leads somewhere else. */
export const REPORTS: readonly StationEvent[] = [
  STANDING_WELL,
  { type: 'standing.changed', provisioned: true, frozen: null, online: false },
  { type: 'standing.changed', provisioned: false, frozen: null, online: true },
  { type: 'standing.changed', provisioned: true, frozen: 'storage-full', online: true },
  { type: 'device.changed', role: 'reader', state: 'ready' },
  { type: 'device.changed', role: 'reader', state: 'absent' },
  { type: 'device.changed', role: 'reader', state: 'connecting' },
  { type: 'device.changed', role: 'reader', state: 'out-of-service' },
  { type: 'device.changed', role: 'scanner', state: 'ready' },
  { type: 'device.changed', role: 'scanner', state: 'absent' },
  { type: 'card.laid' },
  { type: 'card.removed' },
  { type: 'card.refused', problem: 'unreadable' },
  { type: 'card.accepted', age: 'under-14', validity: 'valid', passwordGuessable: false },
  { type: 'card.accepted', age: '14-17', validity: 'expired', passwordGuessable: true },
  { type: 'card.accepted', age: 'adult', validity: 'expired', passwordGuessable: true },
  { type: 'card.accepted', age: 'adult', validity: 'not-yet-valid', passwordGuessable: false },
  { type: 'card.accepted', age: 'adult', validity: 'valid', passwordGuessable: true },
  { type: 'card.accepted', age: 'adult', validity: 'valid', passwordGuessable: false },
  { type: 'phone.accepted' },
  { type: 'phone.refused', problem: 'bad-signature' },
  { type: 'password.accepted' },
  { type: 'password.refused', problem: 'different' },
  { type: 'number.accepted', age: 'under-14', passwordGuessable: true },
  { type: 'number.accepted', age: '14-17', passwordGuessable: false },
  { type: 'number.accepted', age: 'adult', passwordGuessable: true },
  { type: 'number.accepted', age: 'adult', passwordGuessable: false },
  { type: 'number.refused', problem: 'wrong-check-character' },
  { type: 'name.accepted' },
  { type: 'name.refused', problem: 'not-a-name' },
  { type: 'slip.found' },
  { type: 'slip.refused', problem: 'forged' },
  { type: 'eid.checked', challenged: true },
  { type: 'eid.checked', challenged: false },
  { type: 'eid.refused', problem: 'not-ours' },
  { type: 'face.view', view: { phase: 'starting-camera' } },
  { type: 'face.view', view: { phase: 'positioning', hint: 'too-far' } },
  { type: 'face.view', view: { phase: 'flash', index: 0, colour: 'green' } },
  { type: 'face.view', view: { phase: 'prompt', index: 0, action: 'turn-left' } },
  { type: 'face.view', view: { phase: 'portrait', retakesLeft: 2 } },
  { type: 'face.view', view: { phase: 'checking' } },
  { type: 'face.passed' },
  { type: 'face.failed', reason: 'wrong-action' },
  { type: 'camera.failed', problem: 'busy' },
  { type: 'saved' },
  { type: 'save.failed', reason: 'storage-full' },
  { type: 'decided', outcome: { kind: 'issued' } },
  { type: 'decided', outcome: { kind: 'collect' } },
  { type: 'decided', outcome: { kind: 'revoked' } },
  { type: 'decided', outcome: { kind: 'referred', reason: 'referred-duplicate' } },
  { type: 'decided', outcome: { kind: 'rejected', reason: 'rejected-card-invalid' } },
  { type: 'decided', outcome: { kind: 'offline' } },
  { type: 'slip.printed' },
  { type: 'slip.not-printed', reason: 'jammed' },
  { type: 'screen.attached' },
  { type: 'wipe.failed' },
  { type: 'renewed' },
  { type: 'renewal.failed' },
  { type: 'staff.left' },
  { type: 'touched' },
  { type: 'reset' },
];

/** Time limits that run in this state, as the events that xstate raises when they end. */
export function timeLimits(state: ChartState): { readonly type: string }[] {
  return state._nodes.flatMap((node) =>
    node.after.map((transition) => ({ type: String(transition.eventType) })),
  );
}

/** What can happen in this state: touches that the gate lets through, reports, and time limits. */
export function possibleEvents(state: ChartState): ChartEvent[] {
  return [
    ...TOUCHES.filter((touch) => accepts(state, touch)),
    ...REPORTS,
    ...(timeLimits(state) as ChartEvent[]),
  ];
}

const PHONE = [{ type: 'agree' }, { type: 'phone.accepted' }, { type: 'confirm-phone' }] as const;
const PASSWORD = { type: 'password.accepted' } as const;
const CARD = [
  { type: 'card.laid' },
  { type: 'card.accepted', age: 'adult', validity: 'valid', passwordGuessable: false },
] as const;
const NUMBER = { type: 'number.accepted', age: 'adult', passwordGuessable: false } as const;
const FACE = [
  { type: 'face.view', view: { phase: 'positioning', hint: 'too-far' } },
  { type: 'face.passed' },
  { type: 'submit' },
] as const;

/** The straight way of each visit, from the choice to the last of its counted steps. */
export const WAYS: Readonly<Record<Visit, readonly ChartEvent[]>> = {
  full: [{ type: 'choose-visit', visit: 'full' }, ...PHONE, PASSWORD, ...CARD, ...FACE],
  basic: [
    { type: 'choose-visit', visit: 'basic' },
    ...PHONE,
    PASSWORD,
    NUMBER,
    { type: 'name.accepted' },
    ...FACE,
  ],
  upgrade: [{ type: 'choose-visit', visit: 'upgrade' }, ...PHONE, PASSWORD, ...CARD, ...FACE],
  'report-lost': [
    { type: 'choose-visit', visit: 'report-lost' },
    { type: 'agree' },
    NUMBER,
    PASSWORD,
    ...FACE,
  ],
  status: [{ type: 'choose-visit', visit: 'status' }, { type: 'slip.found' }],
  check: [
    { type: 'choose-visit', visit: 'check' },
    { type: 'eid.checked', challenged: true },
  ],
};
