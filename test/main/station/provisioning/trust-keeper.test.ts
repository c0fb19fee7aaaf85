import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import { signTrustList, type TrustList, trustedKidOf } from '#protocol/trust-list.ts';
import { installationStore } from '#station/provisioning/installation-store.ts';
import { trustKeeper } from '#station/provisioning/trust-keeper.ts';
import { openVault } from '#station/vault/vault.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

const NOW = 1_790_000_000_000;
const DAY = 86_400_000;
const random = (length: number) => new Uint8Array(randomBytes(length));

function keeperWith(version: number) {
  const vault = openVault({ folder: temporaryFolder() });
  if (!vault.ok) throw new Error(vault.error.reason);
  onTestFinished(() => vault.value.close());
  const root = nodeSigner(random(32));
  const store = installationStore(vault.value.database);
  let now = NOW;
  const signed = (changes: Partial<TrustList> = {}, signer = root) =>
    signTrustList({
      signer,
      trustList: {
        version,
        issuedAt: NOW,
        keys: [key(-DAY, 10 * DAY)],
        tlsCertificates: ['-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n'],
        registryName: 'Test',
        mode: 'demo',
        ...changes,
      },
    });
  store.addTrustList({ rootKey: root.publicKey, list: { version, signed: signed() }, at: NOW });
  const open = () => trustKeeper({ store, rootKey: root.publicKey, now: () => now });
  return { keeper: open(), reopened: open, signed, at: (moment: number) => (now = moment) };
}

function key(from: number, until: number): TrustList['keys'][number] {
  const publicKey = random(32);
  const kid = trustedKidOf({ use: 'sealing', publicKey });
  return { kid, use: 'sealing', publicKey, validFrom: NOW + from, validUntil: NOW + until };
}

test('a newer list is taken over and still stands after a restart', () => {
  const { keeper, reopened, signed } = keeperWith(3);
  expect(keeper.offer(signed({ version: 4, registryName: 'Newer' }))).toEqual({
    ok: true,
    value: 'replaced',
  });
  expect(keeper.list().registryName).toBe('Newer');
  expect(reopened().list().version).toBe(4);
});

test('an older list never comes back, however often it is offered', () => {
  const { keeper, reopened, signed } = keeperWith(3);
  expect(keeper.offer(signed({ version: 2 }))).toEqual({ ok: false, error: 'older-than-current' });
  expect(reopened().list().version).toBe(3);
});

test('a list that somebody else signed, or that was changed, is nothing', () => {
  const { keeper, signed } = keeperWith(3);
  expect(keeper.offer(signed({ version: 9 }, nodeSigner(random(32))))).toEqual({
    ok: false,
    error: 'not-signed-by-root',
  });
  const changed = signed({ version: 9 });
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  expect(keeper.offer(changed)).toEqual({ ok: false, error: 'not-signed-by-root' });
  expect(keeper.list().version).toBe(3);
});

test('a station whose clock is far off still has a key to seal to', () => {
  const { keeper, signed, at } = keeperWith(1);
  const [old, current] = [key(-30 * DAY, -2 * DAY), key(-2 * DAY, 30 * DAY)];
  keeper.offer(signed({ version: 2, keys: [current, old] }));
  expect(keeper.key('sealing')?.publicKey).toEqual(current.publicKey);
  at(NOW - 10 * DAY);
  expect(keeper.key('sealing')?.publicKey).toEqual(old.publicKey);
  at(0);
  expect(keeper.key('sealing')?.publicKey).toEqual(current.publicKey);
  expect(keeper.key('credential')).toBeNull();
});
