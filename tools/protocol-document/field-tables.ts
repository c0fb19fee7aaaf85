import { acknowledgementMessage, chainHeadCodec } from '#protocol/acknowledgement.ts';
import { auditEntryCodec, checkpointMessage } from '#protocol/audit-entry.ts';
import { badgeMessage } from '#protocol/badge.ts';
import type { Described } from '#protocol/codec/codec.ts';
import { decisionMessage } from '#protocol/decision.ts';
import { eidMessage } from '#protocol/eid-token.ts';
import { ENROLMENT_RECORDS } from '#protocol/enrolment/enrolment-codec.ts';
import { EVIDENCE_RECORDS } from '#protocol/enrolment/evidence-codec.ts';
import { envelopeMessage } from '#protocol/envelope.ts';
import { answerMessage, challengeCodec } from '#protocol/holder-answer.ts';
import { passwordProofCodec, passwordVerifierCodec } from '#protocol/password-verifier.ts';
import { phoneCodeCodec } from '#protocol/phone-code.ts';
import { pinVerifierCodec } from '#protocol/pin-verifier.ts';
import { provisioningAnswerCodec, provisioningRequestCodec } from '#protocol/provisioning.ts';
import { refusalMessage } from '#protocol/refusal.ts';
import { serverSettingCodec, settingsMessage } from '#protocol/settings-document.ts';
import { slipMessage } from '#protocol/slip-statement.ts';
import { staffEntryCodec, staffListMessage } from '#protocol/staff-list.ts';
import { certificateMessage } from '#protocol/station-certificate.ts';
import { statusListMessage } from '#protocol/status-list.ts';
import { trustedKeyCodec, trustListMessage } from '#protocol/trust-list.ts';
import { unlockMessage } from '#protocol/unlock.ts';

/** Records of each section of the document, by the name of its block. */
const SECTIONS: Readonly<Record<string, readonly Described[]>> = {
  enrolment: ENROLMENT_RECORDS,
  evidence: EVIDENCE_RECORDS,
  envelope: [envelopeMessage.codec],
  answers: [acknowledgementMessage.codec, chainHeadCodec, refusalMessage.codec, decisionMessage.codec],
  trust: [trustListMessage.codec, trustedKeyCodec, certificateMessage.codec],
  staff: [badgeMessage.codec, unlockMessage.codec, staffListMessage.codec, staffEntryCodec, pinVerifierCodec],
  settings: [settingsMessage.codec, serverSettingCodec],
  provisioning: [provisioningRequestCodec, provisioningAnswerCodec],
  eid: [eidMessage.codec],
  'status-list': [statusListMessage.codec],
  holder: [challengeCodec, answerMessage.codec],
  slip: [slipMessage.codec],
  phone: [phoneCodeCodec],
  password: [passwordVerifierCodec, passwordProofCodec],
  audit: [auditEntryCodec, checkpointMessage.codec],
};

export const FIELD_TABLE_BLOCKS: readonly string[] = Object.keys(SECTIONS);

export function fieldTables(block: string): string {
  const records = SECTIONS[block];
  if (!records) throw new Error(`the document asks for field tables that do not exist: ${block}`);
  return records.map(tableOf).join('\n\n');
}

function tableOf(codec: Described): string {
  const rows = (codec.fields ?? []).map(
    ({ key, name, shape, note }) => `| ${key} | ${name} | ${escaped(shape)} | ${escaped(note)} |`,
  );
  return [`**${codec.shape}**`, '', '| key | field | shape | meaning |', '|---|---|---|---|', ...rows].join(
    '\n',
  );
}

/** A bar would end the cell. */
function escaped(text: string): string {
  return text.replaceAll('|', '\\|');
}
