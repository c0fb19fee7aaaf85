import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { APPLICATIONS } from '#domain/enrolment/application.ts';
import { signMessage } from '#protocol/cose/sign1.ts';
import { hashOf } from '#protocol/hash.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import {
  decodeSlipCode,
  encodeSlipCode,
  openSlipStatement,
  SLIP_CODE_PREFIX,
  type SlipStatement,
  signSlipStatement,
  slipMessage,
} from '#protocol/slip-statement.ts';
import { rootSigner, stationSigner, testBytes } from './sample.ts';

const statement: SlipStatement = {
  stationId: 'GZ-TIANHE-0007',
  installation: 3,
  packetId: '019c8f3a-5e00-7abc-8def-0123456789ab',
  envelopeSha256: hashOf(testBytes('envelope')),
  sequence: 42,
  application: 'full',
  createdAt: Date.UTC(2026, 2, 2, 1, 31, 35),
  clockTrust: 'synchronised',
  simulated: true,
};
const octets = signSlipStatement({ statement, signer: stationSigner });
const station = nodeVerifier(stationSigner.publicKey);
const open = (bytes: Uint8Array, verifier = station) =>
  openSlipStatement({ octets: bytes, findVerifier: () => verifier });

describe('a slip statement', () => {
  test('is read back as it was signed, through its code', () => {
    const code = encodeSlipCode(octets);
    const decoded = decodeSlipCode(code);
    expect(decoded.ok && open(decoded.value)).toEqual({ ok: true, value: statement });
    // QR version 15 at level M holds 600 characters.
    expect(code.length).toBeLessThan(550);
  });

  test.each(APPLICATIONS)('can be of the application %s', (application) => {
    const signed = signSlipStatement({ statement: { ...statement, application }, signer: stationSigner });
    expect(open(signed)).toMatchObject({ ok: true, value: { application } });
  });

  test('has nothing in it but the packet: nine fields, none of them the person', () => {
    expect(slipMessage.codec.fields?.map(({ name }) => name)).toEqual(Object.keys(statement));
  });

  test('of an unknown station is not opened, and neither is one under a known kid by another key', () => {
    expect(openSlipStatement({ octets, findVerifier: () => undefined })).toMatchObject({
      error: { reason: 'unknown-key' },
    });
    const forged = signSlipStatement({ statement, signer: { ...rootSigner, kid: stationSigner.kid } });
    expect(open(forged)).toMatchObject({ error: { reason: 'bad-signature' } });
  });

  test('is no other message of the station', () => {
    const other = signMessage({ kind: 'envelope', payload: testBytes('payload'), signer: stationSigner });
    expect(open(other)).toMatchObject({ error: { reason: 'wrong-kind' } });
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

  test.each(['', 'EID1:ABC', 'eids1:ABC', 'https://qr.example'])('is not what reads %j', (text) => {
    expect(decodeSlipCode(text)).toEqual({ ok: false, error: 'not-ours' });
  });

  test('whatever stands behind the prefix, nothing throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 1_500 }), (text) => {
        const decoded = decodeSlipCode(`${SLIP_CODE_PREFIX}${text}`);
        if (decoded.ok) expect(open(decoded.value).ok).toBe(false);
      }),
    );
  });
});
