import { BADGE_REFUSALS, REPAIR_ACTIONS, UNLOCK_REFUSALS } from '#contract/console-api.ts';
import { RECORDING_ENDS, ROLL_BACK_REASONS } from '#contract/console-devices.ts';
import { DEVICE_ROLES } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { OPERATIONAL_NAMES } from '#contract/operational-settings.ts';
import { OPERATION_MODES } from '#contract/settings.ts';
import { EID_DOUBTS, EID_FAULTS, type HolderProof } from '#domain/eid/eid-verdict.ts';
import { DECISION_REASONS, type Decision } from '#domain/enrolment/decision.ts';
import type { ClockTrust } from '#domain/enrolment/enrolment.ts';
import { LANGUAGES } from '#domain/language.ts';
import { LIVENESS_REASONS, type Verdict } from '#domain/liveness/verdict.ts';
import type { ChartEvent, Outcome } from '#domain/session/chart-event.ts';
import {
  type ClosedReason,
  type ScreenName,
  type SlipStatus,
  type TicketReason,
  VISITS,
} from '#domain/session/snapshot.ts';
import type { LogInNews } from '#domain/staff/log-in.ts';
import { STAFF_ROLES } from '#domain/staff/role.ts';
import { REFUSAL_REASONS } from '#protocol/refusal.ts';
import type { SlipPrinter } from '#station/ports.ts';
import type { ProvisioningFault } from '#station/provisioning/provision.ts';
import type { ChainBreak } from '#station/queue/break-chain.ts';
import type { RelaxationCode } from '#station/settings/relaxations.ts';
import type { SettingsRefusal } from '#station/settings/settings-desk.ts';

/**
 * Every word that may stand in the audit chain. A word that is not written here is refused, so that nothing that came
 * from outside (a name in pinyin looks like any code) ever gets in. The compiler holds the lists to their types: a
 * reason that is added elsewhere makes this file red until it stands here.
 */
