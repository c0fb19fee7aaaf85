import { DECISION_REASONS, type DecisionReason } from '#domain/enrolment/decision.ts';
import type { Grade } from '#domain/enrolment/enrolment.ts';
import { ACTIONS } from '#domain/liveness/action.ts';
import { LIVENESS_REASONS } from '#domain/liveness/verdict.ts';
import type {
  CameraProblem,
  CardProblem,
  ClosedReason,
  FacePhase,
  PasswordProblem,
  PhoneProblem,
  Screen,
  ShownEid,
  ShownSlip,
  Snapshot,
  TicketReason,
} from '#domain/session/snapshot.ts';
import { consentText } from '#i18n/consent-text.ts';

/** One state of the citizen's screen, under a name that a screenshot can carry. */
export interface Scene {
  readonly name: string;
  readonly snapshot: Omit<Snapshot, 'number' | 'language'>;
  /** A picture is taken, and the accessibility rules are run, of one scene of each kind. */
  readonly pictured: boolean;
}

/** Every value of a union: the compiler refuses a list that lacks one. */
function allOf<T extends string>(values: Readonly<Record<T, true>>): readonly T[] {
  return Object.keys(values) as T[];
}

const PICTURE = portraitDrawing('#3b4f66');
const CARD_PICTURE = portraitDrawing('#5b4636');
const MOMENT = Date.UTC(2026, 10, 23, 2, 15);

function eid(grade: Grade): ShownEid {
  return {
    grade,
    maskedName: '林**',
    subject: '7K2M QX9D 4TRB 8WHC',
    issuedAt: MOMENT,
    expiresAt: Date.UTC(2031, 10, 23),
    code: `EID1:${'6BFOXN%TS3DHPVO13J /G-/2YRVA.Q/R8'.repeat(9)}`,
    portrait: PICTURE,
    simulated: true,
  };
}

function slip(change: Partial<ShownSlip>): ShownSlip {
  return {
    packetId: '019ab0c2-7d41-7e35-9c08-5a1e64d2f7b3',
    maskedName: '林**',
    maskedNumber: '4401**********0133',
    grade: 'full',
    at: MOMENT,
    station: '荔湾政务服务中心 3 号机',
    sequence: 1042,
    state: 'issued',
    printed: true,
    ...change,
  };
}

const usual = {
  canGoBack: false,
  canCancel: false,
  helpOpen: false,
  cancelAsked: false,
  idleSecondsLeft: null,
  progress: null,
  notices: { simulated: true, offline: false, stationName: '荔湾政务服务中心 3 号机' },
} as const;

/** As the station counts them: seven steps up to the decision, none before and after. */
const STEPS: Partial<Record<Screen['name'], number>> = {
  language: 1,
  visit: 1,
  consent: 2,
  phone: 3,
  'phone-confirm': 3,
  password: 4,
  card: 5,
  face: 6,
  'face-failed': 6,
  'camera-problem': 6,
  review: 7,
  saving: 7,
  'save-failed': 7,
  deciding: 7,
};
const WITHOUT_CANCEL: readonly Screen['name'][] = [
  'closed',
  'attract',
  'saving',
  'deciding',
  'issued',
  'waiting',
  'rejected',
  'slip',
  'ticket',
  'take-card',
  'goodbye',
];
const WITH_BACK: readonly Screen['name'][] = [
  'language',
  'visit',
  'consent',
  'phone',
  'phone-confirm',
  'password',
  'card',
];

function scene(
  name: string,
  screen: Screen,
  change: Partial<Scene['snapshot']> & { readonly pictured?: boolean } = {},
): Scene {
  const { pictured = true, ...rest } = change;
  const step = STEPS[screen.name];
  return {
    name,
    pictured,
    snapshot: {
      ...usual,
      screen,
      progress: step === undefined ? null : { step, of: 7 },
      canGoBack: WITH_BACK.includes(screen.name),
      canCancel: !WITHOUT_CANCEL.includes(screen.name),
      ...rest,
    },
  };
}

const face = (name: string, view: FacePhase, pictured = true) =>
  scene(`face-${name}`, { name: 'face', attempt: 1, actions: 4, view }, { pictured });

