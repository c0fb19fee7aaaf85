import { describe, expect, it } from 'vitest';
import { sameBytes } from '#protocol/cbor.ts';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import { decodeProvisioningAnswer } from '#protocol/provisioning.ts';
import { randomBytes, startTestRegistry } from './registry-fixture.ts';
import { problemIn } from './statements.ts';
import { askForCertificate, fetchTrust, provisionStation, send } from './test-station.ts';

const DAY = 86_400_000;

describe('provisioning', () => {
  it('certifies the key of a station that knows the code', async () => {
    const { running, clock } = await startTestRegistry();
    const code = await running.newProvisioningCode('hall-1');
    const station = await provisionStation({ url: running.url, code, clock });
    expect(station.certificate).toMatchObject({ stationId: 'hall-1', installation: 1 });
    expect(station.certificate.publicKey).toEqual(station.signer.publicKey);
    expect(station.trust).toMatchObject({ version: 1, mode: 'demo' });
    expect(station.trust.keys.map((key) => key.use).sort()).toEqual([
      ...['acknowledgement', 'credential', 'issuer', 'sealing', 'settings', 'staff'],
    ]);
  });

  it('gives a name that cannot be an id an id of its own, and keeps it', async () => {
    const { running, clock } = await startTestRegistry();
    const url = running.url;
    const name = '荔湾政务服务大厅 3 号机';
    const first = await provisionStation({ url, clock, code: await running.newProvisioningCode(name) });
    const second = await provisionStation({ url, clock, code: await running.newProvisioningCode(name) });
    expect(first.certificate.stationId).toMatch(/^station-[0-9a-z]{8}$/);
    expect(second.certificate).toMatchObject({ stationId: first.certificate.stationId, installation: 2 });
  });

  it('gives the same certificate again when the answer was lost', async () => {
    const { running, clock } = await startTestRegistry();
    const code = await running.newProvisioningCode('hall-1');
    const signer = nodeSigner(randomBytes(32));
    const first = await askForCertificate({ url: running.url, code, signer, clock });
    const again = await askForCertificate({ url: running.url, code, signer, clock });
    const certificates = [first, again].map(({ answer }) => {
      const decoded = decodeProvisioningAnswer(answer.body);
      return decoded.ok ? Buffer.from(decoded.value.certificate).toString('hex') : 'none';
    });
    expect(certificates[0]).toBe(certificates[1]);
    expect((await running.counts()).installations).toBe(1);
  });

  it('a code serves one key only', async () => {
    const { running, clock } = await startTestRegistry();
    const code = await running.newProvisioningCode('hall-1');
    await provisionStation({ url: running.url, code, clock });
    const other = await askForCertificate({
      ...{ url: running.url, code, clock },
      signer: nodeSigner(randomBytes(32)),
    });
    expect(other.answer.status).toBe(403);
    expect(problemIn(other.answer).title).toBe('code-used');
  });

  it('a code ends after a day', async () => {
    const { running, clock } = await startTestRegistry();
    const code = await running.newProvisioningCode('hall-1');
    clock.set(clock.now() + DAY + 1000);
    const late = await askForCertificate({
      ...{ url: running.url, code, clock },
      signer: nodeSigner(randomBytes(32)),
    });
    expect(problemIn(late.answer).title).toBe('code-expired');
  });

  it('wrong proofs are counted, and the right one is worth nothing after five', async () => {
    const { running, clock } = await startTestRegistry();
    const code = await running.newProvisioningCode('hall-1');
    const signer = nodeSigner(randomBytes(32));
    const told = { url: running.url, code, signer, clock };
    for (let tries = 0; tries < 5; tries += 1) {
      const wrong = await askForCertificate({ ...told, proofSecret: randomBytes(10) });
      expect(problemIn(wrong.answer).title).toBe('bad-proof');
    }
    expect(problemIn((await askForCertificate(told)).answer).title).toBe('code-blocked');
  });

  it('a code that was never given out is unknown', async () => {
    const { running, clock } = await startTestRegistry();
    const elsewhere = await startTestRegistry();
    const code = await elsewhere.running.newProvisioningCode('hall-1');
    await expect(
      askForCertificate({ url: running.url, code, clock, signer: nodeSigner(randomBytes(32)) }),
    ).rejects.toThrow('not the root of the code');
  });

  it('nobody is certified for a key that is not theirs', async () => {
    const { running, clock } = await startTestRegistry();
    const code = await running.newProvisioningCode('hall-1');
    const thief = await askForCertificate({
      ...{ url: running.url, code, clock },
      signer: nodeSigner(randomBytes(32)),
      httpSigner: nodeSigner(randomBytes(32)),
    });
    expect(problemIn(thief.answer).title).toBe('bad-signature');
    expect((await running.counts()).installations).toBe(0);
  });

  it('a code of one station does not turn another station into it', async () => {
    const { running, clock } = await startTestRegistry();
    await running.newProvisioningCode('hall-2');
    const code = await running.newProvisioningCode('hall-1');
    const mixedUp = await askForCertificate({
      ...{ url: running.url, code, clock, stationId: 'hall-2' },
      signer: nodeSigner(randomBytes(32)),
    });
    expect(problemIn(mixedUp.answer).title).toBe('code-for-another-station');
  });

  it('the server shows a certificate of the authority in the trust list, and of no other', async () => {
    const { running } = await startTestRegistry();
    const other = await startTestRegistry();
    const code = await running.newProvisioningCode('hall-1');
    const { list } = await fetchTrust(running.url, code);
    const health = { method: 'GET', headers: {}, authority: list.tlsCertificates };
    expect(await send({ ...health, url: new URL('/health', running.url) })).toMatchObject({ status: 200 });
    await expect(send({ ...health, url: new URL('/health', other.running.url) })).rejects.toThrow();
  });

  it('garbage is answered with what is wrong, and nothing is stored', async () => {
    const { running } = await startTestRegistry();
    for (const body of [new Uint8Array(0), new Uint8Array([0xff]), randomBytes(300)]) {
      const answer = await send({
        url: new URL('/v1/stations', running.url),
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body,
        authority: null,
      });
      expect(answer.status).toBe(400);
      expect(problemIn(answer).title).toBe('bad-request');
    }
    expect((await running.counts()).installations).toBe(0);
  });
});

describe('the trust list', () => {
  it('keeps its version over a restart and takes the next when it changes', async () => {
    const first = await startTestRegistry();
    const code = await first.running.newProvisioningCode('hall-1');
    const before = await fetchTrust(first.running.url, code);
    const same = await first.restart();
    const again = await fetchTrust(same.running.url, code);
    expect(again.list).toEqual(before.list);
    const changed = await same.restart('pilot');
    const after = await fetchTrust(changed.running.url, code);
    expect(after.list).toMatchObject({ version: 2, mode: 'pilot' });
    expect(
      after.list.keys.every((key, index) =>
        sameBytes(key.kid, before.list.keys[index]?.kid ?? key.publicKey),
      ),
    ).toBe(true);
  });
});
