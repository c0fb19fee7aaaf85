import { EID_DOUBTS, EID_FAULTS, type HolderProof } from '#domain/eid/eid-verdict.ts';
import { APPLICATIONS } from '#domain/enrolment/application.ts';
import { DECISION_REASONS, type DecisionReason } from '#domain/enrolment/decision.ts';
import type {
  EidCodeProblem,
  ShownSlip,
  SlipFault,
  SlipPrint,
  SlipProblem,
  SlipStatus,
} from '#domain/session/snapshot.ts';
import { checkedEid, shownEid, shownSlip, slipStatus } from './samples.ts';
import { allOf, OFFLINE, type Scene, scene } from './scene.ts';

const slipStates = allOf<ShownSlip['state']>({
  issued: true,
  collect: true,
  revoked: true,
  waiting: true,
  referred: true,
  rejected: true,
});
const PRINTED: SlipPrint = { state: 'printed' };
const NOT_PRINTED: SlipPrint = { state: 'not-printed', reason: 'no-printer' };
const slipFaults = allOf<SlipFault>({
  'no-printer': true,
  'no-paper': true,
  'cover-open': true,
  jammed: true,
  offline: true,
  unknown: true,
});
const slipProblems = allOf<SlipProblem>({ 'not-ours': true, forged: true, 'scanner-missing': true });
const eidCodeProblems = allOf<EidCodeProblem>({ 'not-ours': true, 'scanner-missing': true });
const statusStates = allOf<SlipStatus['state']>({
  'waiting-here': true,
  held: true,
  issued: true,
  collect: true,
  revoked: true,
  referred: true,
  rejected: true,
  'not-arrived': true,
  'cannot-tell': true,
});
const holderProofs = allOf<HolderProof>({
  'no-phone': true,
  'not-shown': true,
  'same-holder': true,
  'other-phone': true,
});

const isReferral = (reason: DecisionReason) => reason.startsWith('referred-');
const isRejection = (reason: DecisionReason) => reason.startsWith('rejected-');

/** What the registry said, and what else ends a visit that sent something. */
export const OUTCOME_SCENES: readonly Scene[] = [
  scene('issued-full', { name: 'issued', eid: shownEid('full') }),
  scene('issued-basic', { name: 'issued', eid: shownEid('basic') }),
  scene('collect', { name: 'collect' }),
  scene('revoked', { name: 'revoked' }),
  scene(
    'waiting-offline',
    { name: 'waiting', application: 'full', reason: 'offline', detail: null },
    { notices: OFFLINE },
  ),
  scene(
    'waiting-not-yet',
    { name: 'waiting', application: 'basic', reason: 'not-yet', detail: null },
    { pictured: false },
  ),
  scene(
    'waiting-offline-lost',
    { name: 'waiting', application: 'report-lost', reason: 'offline', detail: null },
    { notices: OFFLINE },
  ),
  scene(
    'waiting-referred-lost',
    { name: 'waiting', application: 'report-lost', reason: 'referred', detail: 'referred-password' },
    { notices: OFFLINE, pictured: false },
  ),
  ...DECISION_REASONS.filter(isReferral).map((detail, index) =>
    scene(
      `waiting-${detail}`,
      { name: 'waiting', application: 'full', reason: 'referred', detail },
      { pictured: index === 0 },
    ),
  ),
  ...DECISION_REASONS.filter(isRejection).map((reason, index) =>
    scene(`rejected-${reason}`, { name: 'rejected', application: 'full', reason }, { pictured: index === 0 }),
  ),
  scene('rejected-lost', {
    name: 'rejected',
    application: 'report-lost',
    reason: 'rejected-password-blocked',
  }),
  ...slipStates.flatMap((state, index) =>
    ([PRINTED, NOT_PRINTED] as const).map((print) =>
      scene(
        `slip-${state}${print === PRINTED ? '' : '-shown'}`,
        { name: 'slip', slip: shownSlip({ state, print }) },
        { pictured: index === 0, ...(print === PRINTED ? {} : { notices: OFFLINE }) },
      ),
    ),
  ),
  scene('slip-printing', { name: 'slip', slip: shownSlip({ print: { state: 'printing' } }) }),
  ...slipFaults.map((reason) =>
    scene(
      `slip-${reason}`,
      { name: 'slip', slip: shownSlip({ print: { state: 'not-printed', reason } }) },
      { pictured: reason === 'no-paper' || reason === 'unknown' },
    ),
  ),
  ...APPLICATIONS.map((application) =>
    scene(
      `slip-of-${application}`,
      {
        name: 'slip',
        slip: shownSlip({
          application,
          print: NOT_PRINTED,
          ...(application === 'report-lost' ? { maskedName: null, state: 'revoked' } : {}),
        }),
      },
      { pictured: application === 'report-lost' },
    ),
  ),
];