const review = {
  grade: 'full',
  name: '林示远',
  maskedNumber: '4401**********0133',
  validUntil: '2036-07-01',
  phoneLastFour: 'K7QX',
  portrait: PICTURE,
  cardPortrait: CARD_PICTURE,
} as const;

const closedReasons = allOf<ClosedReason>({
  starting: true,
  'not-provisioned': true,
  'reader-missing': true,
  'scanner-missing': true,
  'card-left': true,
  'offline-too-long': true,
  'storage-full': true,
  'chain-broken': true,
  'certificate-expired': true,
  'restart-needed': true,
});
const phoneProblems = allOf<PhoneProblem>({
  'not-ours': true,
  'bad-signature': true,
  'used-before': true,
  'scanner-missing': true,
});
const passwordProblems = allOf<PasswordProblem>({
  'wrong-length': true,
  different: true,
  'too-simple': true,
});
const cardProblems = allOf<CardProblem>({
  'reader-missing': true,
  'put-back': true,
  'lift-and-replace': true,
  'wrong-card': true,
  unreadable: true,
  refused: true,
  expired: true,
  'reader-out-of-service': true,
});
const cameraProblems = allOf<CameraProblem>({
  missing: true,
  refused: true,
  busy: true,
  virtual: true,
  'tracker-failed': true,
});
const ticketReasons = allOf<TicketReason>({
  guardian: true,
  'face-not-passed': true,
  'cannot-do-this': true,
  'card-problem': true,
  'camera-problem': true,
  'no-phone': true,
});
const slipStates = allOf<ShownSlip['state']>({ issued: true, waiting: true, referred: true, rejected: true });

const isReferral = (reason: DecisionReason) => reason.startsWith('referred-');
const isRejection = (reason: DecisionReason) => reason.startsWith('rejected-');

