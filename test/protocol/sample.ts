import { createHash } from 'node:crypto';
import { EMBEDDING_LENGTH, type FaceEmbedding, toEmbedding } from '#domain/comparison/embedding.ts';
import type { CardReading, Enrolment } from '#domain/enrolment/enrolment.ts';
import type { CalendarDate } from '#domain/identity/calendar-date.ts';
import { type LandmarkFrame, TRACKED_POINTS } from '#domain/liveness/landmark-frame.ts';
import { roundFrame } from '#domain/liveness/thinning.ts';
import type { Acknowledgement } from '#protocol/acknowledgement.ts';
import type { AuditCheckpoint, AuditEntry } from '#protocol/audit-entry.ts';
import type { Badge } from '#protocol/badge.ts';
import type { SignedDecision } from '#protocol/decision.ts';
import type { EidClaims } from '#protocol/eid-token.ts';
import type { Envelope } from '#protocol/envelope.ts';
import type { HolderAnswer } from '#protocol/holder-answer.ts';
import { nodeSigner, nodeVerifier } from '#protocol/keys/node-signer.ts';
import { tweetnaclSigner } from '#protocol/keys/tweetnacl-signer.ts';
import type { ProvisioningRequest } from '#protocol/provisioning.ts';
import { provisioningCodeId, provisioningProof } from '#protocol/provisioning.ts';
import type { Refusal } from '#protocol/refusal.ts';
import { sealingKeyPairFrom } from '#protocol/sealing.ts';
import type { SettingsDocument } from '#protocol/settings-document.ts';
import type { SlipStatement } from '#protocol/slip-statement.ts';
import type { StaffList } from '#protocol/staff-list.ts';
import type { StationCertificate } from '#protocol/station-certificate.ts';
import { placesOf, STATUS_BLOCK_PLACES, type StatusList } from '#protocol/status-list.ts';
import type { TrustList } from '#protocol/trust-list.ts';
import type { Unlock } from '#protocol/unlock.ts';

/**
 * One invented citizen, station and registry with keys from fixed seeds: the messages of the test vectors. The seed of
 * `name` is SHA-256("eid-terminal test vector: " and name), so that anybody can make it again.
 */
export function testBytes(name: string, length = 32): Uint8Array {
  const digest = createHash('sha256').update(`eid-terminal test vector: ${name}`).digest();
  return new Uint8Array(digest.subarray(0, length));
}

export const SEED_NAMES = [
  'station',
  'root',
  'acknowledgement',
  'issuer',
  'phone',
  'staff',
  'settings',
] as const;
export type SeedName = (typeof SEED_NAMES)[number];

export const stationSigner = tweetnaclSigner(testBytes('station'));
export const rootSigner = nodeSigner(testBytes('root'));
export const acknowledgementSigner = nodeSigner(testBytes('acknowledgement'));
export const issuerSigner = nodeSigner(testBytes('issuer'));
export const staffSigner = nodeSigner(testBytes('staff'));
export const settingsSigner = nodeSigner(testBytes('settings'));
export const phoneSigner = tweetnaclSigner(testBytes('phone'));
export const issuerVerifier = nodeVerifier(issuerSigner.publicKey);
export const stationVerifier = nodeVerifier(stationSigner.publicKey);

export const sealingKeyPair = sealingKeyPairFrom(testBytes('sealing'));
export const credentialKeyPair = sealingKeyPairFrom(testBytes('credential'));

const MORNING = Date.UTC(2026, 2, 2, 1, 30);

