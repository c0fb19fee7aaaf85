import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acknowledgementMessage } from '#protocol/acknowledgement.ts';
import { checkpointMessage } from '#protocol/audit-entry.ts';
import { badgeMessage } from '#protocol/badge.ts';
import { type CborValue, encodeCbor } from '#protocol/cbor.ts';
import { signMessage } from '#protocol/cose/sign1.ts';
import { decisionMessage } from '#protocol/decision.ts';
import { eidMessage } from '#protocol/eid-token.ts';
import { envelopeMessage, openEnvelope } from '#protocol/envelope.ts';
import { answerMessage } from '#protocol/holder-answer.ts';
import type { MessageKind } from '#protocol/message-kind.ts';
import { refusalMessage } from '#protocol/refusal.ts';
import { settingsMessage } from '#protocol/settings-document.ts';
import type { SignedMessage } from '#protocol/signed-message.ts';
import { slipMessage } from '#protocol/slip-statement.ts';
import { staffListMessage } from '#protocol/staff-list.ts';
import { certificateMessage, openStationCertificate } from '#protocol/station-certificate.ts';
import { statusListMessage } from '#protocol/status-list.ts';
import { trustListMessage } from '#protocol/trust-list.ts';
import { unlockMessage } from '#protocol/unlock.ts';
import {
  only,
  rootSigner,
  sampleAcknowledgement,
  sampleBadge,
  sampleCertificate,
  sampleCheckpoint,
  sampleClaims,
  sampleDecision,
  sampleEnvelope,
  sampleHolderAnswer,
  sampleRefusal,
  sampleSettings,
  sampleSlip,
  sampleStaffList,
  sampleStatusList,
  sampleTrustList,
  sampleUnlock,
  stationSigner,
} from './sample.ts';

/** Hides each message's own type, so that all can stand in one table. */
interface Case {
  readonly name: MessageKind;
  readonly octets: Uint8Array;
  readonly value: unknown;
  readonly payload: ReadonlyMap<number | string, CborValue>;
  open(octets: Uint8Array): ReturnType<SignedMessage<unknown>['open']>;
  resign(payload: CborValue): Uint8Array;
  /** Signs what was opened. */
  rewrite(octets: Uint8Array): Uint8Array;
}

function caseOf<T>(message: SignedMessage<T>, value: T): Case {
  const payload = message.codec.toCbor(value, message.kind);
  if (!(payload instanceof Map)) throw new Error('a payload is a map');
  return {
    name: message.kind,
    octets: message.sign(value, stationSigner),
    value,
    payload,
    open: (octets) => message.open(octets, only(stationSigner)),
    rewrite: (octets) => {
      const opened = message.open(octets, only(stationSigner));
      if (!opened.ok) throw new Error('only what opens can be written again');
      return message.sign(opened.value.value, stationSigner);
    },
    resign: (changed) =>
      signMessage({ kind: message.kind, payload: encodeCbor(changed), signer: stationSigner }),
  };
}

const { places: _, ...statusListDates } = sampleStatusList;

const cases: readonly Case[] = [
  caseOf(envelopeMessage, sampleEnvelope(Uint8Array.of(1, 2, 3))),
  caseOf(acknowledgementMessage, sampleAcknowledgement),
  caseOf(refusalMessage, sampleRefusal),
  caseOf(decisionMessage, sampleDecision),
  caseOf(trustListMessage, sampleTrustList),
  caseOf(certificateMessage, sampleCertificate),
  caseOf(checkpointMessage, sampleCheckpoint),
  caseOf(eidMessage, sampleClaims),
  caseOf(slipMessage, sampleSlip),
  caseOf(answerMessage, sampleHolderAnswer),
  caseOf(badgeMessage, sampleBadge),
  caseOf(unlockMessage, sampleUnlock),
  caseOf(staffListMessage, sampleStaffList),
  caseOf(settingsMessage, sampleSettings),
  caseOf(statusListMessage, { ...statusListDates, bits: 1, compressed: Uint8Array.of(1, 2, 3) }),
];

