import { createHash, randomFillSync } from 'node:crypto';
import nacl from 'tweetnacl';
import { signAcknowledgement } from '#protocol/acknowledgement.ts';
import { encodeAuditEntry, signCheckpoint } from '#protocol/audit-entry.ts';
import { badgeMessage } from '#protocol/badge.ts';
import { type CborValue, decodeCbor } from '#protocol/cbor.ts';
import { openMessage } from '#protocol/cose/sign1.ts';
import { signDecision } from '#protocol/decision.ts';
import { decodeEidCode, encodeEidCode, signEid } from '#protocol/eid-token.ts';
import { encodeEnrolment } from '#protocol/enrolment.ts';
import { signEnvelope } from '#protocol/envelope.ts';
import { hashOf } from '#protocol/hash.ts';
import { makeAnswerCode, makeChallengeCode } from '#protocol/holder-answer.ts';
import { signRequest, signResponse } from '#protocol/http-signature.ts';
import type { MessageKind } from '#protocol/message-kind.ts';
import { encodeUpload, sealEnrolment } from '#protocol/packet.ts';
import { makePasswordVerifier, sealPasswordProof } from '#protocol/password-verifier.ts';
import { makePhoneCode } from '#protocol/phone-code.ts';
import { encodeProvisioningRequest, makeProvisioningCode } from '#protocol/provisioning.ts';
import { signRefusal } from '#protocol/refusal.ts';
import { signSettings } from '#protocol/settings-document.ts';
import { encodeSlipCode, type SlipStatement, signSlipStatement } from '#protocol/slip-statement.ts';
import { signStaffList } from '#protocol/staff-list.ts';
import { signStationCertificate } from '#protocol/station-certificate.ts';
import { openStatusList, signStatusList } from '#protocol/status-list.ts';
import { signTrustList } from '#protocol/trust-list.ts';
import { unlockMessage } from '#protocol/unlock.ts';
import {
  acknowledgementSigner,
  credentialKeyPair,
  issuerSigner,
  issuerVerifier,
  phoneSigner,
  provisioningSecret,
  rootSigner,
  SEED_NAMES,
  sampleAcknowledgement,
  sampleAuditEntry,
  sampleBadge,
  sampleCertificate,
  sampleCheckpoint,
  sampleClaims,
  sampleDecision,
  sampleEnrolment,
  sampleEnvelope,
  sampleProvisioningRequest,
  sampleRefusal,
  sampleSettings,
  sampleStaffList,
  sampleStatusList,
  sampleTrustList,
  sampleUnlock,
  sealingKeyPair,
  settingsSigner,
  staffSigner,
  stationSigner,
  testBytes,
} from '../../test/protocol/sample.ts';
import { diagnose } from './diagnostic.ts';

export const VECTOR_PASSWORD = '27182818';
export const VECTOR_PHONE_TIME = Date.UTC(2026, 2, 2, 1, 30, 20);
export const VECTOR_CHALLENGE = {
  nonce: testBytes('challenge', 16),
  asker: '天河政务服务中心 7 号机',
} as const;
export const VECTOR_REQUEST = {
  method: 'POST',
  targetUri: 'https://registry.example/v1/packets',
  contentType: 'application/cbor',
  created: 1_772_415_000,
  nonce: 'MDEyMzQ1Njc4OWFiY2RlZg',
} as const;
export const VECTOR_REQUEST_BODY = new TextEncoder().encode('an upload');
export const VECTOR_RESPONSE_BODY = new TextEncoder().encode('an answer');

/**
 * All vectors as Markdown. Sealed boxes take a fresh key each time, so the random source is replaced while they are
 * made. A zlib stream may differ between builds of zlib, so the e-ID's code in the document stays while it says the
 * same.
 */
export async function vectorSections(documentNow: string): Promise<string> {
  seedRandom();
  try {
    return await writeSections(documentNow);
  } finally {
    nacl.setPRNG((array, length) => {
      randomFillSync(array.subarray(0, length));
    });
  }
}

/** SHA-256("eid-terminal test vector: ephemeral " and a counter), 32 octets at a time. */
function seedRandom(): void {
  let counter = 0;
  nacl.setPRNG((array, length) => {
    for (let at = 0; at < length; at += 32) {
      array.set(testBytes(`ephemeral ${counter}`).subarray(0, Math.min(32, length - at)), at);
      counter += 1;
    }
  });
}