export const AUDIT_WORDS: readonly string[] = [
  ...OPERATION_MODES,
  ...LANGUAGES,
  ...VISITS,
  ...DEVICE_ROLES,
  ...DECISION_REASONS,
  ...REFUSAL_REASONS,
  ...LIVENESS_REASONS,
  ...EID_FAULTS,
  ...EID_DOUBTS,
  ...OPERATIONAL_NAMES,
  ...everyOne<Decision['outcome']>()(['issued', 'revoked', 'referred', 'rejected']),
  ...everyOne<ClockTrust>()(['synchronised', 'drifting', 'doubtful', 'unknown']),
  ...everyOne<Extract<DriverReport, { type: 'device' }>['state']>()([
    'absent',
    'connecting',
    'ready',
    'out-of-service',
  ]),
  ...everyOne<ClosedReason>()([
    'restart-needed',
    'not-provisioned',
    'devices-missing',
    'card-left',
    'offline-too-long',
    'storage-full',
    'chain-broken',
    'certificate-expired',
    'starting',
  ]),
  ...everyOne<ScreenName>()([
    'closed',
    'attract',
    'language',
    'visit',
    'consent',
    'phone',
    'phone-confirm',
    'password',
    'number',
    'name',
    'card',
    'face',
    'face-failed',
    'camera-problem',
    'review',
    'saving',
    'save-failed',
    'deciding',
    'issued',
    'collect',
    'revoked',
    'waiting',
    'rejected',
    'slip',
    'ticket',
    'scan-slip',
    'status',
    'scan-eid',
    'checked',
    'staff',
    'take-card',
    'goodbye',
  ]),
  /** What moved a session on. */
  ...everyOne<ChartEvent['type']>()([
    'start',
    'choose-language',
    'choose-visit',
    'continue',
    'no-phone',
    'call-console',
    'agree',
    'decline',
    'confirm-phone',
    'other-phone',
    'try-again',
    'ask-staff',
    'submit',
    'finish',
    'back',
    'cancel',
    'confirm-cancel',
    'keep-going',
    'open-help',
    'close-help',
    'more-time',
    'standing.changed',
    'device.changed',
    'card.laid',
    'card.removed',
    'card.refused',
    'card.accepted',
    'phone.accepted',
    'phone.refused',
    'password.accepted',
    'password.refused',
    'number.accepted',
    'number.refused',
    'name.accepted',
    'name.refused',
    'slip.found',
    'slip.refused',
    'eid.checked',
    'eid.refused',
    'face.view',
    'face.passed',
    'face.failed',
    'camera.failed',
    'saved',
    'save.failed',
    'decided',
    'slip.printed',
    'screen.attached',
    'wipe.failed',
    'renewed',
    'renewal.failed',
    'staff.left',
    'touched',
    'reset',
  ]),
  'time',
  ...everyOne<TicketReason>()([
    'guardian',
    'face-not-passed',
    'cannot-do-this',
    'card-problem',
    'camera-problem',
    'no-phone',
  ]),
  /** How a visit ended. */
  ...everyOne<Outcome['kind']>()([
    'issued',
    'collect',
    'revoked',
    'referred',
    'rejected',
    'offline',
    'not-yet',
  ]),
  'ticket',
  'left',
  ...everyOne<Verdict['result']>()(['live', 'referred', 'not-live']),
  ...everyOne<Extract<Verdict, { result: 'referred' }>['reason']>()([
    'actions-exchanged',
    'no-turn',
    'soft-signal',
  ]),
  'passed',
  /** Why a liveness try was given up. */
  'superseded',
  'wiped',
  /** What a page sent about a face and could not have seen. */
  'frames-from-the-future',
  'frames-late',
  'frames-too-many-frames',
  'frames-malformed-frame',
  'frames-out-of-order',
  'frames-too-old',
  'prompt-not-asked',
  'prompt-another',
  'prompt-time',
  'picture-not-asked',
  'picture-too-large',
  'picture-not-jpeg',
  'picture-time',
  ...everyOne<PrinterFault>()(['no-printer', 'no-paper', 'failed']),
  'damaged',
  'unreadable',
  ...everyOne<ChainBreak>()([
    'gap',
    'hash-differs',
    'link-differs',
    'envelope-unreadable',
    'ids-differ',
    'fork',
    'broken-link',
    'registry-ahead',
    'head-differs',
  ]),
  ...everyOne<ProvisioningFault['reason']>()([
    'wrong-length',
    'wrong-character',
    'mistyped',
    'bad-registry-url',
    'unreachable',
    'wrong-root-key',
    'trust-list-not-signed-by-root',
    'trust-list-contradicts-known',
    'untrusted-server',
    'code-unknown',
    'code-expired',
    'code-used',
    'code-blocked',
    'code-for-another-station',
    'bad-proof',
    'key-in-use',
    'registry-failed',
    'wrong-certificate',
    'another-registry',
    'registry-mode',
  ]),
  ...STAFF_ROLES,
  ...BADGE_REFUSALS,
  ...UNLOCK_REFUSALS,
  ...everyOne<Extract<LogInNews, { kind: 'logged-out' }>['cause']>()(['asked', 'idle']),
  ...REPAIR_ACTIONS,
  ...ROLL_BACK_REASONS,
  ...RECORDING_ENDS,
  /** What came of a check. */
  'valid',
  ...everyOne<HolderProof>()(['no-phone', 'not-shown', 'same-holder', 'other-phone']),
  ...everyOne<SlipStatus['state'] | 'not-ours' | 'forged'>()([
    'waiting-here',
    'held',
    'issued',
    'collect',
    'revoked',
    'referred',
    'rejected',
    'not-arrived',
    'cannot-tell',
    'not-ours',
    'forged',
  ]),
  ...everyOne<SettingsRefusal>()([
    'not-signed-by-registry',
    'bad-settings',
    'older-than-current',
    'same-version-other-contents',
  ]),
  ...everyOne<RelaxationCode>()([
    'simulated-camera',
    'simulated-device',
    'fingerprints-asked',
    'key-not-protected',
    'bodies-not-kept',
    'data-not-on-disk',
    'registry-is-this-machine',
    'registry-in-demo-mode',
    'registry-not-in-production',
    'no-sandbox',
    'page-prepared',
    'runs-as-root',
    'debugger',
    'core-dumps',
    'tls-unchecked',
  ]),
];

type PrinterFault = Extract<Awaited<ReturnType<SlipPrinter['print']>>, { readonly ok: false }>['error'];

const words: ReadonlySet<string> = new Set(AUDIT_WORDS);

export function isAuditWord(text: string): boolean {
  return words.has(text);
}

/** A list that the compiler refuses while a word of its type is missing from it or one is too many. */
function everyOne<T extends string>(): <const L extends readonly T[]>(
  list: L & ([Exclude<T, L[number]>] extends [never] ? unknown : { readonly missing: Exclude<T, L[number]> }),
) => L {
  return (list) => list;
}