export function sampleFrames(count: number, start = 1000): LandmarkFrame[] {
  return Array.from({ length: count }, (_, index) =>
    roundFrame({
      at: start + index * 80,
      width: 640,
      height: 480,
      faces: 1,
      points: Int16Array.from({ length: TRACKED_POINTS.length * 3 }, (__, place) =>
        Math.round(2000 + 900 * Math.sin(place) + 12 * Math.sin(index / 3 + place)),
      ),
      secondFaceShare: 0,
      texture: index % 4 === 0 ? { moire: 18.5, bezel: 0.04 } : null,
      colour: {
        face: { red: 0.31, green: 0.2, blue: 0.155 },
        surround: { red: 0.5, green: 0.5, blue: 0.52 },
      },
      digest: (0x9e37_79b9 * (index + 1)) >>> 0,
      light: {
        mean: 0.48 + 0.01 * Math.sin(index),
        overexposed: 0.01,
        evenness: 0.9,
        dynamicRange: 7.2,
        sharpness: 180 + index,
        variance: 0.04,
        background: 12,
      },
    }),
  );
}

/** Numbers as a face's would be: within 0.3, of both signs. */
function sampleEmbedding(seed: number): FaceEmbedding {
  return toEmbedding(
    Float32Array.from({ length: EMBEDDING_LENGTH }, (_, index) => 0.3 * Math.sin(seed * index)),
  );
}

/** Bytes that look like a JPEG from afar; nothing here opens them. */
function picture(name: string, length: number): Uint8Array {
  const filled = new Uint8Array(length);
  for (let at = 0; at < length; at += 32) {
    filled.set(testBytes(`${name} ${at}`).subarray(0, Math.min(32, length - at)), at);
  }
  filled.set([0xff, 0xd8, 0xff]);
  return filled;
}

export const sampleCard: CardReading = {
  text: picture('text block', 256),
  photo: picture('photo block', 1024),
  record: {
    kind: 'resident',
    name: '林小满',
    sex: 'female',
    ethnicCode: '01',
    birth: '1990-03-07' as CalendarDate,
    address: '广东省广州市天河区示例路1号',
    number: '44010619900307002X',
    authority: '广州市公安局天河分局',
    validFrom: '2020-01-01' as CalendarDate,
    validUntil: '2040-01-01' as CalendarDate,
  },
  samId: '05.01-20231231-0001234567-0123456789',
};

export function sampleEnrolment(size: { readonly frames: number; readonly jpegBytes: number }): Enrolment {
  return {
    schema: 1,
    packetId: '019c8f3a-5e00-7abc-8def-0123456789ab',
    stationId: 'GZ-TH-0007',
    installation: 1,
    sealingKid: sealingKeyPair.kid,
    application: 'full',
    createdAt: MORNING + 95_000,
    clockTrust: 'synchronised',
    holder: { source: 'card', card: sampleCard },
    phone: {
      publicKey: phoneSigner.publicKey,
      codeId: testBytes('code id', 16),
      phoneTime: MORNING + 20_000,
    },
    password: { kind: 'chosen', verifier: picture('password verifier', 120) },
    consent: {
      textVersion: '2026-01',
      textSha256: testBytes('consent text'),
      language: 'zh-CN',
      at: MORNING + 10_000,
    },
    evidence: {
      version: 1,
      sessionId: '7f3a9c51',
      camera: { source: 'simulated', driver: 'demo', busPath: '' },
      tries: [
        {
          attempt: 1,
          seed: testBytes('plan seed'),
          commitment: testBytes('plan commitment'),
          registryNonce: null,
          exchanges: [],
          prompts: [
            { action: 'turn-left', shownAt: 2010.5, opensAt: 2510.5, closesAt: 6510.5 },
            { action: 'blink', shownAt: 7000.25, opensAt: 7500.25, closesAt: 11_500.25 },
          ],
          trace: sampleFrames(size.frames),
          keyFrames: [
            {
              at: 1500,
              purpose: 'neutral',
              jpeg: picture('neutral', size.jpegBytes),
              embedding: sampleEmbedding(3),
              passive: null,
            },
            {
              at: 4100,
              purpose: 'turn-left',
              jpeg: picture('turn', size.jpegBytes),
              embedding: null,
              passive: 0.75,
            },
          ],
          verdict: {
            judgeVersion: 1,
            checks: [{ name: 'turn-left', value: 27.5, threshold: 18, passed: true, weight: 'hard' }],
            result: 'live',
          },
          flashes: [{ colour: 'green', shownAt: 1700.5 }],
        },
      ],
      portrait: {
        attempt: 1,
        at: 1820,
        jpeg: picture('portrait', size.jpegBytes),
        embedding: sampleEmbedding(5),
        scores: { sharpness: 92, pose: 88.5 },
      },
      abandoned: [{ commitment: testBytes('abandoned plan'), reason: 'left' }],
    },
    comparison: { result: 'cannot-tell', reason: 'no-decoder', distance: null },
    operator: null,
    witness: null,
    software: { version: '0.2.0', models: [{ name: 'face_landmarker.task', sha256: testBytes('model') }] },
    simulated: true,
  };
}

