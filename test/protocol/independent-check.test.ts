import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { decode as base45Decode } from 'base45';
import jsQR from 'jsqr';
import sodium from 'libsodium-wrappers';
import { PNG } from 'pngjs';
import QRCode from 'qrcode';
import { beforeAll, expect, test } from 'vitest';
import { encodeEidCode, signEid } from '#protocol/eid-token.ts';
import { signEnvelope } from '#protocol/envelope.ts';
import { encodeUpload, sealEnrolment } from '#protocol/packet.ts';
import { openWithCoseKit } from './independent/open.ts';
import { readCbor } from './independent/read-cbor.ts';
import {
  issuerSigner,
  phoneSigner,
  sampleCard,
  sampleClaims,
  sampleEnrolment,
  sampleEnvelope,
  sealingKeyPair,
  stationSigner,
} from './sample.ts';

beforeAll(async () => {
  await sodium.ready;
});

test('a packet of real size, made by us, opens with libsodium and cose-kit alone', async () => {
  const enrolment = sampleEnrolment({ frames: 375, jpegBytes: 40_000 });
  const sealed = sealEnrolment({
    enrolment,
    signer: stationSigner,
    sealingPublicKey: sealingKeyPair.publicKey,
  });
  const envelope = signEnvelope({ envelope: sampleEnvelope(sealed), signer: stationSigner });
  const [header, body] = readCbor(encodeUpload({ envelope, sealed })) as [Uint8Array, Uint8Array];

  const opened = await openWithCoseKit({
    octets: header,
    publicKey: stationSigner.publicKey,
    external: 'eid-terminal/envelope/v1',
  });
  expect(Buffer.from(opened.get(10) as Uint8Array)).toEqual(createHash('sha256').update(body).digest());
  expect(Buffer.from(body).includes(Buffer.from('林小满'))).toBe(false);

  const signed = sodium.crypto_box_seal_open(body, sealingKeyPair.publicKey, sealingKeyPair.secretKey);
  const contents = await openWithCoseKit({
    octets: signed,
    publicKey: stationSigner.publicKey,
    external: 'eid-terminal/enrolment/v1',
  });
  expect(contents.get(2)).toEqual(opened.get(2));
  const holder = contents.get(20) as ReadonlyMap<number, ReadonlyMap<number, unknown>>;
  expect(holder.get(2)?.get(2)).toEqual(sampleCard.photo);
  const evidence = contents.get(13) as ReadonlyMap<number, readonly ReadonlyMap<number, unknown>[]>;
  expect(evidence.get(4)?.[0]?.get(2)).toEqual(enrolment.evidence.tries[0]?.seed);
});

test("an e-ID's QR code is read from its picture, inflated and verified without our code", async () => {
  const code = await encodeEidCode(signEid({ claims: sampleClaims, signer: issuerSigner }));
  const picture = PNG.sync.read(await QRCode.toBuffer(code, { errorCorrectionLevel: 'M', scale: 4 }));
  const seen = jsQR.default(new Uint8ClampedArray(picture.data), picture.width, picture.height);
  expect(seen?.data).toBe(code);

  const cwt = inflateSync(base45Decode((seen?.data ?? '').slice('EID1:'.length)));
  const claims = await openWithCoseKit({ octets: cwt, publicKey: issuerSigner.publicKey, external: '' });
  expect(claims.get(2)).toBe('K7M2Q9XD4TB8WZ3A');
  expect(claims.get(4)).toBe(sampleClaims.expiresAt / 1000);
  const cnf = claims.get(8) as ReadonlyMap<number, ReadonlyMap<number, unknown>>;
  expect(cnf.get(1)?.get(-2)).toEqual(phoneSigner.publicKey);
  const printed = Buffer.from(cwt).toString('latin1');
  expect(printed).not.toContain('44010619900307002X');
});