describe.each(cases)('$name', ({ name, octets, value, payload, open, resign, rewrite }) => {
  test('opens to what was signed', () => {
    expect(open(octets)).toEqual({ ok: true, value: { value, kid: stationSigner.kid } });
  });

  test('with a bit turned over anywhere is refused', () => {
    fc.assert(
      fc.property(fc.nat({ max: octets.length * 8 - 1 }), (bit) => {
        const changed = octets.slice();
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        return !open(changed).ok;
      }),
      { numRuns: 300 },
    );
  });

  test('a field that is missing is named', () => {
    for (const key of payload.keys()) {
      // The holder's key is the one claim that may be absent.
      if (name === 'eid' && key === 8) continue;
      const changed = new Map(payload);
      changed.delete(key);
      const opened = open(resign(changed));
      expect(opened.ok ? 'opened' : opened.error).toMatchObject({
        reason: 'malformed',
        problem: 'is missing',
      });
    }
  });

  test('a field that is not known is refused', () => {
    const opened = open(resign(new Map<number | string, CborValue>([...payload, [99, 1]])));
    expect(opened.ok ? 'opened' : opened.error).toMatchObject({
      reason: 'malformed',
      problem: 'has a field that is not known',
    });
  });

  test('any payload under a good signature gives a value that can be signed again, or a reason', () => {
    const keys = [...payload.keys()];
    const anyItem: fc.Arbitrary<CborValue> = fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string(),
      fc.uint8Array({ maxLength: 40 }),
      fc.constant(null),
      fc.boolean(),
      fc.array(fc.integer()),
    );
    fc.assert(
      fc.property(fc.constantFrom(...keys), anyItem, (key, item) => {
        const changed = new Map(payload).set(key, item);
        const opened = open(resign(changed));
        if (opened.ok) {
          expect(Buffer.compare(rewrite(resign(changed)), resign(changed))).toBe(0);
        } else {
          expect(opened.error.reason).toBe('malformed');
          expect(opened.error.where).not.toBe('');
        }
      }),
    );
  });

  test('any octets as payload give a reason, never an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        const opened = open(signMessage({ kind: name, payload: bytes, signer: stationSigner }));
        return !opened.ok;
      }),
      { numRuns: 50 },
    );
  });
});

describe('an envelope', () => {
  test('that names another key than the one that signed it is refused', () => {
    const envelope = { ...sampleEnvelope(Uint8Array.of(1)), stationKid: rootSigner.kid };
    const octets = envelopeMessage.sign(envelope, stationSigner);
    expect(openEnvelope({ octets, findVerifier: only(stationSigner) })).toMatchObject({
      ok: false,
      error: { reason: 'malformed', where: 'envelope.stationKid' },
    });
  });

  test.each([
    ['sequence', 0],
    ['installation', 0],
    ['createdAt', -1],
    ['createdAt', 1.5],
    ['packetId', 'not-a-uuid'],
    ['packetId', '019c8f3a-5e00-4abc-8def-0123456789ab'],
    ['stationId', ''],
    ['stationId', 'with space'],
    ['previous', new Uint8Array(31)],
    ['sealedSize', 3_000_000],
  ])('with %s = %s is not even signed, and the error says where', (name, bad) => {
    const envelope = { ...sampleEnvelope(Uint8Array.of(1)), [name]: bad };
    expect(() => envelopeMessage.sign(envelope, stationSigner)).toThrow(`envelope.${name} must be`);
  });
});

describe('a station certificate', () => {
  test('that ends before it begins is refused', () => {
    const bytes = certificateMessage.sign(
      { ...sampleCertificate, validUntil: sampleCertificate.validFrom - 1000 },
      stationSigner,
    );
    expect(openStationCertificate({ bytes, findVerifier: only(stationSigner) })).toMatchObject({
      ok: false,
      error: { where: 'certificate.validUntil' },
    });
  });

  test('has times in whole seconds, as every CWT', () => {
    const odd = { ...sampleCertificate, issuedAt: sampleCertificate.issuedAt + 1 };
    expect(() => certificateMessage.sign(odd, stationSigner)).toThrow(RangeError);
  });
});