export function sampleEnvelope(sealed: Uint8Array): Envelope {
  return {
    schema: 1,
    packetId: '019c8f3a-5e00-7abc-8def-0123456789ab',
    stationId: 'GZ-TH-0007',
    installation: 1,
    sequence: 42,
    previous: testBytes('envelope 41'),
    createdAt: MORNING + 95_000,
    clockTrust: 'synchronised',
    sealedSize: sealed.length,
    sealedSha256: new Uint8Array(createHash('sha256').update(sealed).digest()),
    stationKid: stationSigner.kid,
    sealingKid: sealingKeyPair.kid,
    auditHead: testBytes('audit head'),
    simulated: true,
  };
}

export const sampleAcknowledgement: Acknowledgement = {
  packetId: '019c8f3a-5e00-7abc-8def-0123456789ab',
  envelopeSha256: testBytes('envelope 42'),
  sealedSha256: testBytes('sealed 42'),
  stationId: 'GZ-TH-0007',
  installation: 1,
  sequence: 42,
  receivedAt: MORNING + 97_000,
  chainHead: { sequence: 42, envelopeSha256: testBytes('envelope 42') },
  gaps: [
    [3, 5],
    [17, 17],
  ],
  flags: ['late'],
};

export const sampleRefusal: Refusal = {
  packetId: '019c8f3a-5e00-7abc-8def-0123456789ab',
  envelopeSha256: testBytes('envelope 42'),
  reason: 'conflict',
  at: MORNING + 97_000,
};

/** What the sample citizen typed at a terminal without a card. */
export const sampleTyped = { number: sampleCard.record.number, name: sampleCard.record.name } as const;

export const sampleDecision: SignedDecision = {
  packetId: '019c8f3a-5e00-7abc-8def-0123456789ab',
  stationId: 'GZ-TH-0007',
  envelopeSha256: testBytes('envelope 42'),
  outcome: 'issued',
  reason: 'issued',
  application: 'full',
  decidedAt: MORNING + 99_000,
};

export const sampleCertificate: StationCertificate = {
  issuer: 'registry.example',
  stationId: 'GZ-TH-0007',
  installation: 1,
  publicKey: stationSigner.publicKey,
  issuedAt: MORNING,
  validFrom: MORNING,
  validUntil: MORNING + 365 * 86_400_000,
};

export const sampleTrustList: TrustList = {
  version: 7,
  issuedAt: MORNING,
  keys: [
    key('sealing', sealingKeyPair),
    key('credential', credentialKeyPair),
    key('acknowledgement', acknowledgementSigner),
    key('issuer', issuerSigner),
  ],
  tlsCertificates: ['-----BEGIN CERTIFICATE-----\nMIIBszCCAVqgAwIBAgIUV2Vj\n-----END CERTIFICATE-----\n'],
  registryName: '示例登记中心',
  mode: 'demo',
};

function key(
  use: TrustList['keys'][number]['use'],
  pair: { readonly kid: Uint8Array; readonly publicKey: Uint8Array },
): TrustList['keys'][number] {
  const { kid, publicKey } = pair;
  return { kid, use, publicKey, validFrom: MORNING, validUntil: MORNING + 365 * 86_400_000 };
}

