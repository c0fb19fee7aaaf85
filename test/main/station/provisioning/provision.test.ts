import { randomBytes } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { encodeBody } from '#protocol/http-body.ts';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import { makeProvisioningCode } from '#protocol/provisioning.ts';
import { signTrustList, trustedKidOf } from '#protocol/trust-list.ts';
import { makeTlsIdentity, readTlsIdentity } from '#registry/founding/tls-identity.ts';
import { fileKeyStore } from '#station/keys/file-key-store.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { runningRegistry, station } from '../desk/station-lab.ts';

const NAME = 'Hall 3 terminal 7';
const random = (length: number) => new Uint8Array(randomBytes(length));

/** Somebody in between with a TLS certificate and keys of his own; keeps every byte that he is sent. */
async function manInTheMiddle(
  trust: (tlsCertificate: string) => { rootPublicKey: Uint8Array; trustList: Uint8Array },
) {
  const folder = temporaryFolder();
  await makeTlsIdentity(folder, []);
  const { certificate, key } = await readTlsIdentity(folder);
  const { readFileSync } = await import('node:fs');
  const answer = encodeBody(trust(readFileSync(join(folder, 'authority.pem'), 'utf8')));
  const heard: { method: string; path: string; body: Buffer }[] = [];
  const server = createServer({ cert: certificate, key }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heard.push({ method: request.method ?? '', path: request.url ?? '', body: Buffer.concat(chunks) });
      response.writeHead(200, { 'content-type': 'application/cbor' }).end(Buffer.from(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}

function trustListBy(root: ReturnType<typeof nodeSigner>, tlsCertificate: string): Uint8Array {
  const now = Math.floor(Date.now() / 1000) * 1000;
  const publicKey = nodeSigner(random(32)).publicKey;
  const period = { validFrom: now - 1000, validUntil: now + 1e9 };
  return signTrustList({
    signer: root,
    trustList: {
      version: 1,
      issuedAt: now,
      keys: [
        {
          kid: trustedKidOf({ use: 'acknowledgement', publicKey }),
          use: 'acknowledgement',
          publicKey,
          ...period,
        },
      ],
      tlsCertificates: [tlsCertificate],
      registryName: 'Somebody',
      mode: 'demo',
    },
  });
}

test('a code makes the machine a station: identity, key, trust list', async () => {
  const registry = await runningRegistry();
  const { desk } = await station();
  const code = await registry.newProvisioningCode(NAME);
  const provisioned = await desk.provision({
    code,
    registryUrl: registry.url,
    stationName: NAME,
    mayMove: false,
  });
  expect(provisioned).toMatchObject({
    ok: true,
    value: { installation: 1, registryUrl: registry.url, demoKey: true },
  });
  expect(desk.credentialKey()).toHaveLength(32);
  expect(desk.desk.standing()).toMatchObject({ provisioned: true, frozen: null });
});

test('a man in the middle with his own root key is refused, and is sent nothing but a question', async () => {
  const registry = await runningRegistry();
  const root = nodeSigner(random(32));
  const middle = await manInTheMiddle((tls) => ({
    rootPublicKey: root.publicKey,
    trustList: trustListBy(root, tls),
  }));
  const { desk } = await station();
  const code = await registry.newProvisioningCode(NAME);
  expect(await desk.provision({ code, registryUrl: middle.url, stationName: NAME, mayMove: false })).toEqual({
    ok: false,
    error: { reason: 'wrong-root-key' },
  });
  expect(middle.heard.map(({ method, path, body }) => [method, path, body.length])).toEqual([
    ['GET', '/v1/trust', 0],
  ]);
  expect(desk.identity()).toBeNull();
  // The code was not used up and still works at the true registry.
  expect(
    (await desk.provision({ code, registryUrl: registry.url, stationName: NAME, mayMove: false })).ok,
  ).toBe(true);
});

test('a man in the middle who repeats the true root key cannot sign a trust list with it', async () => {
  const registry = await runningRegistry();
  const middle = await manInTheMiddle((tls) => ({
    rootPublicKey: registry.rootPublicKey,
    trustList: trustListBy(nodeSigner(random(32)), tls),
  }));
  const { desk } = await station();
  const code = await registry.newProvisioningCode(NAME);
  expect(await desk.provision({ code, registryUrl: middle.url, stationName: NAME, mayMove: false })).toEqual({
    ok: false,
    error: { reason: 'trust-list-not-signed-by-root' },
  });
  expect(middle.heard).toHaveLength(1);
});

test('a man in the middle who repeats all that the registry says is not sent the proof: TLS is pinned', async () => {
  const registry = await runningRegistry();
  const truth = await fetchTruth(registry.url);
  const middle = await manInTheMiddle(() => truth);
  const { desk } = await station();
  const code = await registry.newProvisioningCode(NAME);
  expect(await desk.provision({ code, registryUrl: middle.url, stationName: NAME, mayMove: false })).toEqual({
    ok: false,
    error: { reason: 'untrusted-server' },
  });
  expect(middle.heard.map(({ method }) => method)).toEqual(['GET']);
});

test.each([
  ['too short', 'ABCD-EFGH', 'wrong-length'],
  ['with one character mistyped', null, 'mistyped'],
])('a code %s is refused before anything is sent', async (_, typed, reason) => {
  const good = makeProvisioningCode({ secret: random(10), rootPublicKey: random(32) });
  const code = typed ?? `${good.slice(0, -1)}${good.endsWith('0') ? '1' : '0'}`;
  const { desk } = await station();
  const result = await desk.provision({
    code,
    registryUrl: 'https://127.0.0.1:1',
    stationName: NAME,
    mayMove: false,
  });
  expect(result).toMatchObject({ ok: false, error: { reason } });
});

test('a code that was used is refused with that reason, and one of an unknown registry too', async () => {
  const registry = await runningRegistry();
  const code = await registry.newProvisioningCode(NAME);
  const first = await station();
  expect(
    (await first.desk.provision({ code, registryUrl: registry.url, stationName: NAME, mayMove: false })).ok,
  ).toBe(true);
  const second = await station();
  expect(
    await second.desk.provision({ code, registryUrl: registry.url, stationName: NAME, mayMove: false }),
  ).toEqual({
    ok: false,
    error: { reason: 'code-used' },
  });
  const invented = makeProvisioningCode({ secret: random(10), rootPublicKey: registry.rootPublicKey });
  expect(
    await second.desk.provision({
      code: invented,
      registryUrl: registry.url,
      stationName: NAME,
      mayMove: false,
    }),
  ).toEqual({
    ok: false,
    error: { reason: 'code-unknown' },
  });
});

test.each(['http://127.0.0.1:8080', 'https://name:word@registry.example', 'nonsense'])(
  'the address %s is refused',
  async (registryUrl) => {
    const code = makeProvisioningCode({ secret: random(10), rootPublicKey: random(32) });
    const { desk } = await station();
    expect(await desk.provision({ code, registryUrl, stationName: NAME, mayMove: false })).toMatchObject({
      error: { reason: 'bad-registry-url' },
    });
  },
);

test('a registry that cannot be reached leaves the station as it was', async () => {
  const registry = await runningRegistry();
  const target = await station();
  const code = await registry.newProvisioningCode(NAME);
  expect(
    (await target.desk.provision({ code, registryUrl: registry.url, stationName: NAME, mayMove: false })).ok,
  ).toBe(true);
  const before = target.desk.identity();
  const other = makeProvisioningCode({ secret: random(10), rootPublicKey: random(32) });
  expect(
    await target.desk.provision({
      code: other,
      registryUrl: 'https://127.0.0.1:1',
      stationName: NAME,
      mayMove: true,
    }),
  ).toEqual({ ok: false, error: { reason: 'unreachable' } });
  expect(target.desk.identity()).toEqual(before);
  expect((await target.restarted()).desk.identity()).toEqual(before);
});

test('when the answer is lost, the same code and machine get the same installation', async () => {
  const registry = await runningRegistry();
  const first = await station();
  const code = await registry.newProvisioningCode(NAME);
  expect(
    (await first.desk.provision({ code, registryUrl: registry.url, stationName: NAME, mayMove: false })).ok,
  ).toBe(true);
  // The certificate never arrived: only the key, which was stored before it was sent, is still there.
  const seed = await fileKeyStore({ path: join(first.folder, 'station.key') }).unwrapSeed();
  const folder = temporaryFolder();
  await fileKeyStore({ path: join(folder, 'station.key') }).storeSeed(seed ?? new Uint8Array());
  const again = await station({ folder });
  expect(
    await again.desk.provision({ code, registryUrl: registry.url, stationName: NAME, mayMove: false }),
  ).toMatchObject({
    ok: true,
    value: { installation: 1 },
  });
});

test('a key that an earlier, lost code has certified is given up for a new one', async () => {
  const registry = await runningRegistry();
  const first = await station();
  const code = await registry.newProvisioningCode(NAME);
  expect(
    (await first.desk.provision({ code, registryUrl: registry.url, stationName: NAME, mayMove: false })).ok,
  ).toBe(true);
  const seed = await fileKeyStore({ path: join(first.folder, 'station.key') }).unwrapSeed();
  const folder = temporaryFolder();
  await fileKeyStore({ path: join(folder, 'station.key') }).storeSeed(seed ?? new Uint8Array());
  const again = await station({ folder });
  const next = await registry.newProvisioningCode(NAME);
  expect(
    await again.desk.provision({ code: next, registryUrl: registry.url, stationName: NAME, mayMove: false }),
  ).toMatchObject({
    ok: true,
    value: { installation: 2 },
  });
});

async function fetchTruth(url: string): Promise<{ rootPublicKey: Uint8Array; trustList: Uint8Array }> {
  const { httpsTransport } = await import('#station/sync/https-transport.ts');
  const { fetchTrust } = await import('#station/sync/fetch-trust.ts');
  const transport = httpsTransport({ trust: { kind: 'anyone' } });
  const fetched = await fetchTrust({ transport, registryUrl: url });
  transport.close();
  if (!fetched.ok) throw new Error(fetched.error.reason);
  return fetched.value;
}

test('another registry takes a station over only for whoever may move it, and is asked nothing before', async () => {
  const own = await runningRegistry();
  const other = await runningRegistry();
  const { desk } = await station();
  const order = (code: string, registryUrl: string) => ({ code, registryUrl, stationName: NAME });
  const first = await own.newProvisioningCode(NAME);
  expect(await desk.provision({ ...order(first, own.url), mayMove: false })).toMatchObject({ ok: true });
  const before = desk.identity();

  const elsewhere = await other.newProvisioningCode(NAME);
  expect(await desk.provision({ ...order(elsewhere, other.url), mayMove: false })).toEqual({
    ok: false,
    error: { reason: 'another-registry' },
  });
  // Nobody answers there: it is refused before anybody is asked.
  expect(await desk.provision({ ...order(elsewhere, 'https://127.0.0.1:1'), mayMove: false })).toEqual({
    ok: false,
    error: { reason: 'another-registry' },
  });
  expect(desk.identity()).toEqual(before);

  const again = await own.newProvisioningCode(NAME);
  expect(await desk.provision({ ...order(again, own.url), mayMove: false })).toMatchObject({
    ok: true,
    value: { installation: 2 },
  });
  expect(await desk.provision({ ...order(elsewhere, other.url), mayMove: true })).toMatchObject({
    ok: true,
    value: { registryUrl: other.url },
  });
});

test('a disk that is full once the installation is stored does not make a failure of it', async () => {
  const registry = await runningRegistry();
  const folder = temporaryFolder();
  const kept = fileKeyStore({ path: join(folder, 'key') });
  let fill: () => void = () => {};
  const target = await station({
    folder,
    keyStore: {
      ...kept,
      unwrapSeed: () => {
        fill();
        return kept.unwrapSeed();
      },
    },
  });
  const { database, installations } = target.desk.inside;
  fill = () => {
    if (installations.all().length > 0) database.pragma('query_only = 1');
  };
  const code = await registry.newProvisioningCode(NAME);
  const order = { code, registryUrl: registry.url, stationName: NAME, mayMove: false };
  const provisioned = await target.desk.provision(order);
  fill = () => {};
  database.pragma('query_only = 0');
  expect(provisioned).toMatchObject({ ok: true, value: { installation: 1 } });
  expect(target.logged).toContain('audit.not-recorded');
});