async function writeSections(documentNow: string): Promise<string> {
  const enrolment = sampleEnrolment({ frames: 4, jpegBytes: 48 });
  const plain = encodeEnrolment(enrolment);
  const sealed = sealEnrolment({
    enrolment,
    signer: stationSigner,
    sealingPublicKey: sealingKeyPair.publicKey,
  });
  const envelope = signEnvelope({ envelope: sampleEnvelope(sealed), signer: stationSigner });
  const slip = signSlipStatement({ statement: slipOf(envelope), signer: stationSigner });
  const eid = signEid({ claims: sampleClaims, signer: issuerSigner });
  const passwordVerifier = await makePasswordVerifier({
    password: new TextEncoder().encode(VECTOR_PASSWORD),
    salt: testBytes('salt', 16),
    credentialPublicKey: credentialKeyPair.publicKey,
  });
  const passwordProof = sealPasswordProof({
    password: new TextEncoder().encode(VECTOR_PASSWORD),
    credentialPublicKey: credentialKeyPair.publicKey,
  });
  return [
    keyTable(),
    section('Enrolment in clear', diagnosis(plain), octetBlock('enrolment', plain)),
    section('Packet body, sealed', octetBlock('sealed', sealed)),
    message('envelope', envelope),
    section('Upload', octetBlock('upload', encodeUpload({ envelope, sealed }))),
    message(
      'acknowledgement',
      signAcknowledgement({ acknowledgement: sampleAcknowledgement, signer: acknowledgementSigner }),
    ),
    message('refusal', signRefusal({ refusal: sampleRefusal, signer: acknowledgementSigner })),
    message('decision', signDecision({ decision: sampleDecision, signer: issuerSigner })),
    message('trust-list', signTrustList({ trustList: sampleTrustList, signer: rootSigner })),
    message('certificate', signStationCertificate({ certificate: sampleCertificate, signer: rootSigner })),
    section(
      'Audit entry',
      diagnosis(encodeAuditEntry(sampleAuditEntry)),
      octetBlock('audit-entry', encodeAuditEntry(sampleAuditEntry)),
    ),
    message('audit', signCheckpoint({ checkpoint: sampleCheckpoint, signer: stationSigner })),
    message('slip', slip),
    message('eid', eid),
    message('badge', badgeMessage.sign(sampleBadge, staffSigner)),
    message('unlock', unlockMessage.sign(sampleUnlock, staffSigner)),
    message('staff-list', signStaffList({ list: sampleStaffList, signer: staffSigner })),
    message('settings', signSettings({ document: sampleSettings, signer: settingsSigner })),
    section('e-ID code', textBlock('eid-code', await eidCode(documentNow, eid))),
    message('status-list', await statusList(documentNow)),
    section("Holder's challenge", textBlock('challenge-code', makeChallengeCode(VECTOR_CHALLENGE))),
    section(
      "Holder's answer",
      textBlock(
        'answer-code',
        makeAnswerCode({
          challenge: VECTOR_CHALLENGE,
          subject: sampleClaims.subject,
          signer: phoneSigner,
        }),
      ),
    ),
    section('Slip code', textBlock('slip-code', encodeSlipCode(slip))),
    section(
      'Phone code',
      textBlock(
        'phone-code',
        makePhoneCode({
          signer: phoneSigner,
          phoneTime: VECTOR_PHONE_TIME,
          codeId: testBytes('code id', 16),
          name: '小满的手机',
        }),
      ),
    ),
    section(
      'Password verifier, sealed',
      `Password \`${VECTOR_PASSWORD}\`, salt the first 16 octets of \`salt\`, sealed to \`credential\`.`,
      octetBlock('password-verifier', passwordVerifier),
    ),
    section(
      'Password proof, sealed',
      `Password \`${VECTOR_PASSWORD}\`, sealed to \`credential\`.`,
      octetBlock('password-proof', passwordProof),
    ),
    section(
      'Provisioning',
      'Secret: the first 10 octets of `provisioning`.',
      textBlock(
        'provisioning-code',
        makeProvisioningCode({ secret: provisioningSecret, rootPublicKey: rootSigner.publicKey }),
      ),
      diagnosis(encodeProvisioningRequest(sampleProvisioningRequest)),
      octetBlock('provisioning-request', encodeProvisioningRequest(sampleProvisioningRequest)),
    ),
    httpSections(),
  ].join('\n\n');
}

/** What the station says on the slip of the packet above. */
function slipOf(envelope: Uint8Array): SlipStatement {
  const { packetId, stationId, installation, sequence, createdAt, clockTrust, simulated } = sampleEnvelope(
    new Uint8Array(0),
  );
  return {
    stationId,
    installation,
    packetId,
    envelopeSha256: hashOf(envelope),
    sequence,
    application: 'full',
    createdAt,
    clockTrust,
    simulated,
  };
}

