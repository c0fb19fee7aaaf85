import { APPLICATIONS } from '#domain/enrolment/application.ts';
import type {
  CardProblem,
  ClosedReason,
  NameProblem,
  NumberProblem,
  PasswordProblem,
  PhoneProblem,
  TicketReason,
} from '#domain/session/snapshot.ts';
import { consentText } from '#i18n/consent-text.ts';
import { CHECK_SCENES, OUTCOME_SCENES, STATUS_SCENES } from './answer-scenes.ts';
import { FACE_SCENES } from './face-scenes.ts';
import { LONG_NAME, MOMENT, REVIEW } from './samples.ts';
import { allOf, OFFLINE, type Scene, STATION, scene } from './scene.ts';

export type { Scene } from './scene.ts';

const closedReasons = allOf<ClosedReason>({
  starting: true,
  'not-provisioned': true,
  'devices-missing': true,
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
  'residence-permit': true,
  'foreigner-card': true,
  unreadable: true,
  refused: true,
  expired: true,
  'reader-out-of-service': true,
});
const ticketReasons = allOf<TicketReason>({
  guardian: true,
  'face-not-passed': true,
  'cannot-do-this': true,
  'card-problem': true,
  'camera-problem': true,
  'no-phone': true,
});
const numberProblems = allOf<NumberProblem>({
  'wrong-length': true,
  'not-digits': true,
  'wrong-check-character': true,
  'no-such-birth': true,
});
const nameProblems = allOf<NameProblem>({ empty: true, 'too-long': true, 'not-a-name': true });

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
  scene('visit', { name: 'visit', unavailable: [] }),
  scene('visit-without-reader', { name: 'visit', unavailable: ['full', 'upgrade'] }, { notices: OFFLINE }),
  scene(
    'visit-without-scanner',
    { name: 'visit', unavailable: ['status', 'check'] },
    { notices: OFFLINE, pictured: false },
  ),
  ...APPLICATIONS.map((application) =>
    scene(
      application === 'full' ? 'consent' : `consent-${application}`,
      { name: 'consent', textVersion: consentText('zh-CN', application).version },
      { pictured: application !== 'upgrade', visit: application },
    ),
  ),
  scene('consent-not-shown', { name: 'consent', textVersion: 'another' }, { pictured: false }),
  scene('phone', { name: 'phone', problem: null }),
  ...phoneProblems.map((problem, index) =>
    scene(`phone-${problem}`, { name: 'phone', problem }, { pictured: index === 0 }),
  ),
  scene('phone-confirm', { name: 'phone-confirm', lastFour: 'K7QX' }),
  scene('password', { name: 'password', purpose: 'choose', problem: null }),
  ...passwordProblems.map((problem) =>
    scene(
      `password-${problem}`,
      { name: 'password', purpose: 'choose', problem },
      { pictured: problem === 'too-simple' },
    ),
  ),
  scene('password-prove', { name: 'password', purpose: 'prove', problem: null }, { visit: 'upgrade' }),
  scene(
    'password-prove-wrong-length',
    { name: 'password', purpose: 'prove', problem: 'wrong-length' },
    { pictured: false, visit: 'report-lost' },
  ),
  scene('number', { name: 'number', problem: null }, { notices: OFFLINE }),
  ...numberProblems.map((problem) =>
    scene(
      `number-${problem}`,
      { name: 'number', problem },
      { notices: OFFLINE, pictured: problem === 'wrong-check-character' },
    ),
  ),
  scene('name', { name: 'name', suggested: null, problem: null }, { notices: OFFLINE }),
  ...nameProblems.map((problem) =>
    scene(
      `name-${problem}`,
      { name: 'name', suggested: null, problem },
      { notices: OFFLINE, pictured: problem === 'not-a-name' },
    ),
  ),
  scene('name-suggested', { name: 'name', suggested: '林示远', problem: null }),
  scene('name-suggested-long', { name: 'name', suggested: LONG_NAME, problem: null }, { notices: OFFLINE }),
  scene('card', { name: 'card', state: 'waiting', problem: null }),
  scene('card-reading', { name: 'card', state: 'reading', problem: null }),
  ...cardProblems.map((problem) =>
    scene(
      `card-${problem}`,
      { name: 'card', state: 'waiting', problem },
      { pictured: problem === 'unreadable' || problem === 'residence-permit' },
    ),
  ),
  ...FACE_SCENES,
  scene('review', { name: 'review', review: REVIEW }),
  scene(
    'review-plain',
    {
      name: 'review',
      review: {
        ...REVIEW,
        name: LONG_NAME,
        validUntil: 'long-term',
        phoneLastFour: null,
        cardPortrait: null,
      },
    },
    { notices: OFFLINE },
  ),
  scene(
    'review-basic',
    {
      name: 'review',
      review: { ...REVIEW, application: 'basic', validUntil: null, cardPortrait: null },
    },
    { visit: 'basic' },
  ),
  scene(
    'review-upgrade',
    { name: 'review', review: { ...REVIEW, application: 'upgrade', name: LONG_NAME } },
    { notices: OFFLINE, pictured: false, visit: 'upgrade' },
  ),
  scene(
    'review-report-lost',
    {
      name: 'review',
      review: {
        ...REVIEW,
        application: 'report-lost',
        name: null,
        validUntil: null,
        phoneLastFour: null,
        cardPortrait: null,
      },
    },
    { visit: 'report-lost' },
  ),
  scene('saving', { name: 'saving' }),
  scene('save-failed-full', { name: 'save-failed', reason: 'storage-full' }),
  scene('save-failed', { name: 'save-failed', reason: 'storage-failed' }, { pictured: false }),
  scene('deciding', { name: 'deciding' }),
  ...OUTCOME_SCENES,
  ...ticketReasons.map((reason, index) =>
    scene(
      `ticket-${reason}`,
      {
        name: 'ticket',
        ticket: { station: STATION, at: MOMENT, step: 'face', reason, label: 'A-042' },
      },
      { pictured: index === 0 },
    ),
  ),
  scene('take-card', { name: 'take-card' }),
  scene('goodbye', { name: 'goodbye' }),
  ...STATUS_SCENES,
  ...CHECK_SCENES,
  scene('staff', { name: 'staff' }),
  scene('cancel-asked', { name: 'password', purpose: 'choose', problem: null }, { cancelAsked: true }),
  scene(
    'idle',
    { name: 'consent', textVersion: consentText('zh-CN', 'full').version },
    { idleSecondsLeft: 24 },
  ),
];

/** Help over the first scene of each screen that has it. */
export const HELP_SCENES: readonly Scene[] = SCENES.filter(
  ({ snapshot: { screen, cancelAsked, idleSecondsLeft } }, index) =>
    !cancelAsked &&
    idleSecondsLeft === null &&
    !['closed', 'attract', 'saving', 'deciding', 'take-card', 'goodbye', 'staff'].includes(screen.name) &&
    SCENES.findIndex((other) => other.snapshot.screen.name === screen.name) === index,
).map((over) => ({
  name: `help-${over.snapshot.screen.name}`,
  pictured: over.snapshot.screen.name === 'card',
  snapshot: { ...over.snapshot, helpOpen: true },
}));