export const sampleClaims: EidClaims = {
  issuer: 'registry.example',
  subject: 'K7M2Q9XD4TB8WZ3A',
  maskedName: '林**',
  grade: 'full',
  issuedAt: MORNING + 99_000,
  expiresAt: MORNING + 99_000 + 3 * 365 * 86_400_000,
  statusIndex: 4711,
  holderKey: phoneSigner.publicKey,
  simulated: true,
};

/** The sample e-ID was revoked, and the first and the last place of its block. */
export const sampleStatusList: StatusList = {
  block: 0,
  issuedAt: MORNING,
  expiresAt: MORNING + 86_400_000,
  places: placesOf([0, sampleClaims.statusIndex, STATUS_BLOCK_PLACES - 1]),
};

export const sampleSlip: SlipStatement = {
  stationId: 'GZ-TH-0007',
  installation: 1,
  packetId: '019c8f3a-5e00-7abc-8def-0123456789ab',
  envelopeSha256: testBytes('envelope 42'),
  sequence: 42,
  application: 'full',
  createdAt: MORNING + 95_000,
  clockTrust: 'synchronised',
  simulated: true,
};

export const sampleHolderAnswer: HolderAnswer = {
  nonce: testBytes('holder nonce', 16),
  asker: '示例服务窗口',
  subject: sampleClaims.subject,
};

export const sampleBadge: Badge = {
  staffId: 'F-0012',
  role: 'officer',
  badgeId: testBytes('badge', 8),
  issuedAt: MORNING,
  validUntil: MORNING + 365 * 86_400_000,
};

export const sampleUnlock: Unlock = {
  stationId: 'GZ-TH-0007',
  nonce: testBytes('unlock nonce', 10),
  expiresAt: MORNING + 86_400_000,
};

/** The PIN is no scrypt of anything: nobody opens it in the vectors. */
export const sampleStaffList: StaffList = {
  version: 3,
  issuedAt: MORNING,
  staff: [
    {
      staffId: sampleBadge.staffId,
      role: sampleBadge.role,
      badgeId: sampleBadge.badgeId,
      validUntil: sampleBadge.validUntil,
      pin: { salt: testBytes('PIN salt', 16), hash: testBytes('PIN hash') },
    },
  ],
};

export const sampleSettings: SettingsDocument = {
  version: 2,
  issuedAt: MORNING,
  settings: [{ name: 'offlineLimits.days', value: 7, override: 'supervisor' }],
};

export const sampleAuditEntry: AuditEntry = {
  sequence: 1,
  previous: new Uint8Array(32),
  at: MORNING,
  type: 'session.started',
  fields: { session: '7f3a9c51', online: true, waiting: 3 },
};

export const sampleCheckpoint: AuditCheckpoint = {
  stationId: 'GZ-TH-0007',
  installation: 1,
  sequence: 120,
  entrySha256: testBytes('audit 120'),
  at: MORNING,
  cause: 'daily',
};

const secret = testBytes('provisioning', 10);
export const provisioningSecret = secret;
export const sampleProvisioningRequest: ProvisioningRequest = {
  codeId: provisioningCodeId(secret),
  stationPublicKey: stationSigner.publicKey,
  stationId: 'GZ-TH-0007',
  stationName: '天河政务服务中心 7 号机',
  proof: provisioningProof({
    secret,
    stationPublicKey: stationSigner.publicKey,
    stationId: 'GZ-TH-0007',
    rootPublicKey: rootSigner.publicKey,
  }),
};

/** Knows exactly one key. */
export function only(signer: { readonly kid: Uint8Array; readonly publicKey: Uint8Array }) {
  const verifier = nodeVerifier(signer.publicKey);
  return (kid: Uint8Array) => (Buffer.compare(kid, verifier.kid) === 0 ? verifier : undefined);
}