function keyTable(): string {
  const rows = [
    ...SEED_NAMES.map((name) => {
      const signer = {
        station: stationSigner,
        root: rootSigner,
        acknowledgement: acknowledgementSigner,
        issuer: issuerSigner,
        phone: phoneSigner,
        staff: staffSigner,
        settings: settingsSigner,
      }[name];
      return [name, 'Ed25519', signer.publicKey, signer.kid] as const;
    }),
    ['sealing', 'X25519', sealingKeyPair.publicKey, sealingKeyPair.kid] as const,
    ['credential', 'X25519', credentialKeyPair.publicKey, credentialKeyPair.kid] as const,
  ].map(
    ([name, curve, publicKey, kid]) => `| ${name} | ${curve} | \`${hexOf(publicKey)}\` | \`${hexOf(kid)}\` |`,
  );
  return ['### Keys', '', '| name | curve | public key | kid |', '|---|---|---|---|', ...rows].join('\n');
}

function message(kind: MessageKind, octets: Uint8Array): string {
  const opened = openMessage({ kind, bytes: octets, findVerifier: (kid) => ({ kid, verify: () => true }) });
  if (!opened.ok) throw new Error(`the ${kind} of the vectors does not open: ${opened.error.where}`);
  return section(`Message of kind ${kind}`, diagnosis(opened.value.payload), octetBlock(kind, octets));
}

function section(title: string, ...parts: readonly string[]): string {
  return [`### ${title}`, ...parts].join('\n\n');
}

function diagnosis(octets: Uint8Array): string {
  const decoded = decodeCbor(octets);
  if (!decoded.ok) throw new Error(`a vector does not decode: ${decoded.error.reason}`);
  const value: CborValue = decoded.value;
  return ['```cbor-diag', diagnose(value), '```'].join('\n');
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function octetBlock(name: string, octets: Uint8Array): string {
  const digest = createHash('sha256').update(octets).digest('hex');
  const lines = hexOf(octets).match(/.{1,96}/g) ?? [];
  return [`${octets.length} octets, SHA-256 \`${digest}\``, '', `\`\`\`hex ${name}`, ...lines, '```'].join(
    '\n',
  );
}

function textBlock(name: string, text: string): string {
  return [`\`\`\`text ${name}`, text, '```'].join('\n');
}

/** What a fenced block of the document holds, with its line ends. */
export function blockIn(document: string, name: string): string | undefined {
  return new RegExp(`^\`\`\`(?:hex|text|http) ${name}\n([\\s\\S]*?)\n\`\`\`$`, 'm').exec(document)?.[1];
}

async function eidCode(documentNow: string, eid: Uint8Array): Promise<string> {
  const present = blockIn(documentNow, 'eid-code') ?? '';
  const decoded = await decodeEidCode(present);
  return decoded.ok && Buffer.compare(decoded.value, eid) === 0 ? present : encodeEidCode(eid);
}

/** Kept while it says the same, as the e-ID's code is. */
async function statusList(documentNow: string): Promise<Uint8Array> {
  const present = Buffer.from((blockIn(documentNow, 'status-list') ?? '').replaceAll('\n', ''), 'hex');
  const list = await openStatusList({ octets: present, findVerifier: () => issuerVerifier });
  const same =
    list.ok &&
    list.value.block === sampleStatusList.block &&
    list.value.issuedAt === sampleStatusList.issuedAt &&
    list.value.expiresAt === sampleStatusList.expiresAt &&
    Buffer.compare(list.value.places, sampleStatusList.places) === 0;
  return same ? new Uint8Array(present) : signStatusList({ list: sampleStatusList, signer: issuerSigner });
}

function httpSections(): string {
  const headers = signRequest({ ...VECTOR_REQUEST, body: VECTOR_REQUEST_BODY, signer: stationSigner });
  const answer = signResponse({
    status: 200,
    body: VECTOR_RESPONSE_BODY,
    requestSignature: headers.signature ?? '',
    signer: acknowledgementSigner,
    created: VECTOR_REQUEST.created + 2,
  });
  const lines = (fields: Record<string, string>) =>
    Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return [
    section(
      'HTTP request',
      [
        '```http http-request',
        `${VECTOR_REQUEST.method} ${VECTOR_REQUEST.targetUri}`,
        ...lines(headers),
        '',
        new TextDecoder().decode(VECTOR_REQUEST_BODY),
        '```',
      ].join('\n'),
    ),
    section(
      'HTTP answer',
      [
        '```http http-answer',
        '200',
        ...lines(answer),
        '',
        new TextDecoder().decode(VECTOR_RESPONSE_BODY),
        '```',
      ].join('\n'),
    ),
  ].join('\n\n');
}