/** What became of an application. */
export const STATUS_SCENES: readonly Scene[] = [
  scene('scan-slip', { name: 'scan-slip', problem: null }),
  ...slipProblems.map((problem) =>
    scene(`scan-slip-${problem}`, { name: 'scan-slip', problem }, { pictured: problem === 'forged' }),
  ),
  ...statusStates.map((state) =>
    scene(
      `status-${state}`,
      { name: 'status', status: state === 'cannot-tell' ? { state } : slipStatus({ state }) },
      { pictured: ['waiting-here', 'issued', 'cannot-tell'].includes(state) },
    ),
  ),
  scene(
    'status-referred-why',
    {
      name: 'status',
      status: slipStatus({ state: 'referred', application: 'report-lost', reason: 'referred-password' }),
    },
    { notices: OFFLINE },
  ),
  scene('status-rejected-why', {
    name: 'status',
    status: slipStatus({
      state: 'rejected',
      application: 'basic',
      reason: 'rejected-contradicts-register',
    }),
  }),
  ...APPLICATIONS.map((application) =>
    scene(
      `status-not-arrived-${application}`,
      { name: 'status', status: slipStatus({ state: 'not-arrived', application }) },
      { notices: OFFLINE, pictured: application === 'report-lost' },
    ),
  ),
];

/** Whether an e-ID is valid, and whose it is. */
export const CHECK_SCENES: readonly Scene[] = [
  scene('scan-eid', { name: 'scan-eid', problem: null }),
  ...eidCodeProblems.map((problem) =>
    scene(`scan-eid-${problem}`, { name: 'scan-eid', problem }, { pictured: false }),
  ),
  scene('checked-valid-full', { name: 'checked', check: checkedEid({}) }, { notices: OFFLINE }),
  scene('checked-valid-basic', {
    name: 'checked',
    check: checkedEid({ holder: 'same-holder', challenge: null }, 'basic'),
  }),
  scene(
    'checked-valid-simulated',
    {
      name: 'checked',
      check: checkedEid({ verdict: { result: 'valid', grade: 'full', simulated: true } }),
    },
    { notices: OFFLINE },
  ),
  ...holderProofs.map((holder) =>
    scene(
      `checked-holder-${holder}`,
      {
        name: 'checked',
        check: checkedEid({
          holder,
          challenge: holder === 'not-shown' ? checkedEid({}).challenge : null,
        }),
      },
      { notices: OFFLINE, pictured: holder === 'other-phone' },
    ),
  ),
  scene(
    'checked-other-phone-again',
    { name: 'checked', check: checkedEid({ holder: 'other-phone' }) },
    { notices: OFFLINE, pictured: false },
  ),
  ...EID_FAULTS.map((because) =>
    scene(
      `checked-${because}`,
      {
        name: 'checked',
        check: checkedEid({
          verdict: { result: 'not-valid', because },
          holder: 'not-shown',
          challenge: null,
          // What is not one of ours has neither fields nor a place in a list.
          ...(['not-an-eid', 'forged', 'other-issuer'].includes(because)
            ? { eid: null, statusAsOf: null }
            : {}),
        }),
      },
      { notices: OFFLINE, pictured: ['forged', 'revoked', 'simulated'].includes(because) },
    ),
  ),
  ...EID_DOUBTS.map((because) =>
    scene(
      `checked-${because}`,
      {
        name: 'checked',
        check: checkedEid({ verdict: { result: 'cannot-tell', because }, statusAsOf: null }),
      },
      { notices: OFFLINE, pictured: because === 'status-list-stale' },
    ),
  ),
];
