import { createHash, createHmac, scryptSync, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { decode as base45Decode } from 'base45';
import sodium from 'libsodium-wrappers';
import { beforeAll, describe, expect, test } from 'vitest';
import { openAcknowledgement } from '#protocol/acknowledgement.ts';
import { decodeAuditEntry, openCheckpoint } from '#protocol/audit-entry.ts';
import { openDecision } from '#protocol/decision.ts';
import { decodeEidCode, openEid } from '#protocol/eid-token.ts';
import { decodeEnrolment } from '#protocol/enrolment.ts';
import { openEnvelope } from '#protocol/envelope.ts';
import { verifyRequest, verifyResponse } from '#protocol/http-signature.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import { decodeUpload, openEnrolment } from '#protocol/packet.ts';
import { checkPassword, openPasswordProof, openPasswordVerifier } from '#protocol/password-verifier.ts';
import { readPhoneCode } from '#protocol/phone-code.ts';
import { decodeProvisioningRequest, parseProvisioningCode, rootMatches } from '#protocol/provisioning.ts';
import { openRefusal } from '#protocol/refusal.ts';
import { openStationCertificate } from '#protocol/station-certificate.ts';
import { openStatusList } from '#protocol/status-list.ts';
import { openTrustList } from '#protocol/trust-list.ts';
import { renderDocument } from '../../tools/protocol-document/render.ts';
import { blockIn } from '../../tools/protocol-document/vectors.ts';
import { openWithCoseKit, publicKeyOf } from './independent/open.ts';
import { readCbor } from './independent/read-cbor.ts';
import {
  only,
  rootSigner,
  SEED_NAMES,
  sampleEnrolment,
  sealingKeyPair,
  stationSigner,
  stationVerifier,
} from './sample.ts';

const document = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');

/** Everything below comes out of the document, as a reader of it would make it: keys from their names, octets as printed. */
function text(name: string): string {
  const block = blockIn(document, name);
  if (block === undefined) throw new Error(`docs/protocol.md has no vector ${name}`);
  return block;
}
const octets = (name: string) => new Uint8Array(Buffer.from(text(name).replaceAll('\n', ''), 'hex'));
const secretOf = (name: string) =>
  new Uint8Array(createHash('sha256').update(`eid-terminal test vector: ${name}`).digest());
function publicKey(name: string): Uint8Array {
  const row = new RegExp(`^\\| ${name} \\| \\S+ \\| \`([0-9a-f]{64})\``, 'm').exec(document)?.[1];
  if (row === undefined) throw new Error(`docs/protocol.md has no key ${name}`);
  return new Uint8Array(Buffer.from(row, 'hex'));
}
const find = (name: string) => only({ publicKey: publicKey(name), kid: nodeVerifier(publicKey(name)).kid });

beforeAll(async () => {
  await sodium.ready;
});

test('the document is what the code says now (else: node tools/protocol-document/main.ts)', async () => {
  expect(await renderDocument(document)).toBe(document);
});

describe('by independent code', () => {
  test('public keys come from the secrets that are named', () => {
    for (const name of SEED_NAMES) {
      expect(sodium.crypto_sign_seed_keypair(secretOf(name)).publicKey, name).toEqual(publicKey(name));
    }
    for (const name of ['sealing', 'credential']) {
      expect(sodium.crypto_scalarmult_base(secretOf(name)), name).toEqual(publicKey(name));
    }
  });

  test.each([
    ['envelope', 'station', 3, 'GZ-TH-0007'],
    ['acknowledgement', 'acknowledgement', 4, 'GZ-TH-0007'],
    ['refusal', 'acknowledgement', 3, 'conflict'],
    ['decision', 'issuer', 5, 'issued'],
    ['trust-list', 'root', 1, 7],
    ['certificate', 'root', 2, 'GZ-TH-0007'],
    ['audit', 'station', 3, 120],
    ['slip', 'station', 6, 'full'],
    ['status-list', 'issuer', -70_006, 0],
    ['badge', 'staff', 1, 'F-0012'],
    ['unlock', 'staff', 1, 'GZ-TH-0007'],
    ['staff-list', 'staff', 1, 3],
    ['settings', 'settings', 1, 2],
  ])('%s opens with cose-kit and the key %s', async (kind, signer, field, value) => {
    const payload = await openWithCoseKit({
      octets: octets(kind),
      publicKey: publicKey(signer),
      external: `eid-terminal/${kind}/v1`,
    });
    expect(payload.get(field)).toBe(value);
  });

  test('the packet opens with libsodium, then cose-kit, then by hand', async () => {
    const [envelope, sealed] = readCbor(octets('upload')) as [Uint8Array, Uint8Array];
    expect(envelope).toEqual(octets('envelope'));
    expect(sealed).toEqual(octets('sealed'));
    const signed = sodium.crypto_box_seal_open(sealed, publicKey('sealing'), secretOf('sealing'));
    const enrolment = await openWithCoseKit({
      octets: signed,
      publicKey: publicKey('station'),
      external: 'eid-terminal/enrolment/v1',
    });
    expect(enrolment).toEqual(readCbor(octets('enrolment')));
    const holder = enrolment.get(20) as ReadonlyMap<number, ReadonlyMap<number, ReadonlyMap<number, string>>>;
    expect(holder.get(2)?.get(3)?.get(2)).toBe('林小满');
    const header = await openWithCoseKit({
      octets: envelope,
      publicKey: publicKey('station'),
      external: 'eid-terminal/envelope/v1',
    });
    expect(header.get(2)).toEqual(enrolment.get(2));
    expect(header.get(9)).toBe(sealed.length);
    expect(Buffer.from(header.get(10) as Uint8Array)).toEqual(createHash('sha256').update(sealed).digest());
  });

  test('the e-ID opens from its code as an ordinary CWT', async () => {
    const cwt = inflateSync(base45Decode(text('eid-code').slice('EID1:'.length)));
    expect(new Uint8Array(cwt)).toEqual(octets('eid'));
    const claims = await openWithCoseKit({ octets: cwt, publicKey: publicKey('issuer'), external: '' });
    expect(claims.get(1)).toBe('registry.example');
    const cnf = claims.get(8) as ReadonlyMap<number, ReadonlyMap<number, unknown>>;
    expect(cnf.get(1)?.get(-2)).toEqual(publicKey('phone'));
  });

  test('the slip code opens from its text, and names the envelope by its hash', async () => {
    const payload = await openWithCoseKit({
      octets: base45Decode(text('slip-code').slice('EIDS1:'.length)),
      publicKey: publicKey('station'),
      external: 'eid-terminal/slip/v1',
    });
    const envelope = createHash('sha256').update(octets('envelope')).digest();
    expect(payload.get(4)).toEqual(new Uint8Array(envelope));
    expect(payload.get(1)).toBe('GZ-TH-0007');
  });

  test("the holder's answer opens with the phone's key, to the nonce of the challenge and for the e-ID", async () => {
    const challenge = readCbor(
      new Uint8Array(base45Decode(text('challenge-code').slice('EIDN1:'.length))),
    ) as ReadonlyMap<number, unknown>;
    const answer = await openWithCoseKit({
      octets: base45Decode(text('answer-code').slice('EIDA1:'.length)),
      publicKey: publicKey('phone'),
      external: 'eid-terminal/holder-answer/v1',
    });
    expect([answer.get(1), answer.get(2)]).toEqual([challenge.get(1), challenge.get(2)]);
    const claims = await openWithCoseKit({
      octets: octets('eid'),
      publicKey: publicKey('issuer'),
      external: '',
    });
    expect(answer.get(3)).toBe(claims.get(2));
  });

  test('the phone code opens from its text', async () => {
    const payload = await openWithCoseKit({
      octets: base45Decode(text('phone-code').slice('EIDP1:'.length)),
      publicKey: publicKey('phone'),
      external: 'eid-terminal/phone/v1',
    });
    expect(payload.get(1)).toEqual(publicKey('phone'));
    expect(payload.get(4)).toBe('小满的手机');
  });

  test('the password verifier is scrypt under a sealed box', () => {
    const plain = sodium.crypto_box_seal_open(
      octets('password-verifier'),
      publicKey('credential'),
      secretOf('credential'),
    );
    const verifier = readCbor(plain) as ReadonlyMap<number, unknown>;
    const salt = secretOf('salt').subarray(0, 16);
    expect(verifier.get(5)).toEqual(new Uint8Array(salt));
    const hash = scryptSync('27182818', salt, 32, { N: 32_768, r: 8, p: 1, maxmem: 2 ** 26 });
    expect(Buffer.from(verifier.get(6) as Uint8Array)).toEqual(hash);
  });

  test('the password proof is the digits under a sealed box', () => {
    const plain = sodium.crypto_box_seal_open(
      octets('password-proof'),
      publicKey('credential'),
      secretOf('credential'),
    );
    const proof = readCbor(plain) as ReadonlyMap<number, unknown>;
    expect(proof.get(2)).toEqual(new Uint8Array(Buffer.from('27182818', 'ascii')));
  });

  test('the status list revokes the e-ID of the document, and its neighbour not', async () => {
    const cwt = await openWithCoseKit({
      octets: octets('eid'),
      publicKey: publicKey('issuer'),
      external: '',
    });
    const list = await openWithCoseKit({
      octets: octets('status-list'),
      publicKey: publicKey('issuer'),
      external: 'eid-terminal/status-list/v1',
    });
    const places = inflateSync(list.get(-70_008) as Uint8Array);
    expect(places).toHaveLength(131_072);
    const bit = (index: number) => (places[Math.floor(index / 8)] ?? 0) & (1 << (index % 8));
    const index = cwt.get(-70_004) as number;
    expect(bit(index)).not.toBe(0);
    expect(bit(index + 1)).toBe(0);
  });

  test('the provisioning code holds secret, root and check, and the request proves the secret', () => {
    const characters = text('provisioning-code').replaceAll('-', '');
    const bits = [...characters]
      .map((character) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(character).toString(2).padStart(5, '0'))
      .join('');
    const bitsOf = (bytes: Uint8Array) =>
      [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    const secret = secretOf('provisioning').subarray(0, 10);
    const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest();
    expect(bits.slice(0, 80)).toBe(bitsOf(secret));
    expect(bits.slice(80, 180)).toBe(bitsOf(sha256(publicKey('root'))).slice(0, 100));
    const check = bitsOf(sha256(`eid-provisioning-code/v1${characters.slice(0, 36)}`)).slice(0, 20);
    expect(bits.slice(180)).toBe(check);
    const request = readCbor(octets('provisioning-request')) as ReadonlyMap<number, unknown>;
    // CBOR by hand: an array of three, bstr 32, tstr 10, bstr 32.
    const covered = Buffer.concat([
      Buffer.from('835820', 'hex'),
      publicKey('station'),
      Buffer.from('6a', 'hex'),
      Buffer.from('GZ-TH-0007'),
      Buffer.from('5820', 'hex'),
      publicKey('root'),
    ]);
    const proof = createHmac('sha256', secret).update('eid-provisioning/v1').update(covered).digest();
    expect(Buffer.from(request.get(5) as Uint8Array)).toEqual(proof);
  });

  test('HTTP request and answer verify with node:crypto from their texts', () => {
    const parse = (name: string) => {
      const [head = '', body = ''] = text(name).split('\n\n');
      const [start = '', ...lines] = head.split('\n');
      const headers = new Map(
        lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      );
      return { start, headers, body };
    };
    const verified = (options: {
      readonly lines: readonly string[];
      readonly headers: ReadonlyMap<string, string>;
      readonly key: string;
    }) => {
      const parameters = options.headers.get('signature-input')?.slice('sig1='.length);
      const base = [...options.lines, `"@signature-params": ${parameters}`].join('\n');
      const signature = Buffer.from(options.headers.get('signature')?.slice(6, -1) ?? '', 'base64');
      return verify(null, Buffer.from(base), publicKeyOf(publicKey(options.key)), signature);
    };
    const digestOf = (body: string) => `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
    const request = parse('http-request');
    const [method, target] = request.start.split(' ');
    expect(request.headers.get('content-digest')).toBe(digestOf(request.body));
    const requestLines = [
      `"@method": ${method}`,
      `"@target-uri": ${target}`,
      `"content-type": ${request.headers.get('content-type')}`,
      `"content-digest": ${digestOf(request.body)}`,
    ];
    expect(verified({ lines: requestLines, headers: request.headers, key: 'station' })).toBe(true);
    const answer = parse('http-answer');
    const answerLines = [
      `"@status": ${answer.start}`,
      `"content-digest": ${digestOf(answer.body)}`,
      `"signature";req;key="sig1": ${request.headers.get('signature')?.slice('sig1='.length)}`,
    ];
    expect(verified({ lines: answerLines, headers: answer.headers, key: 'acknowledgement' })).toBe(true);
  });
});

describe('by our own code', () => {
  test('messages open', async () => {
    const byKey = (name: string) => ({ findVerifier: find(name) });
    const results = [
      openEnvelope({ octets: octets('envelope'), ...byKey('station') }),
      openAcknowledgement({ bytes: octets('acknowledgement'), ...byKey('acknowledgement') }),
      openRefusal({ bytes: octets('refusal'), ...byKey('acknowledgement') }),
      openDecision({ bytes: octets('decision'), ...byKey('issuer') }),
      openTrustList({ bytes: octets('trust-list'), root: nodeVerifier(publicKey('root')) }),
      openStationCertificate({ bytes: octets('certificate'), ...byKey('root') }),
      openCheckpoint({ bytes: octets('audit'), ...byKey('station') }),
      openEid({ octets: octets('eid'), ...byKey('issuer') }),
      await openStatusList({ octets: octets('status-list'), ...byKey('issuer') }),
      decodeAuditEntry(octets('audit-entry')),
      decodeProvisioningRequest(octets('provisioning-request')),
      readPhoneCode(text('phone-code')),
    ];
    for (const result of results) expect(result).toMatchObject({ ok: true });
  });

  test('the packet opens to the enrolment that the document shows', () => {
    const upload = decodeUpload(octets('upload'));
    if (!upload.ok) throw new Error(upload.error.where);
    const envelope = openEnvelope({ octets: upload.value.envelope, findVerifier: only(stationSigner) });
    if (!envelope.ok) throw new Error(envelope.error.where);
    const opened = openEnrolment({
      sealed: upload.value.sealed,
      keyPair: sealingKeyPair,
      station: stationVerifier,
      envelope: envelope.value,
    });
    expect(opened).toEqual({ ok: true, value: sampleEnrolment({ frames: 4, jpegBytes: 48 }) });
    expect(opened).toEqual(decodeEnrolment(octets('enrolment')));
  });

  test('codes, password and HTTP messages are read', async () => {
    expect(await decodeEidCode(text('eid-code'))).toEqual({ ok: true, value: octets('eid') });
    const code = parseProvisioningCode(text('provisioning-code'));
    expect(code.ok && rootMatches({ code: code.value, rootPublicKey: rootSigner.publicKey })).toBe(true);
    const keyPair = { publicKey: publicKey('credential'), secretKey: secretOf('credential') };
    const opened = openPasswordVerifier({ sealed: octets('password-verifier'), keyPair });
    if (!opened.ok) throw new Error(opened.error.reason);
    expect(await checkPassword({ password: Buffer.from('27182818'), verifier: opened.value })).toBe(true);
    expect(openPasswordProof({ sealed: octets('password-proof'), keyPair })).toEqual({
      ok: true,
      value: new Uint8Array(Buffer.from('27182818')),
    });
    const split = (name: string) => {
      const [head = '', body = ''] = text(name).split('\n\n');
      const [start = '', ...lines] = head.split('\n');
      const entries = lines.map((line) => [
        line.slice(0, line.indexOf(':')),
        line.slice(line.indexOf(':') + 2),
      ]);
      return {
        start,
        headers: Object.fromEntries(entries) as Record<string, string>,
        body: Buffer.from(body),
      };
    };
    const request = split('http-request');
    const [method = '', targetUri = ''] = request.start.split(' ');
    expect(verifyRequest({ ...request, method, targetUri, findVerifier: find('station') })).toMatchObject({
      ok: true,
    });
    const answer = split('http-answer');
    const verified = verifyResponse({
      ...answer,
      status: Number(answer.start),
      requestSignature: request.headers.signature ?? '',
      findVerifier: find('acknowledgement'),
    });
    expect(verified).toMatchObject({ ok: true });
  });
});