/** Every screen in every state that the station can put it in. */
export const SCENES: readonly Scene[] = [
  ...closedReasons.map((reason, index) =>
    scene(`closed-${reason}`, { name: 'closed', reason }, { pictured: index < 2 || reason === 'card-left' }),
  ),
  scene('attract', { name: 'attract' }),
  scene(
    'attract-plain',
    { name: 'attract' },
    { notices: { simulated: false, offline: false, stationName: '' }, pictured: false },
  ),
  scene('language', { name: 'language' }),
  scene('visit', { name: 'visit' }),
  scene(
    'visit-offline',
    { name: 'visit' },
    { notices: { simulated: true, offline: true, stationName: '荔湾政务服务中心 3 号机' } },
  ),
  scene('consent', { name: 'consent', textVersion: consentText('zh-CN').version }),
  scene('consent-not-shown', { name: 'consent', textVersion: 'another' }, { pictured: false }),
  scene('phone', { name: 'phone', problem: null }),
  ...phoneProblems.map((problem, index) =>
    scene(`phone-${problem}`, { name: 'phone', problem }, { pictured: index === 0 }),
  ),
  scene('phone-confirm', { name: 'phone-confirm', lastFour: 'K7QX' }),
  scene('password', { name: 'password', problem: null }),
  ...passwordProblems.map((problem) =>
    scene(`password-${problem}`, { name: 'password', problem }, { pictured: problem === 'too-simple' }),
  ),
  scene('card', { name: 'card', state: 'waiting', problem: null }),
  scene('card-reading', { name: 'card', state: 'reading', problem: null }),
  ...cardProblems.map((problem) =>
    scene(
      `card-${problem}`,
      { name: 'card', state: 'waiting', problem },
      { pictured: problem === 'unreadable' },
    ),
  ),
  face('starting', { phase: 'starting-camera' }),
  face('positioning', { phase: 'positioning', hint: null }),
  ...LIVENESS_REASONS.map((hint, index) => face(`hint-${hint}`, { phase: 'positioning', hint }, index === 0)),
  face('hold-still', { phase: 'hold-still' }),
  ...ACTIONS.map((action, index) => face(`prompt-${action}`, { phase: 'prompt', index, action })),
  face('between', { phase: 'between', index: 1 }),
  face('checking', { phase: 'checking' }),
  ...LIVENESS_REASONS.map((reason, index) =>
    scene(`face-failed-${reason}`, { name: 'face-failed', reason, triesLeft: 1 }, { pictured: index === 0 }),
  ),
  scene('face-failed-last', { name: 'face-failed', reason: 'too-slow', triesLeft: 0 }),
  ...cameraProblems.map((problem, index) =>
    scene(`camera-problem-${problem}`, { name: 'camera-problem', problem }, { pictured: index === 0 }),
  ),
  scene('review', { name: 'review', review }),
  scene(
    'review-plain',
    {
      name: 'review',
      review: {
        ...review,
        name: '阿卜杜热合曼·示例·买买提',
        validUntil: 'long-term',
        phoneLastFour: null,
        cardPortrait: null,
      },
    },
    { notices: { simulated: true, offline: true, stationName: '荔湾政务服务中心 3 号机' } },
  ),
  scene('saving', { name: 'saving' }),
  scene('save-failed-full', { name: 'save-failed', reason: 'storage-full' }),
  scene('save-failed', { name: 'save-failed', reason: 'storage-failed' }, { pictured: false }),
  scene('deciding', { name: 'deciding' }),
  scene('issued-full', { name: 'issued', eid: eid('full') }),
  scene('issued-basic', { name: 'issued', eid: eid('basic') }),
  scene(
    'waiting-offline',
    { name: 'waiting', reason: 'offline', detail: null },
    { notices: { simulated: true, offline: true, stationName: '荔湾政务服务中心 3 号机' } },
  ),
  scene('waiting-not-yet', { name: 'waiting', reason: 'not-yet', detail: null }, { pictured: false }),
  ...DECISION_REASONS.filter(isReferral).map((detail, index) =>
    scene(`waiting-${detail}`, { name: 'waiting', reason: 'referred', detail }, { pictured: index === 0 }),
  ),
  ...DECISION_REASONS.filter(isRejection).map((reason, index) =>
    scene(`rejected-${reason}`, { name: 'rejected', reason }, { pictured: index === 0 }),
  ),
  ...slipStates.map((state, index) =>
    scene(
      `slip-${state}`,
      { name: 'slip', slip: slip({ state, printed: index % 2 === 0 }) },
      { pictured: index < 2 },
    ),
  ),
  ...ticketReasons.map((reason, index) =>
    scene(
      `ticket-${reason}`,
      {
        name: 'ticket',
        ticket: { station: '荔湾政务服务中心 3 号机', at: MOMENT, step: 'face', reason, label: 'A-042' },
      },
      { pictured: index === 0 },
    ),
  ),
  scene('take-card', { name: 'take-card' }),
  scene('goodbye', { name: 'goodbye' }),
  scene('cancel-asked', { name: 'password', problem: null }, { cancelAsked: true }),
  scene('idle', { name: 'consent', textVersion: '2026-11' }, { idleSecondsLeft: 24 }),
];

/** Help over the first scene of each screen that has it. */
export const HELP_SCENES: readonly Scene[] = SCENES.filter(
  ({ snapshot: { screen, cancelAsked, idleSecondsLeft } }, index) =>
    !cancelAsked &&
    idleSecondsLeft === null &&
    !['closed', 'attract', 'saving', 'deciding', 'take-card', 'goodbye'].includes(screen.name) &&
    SCENES.findIndex((other) => other.snapshot.screen.name === screen.name) === index,
).map((over) => ({
  name: `help-${over.snapshot.screen.name}`,
  pictured: over.snapshot.screen.name === 'card',
  snapshot: { ...over.snapshot, helpOpen: true },
}));

/** An invented head and shoulders in place of a photograph. */
function portraitDrawing(hair: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 358 441"><rect width="358" height="441" fill="#dfe7ef"/><path d="M60 441c6-96 50-132 119-132s113 36 119 132z" fill="#41566f"/><path d="M148 262h62v66c-18 20-44 20-62 0z" fill="#e2b48f"/><ellipse cx="179" cy="196" rx="82" ry="104" fill="#efc7a3"/><path d="M94 186c-8-90 36-128 88-128s92 40 82 128c-14-40-30-58-44-66-40 12-84 10-102 4-12 14-20 34-24 62z" fill="${hair}"/><g fill="#22303f"><circle cx="148" cy="200" r="8"/><circle cx="210" cy="200" r="8"/></g><path d="M152 252c16 12 38 12 54 0" fill="none" stroke="#a05b4a" stroke-width="6" stroke-linecap="round"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
