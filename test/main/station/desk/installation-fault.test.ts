import { cpSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { REGISTRY_CONTENT_TYPES } from '#contract/registry-api.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { type ScriptedRegistry, scriptedRegistry } from '../sync/scripted-registry.ts';
import { eventually, provisioned, runningRegistry, saved, station, type TestStation } from './station-lab.ts';

const SECOND = Math.floor(Date.now() / 1000) * 1000;
const YEAR = 365 * 86_400_000;

const standing = (target: TestStation) => target.desk.desk.standing();
const drained = (target: TestStation) => eventually('the queue drains', () => standing(target).waiting === 0);
const frozenBy = (target: TestStation, reason: string) =>
  eventually(`frozen by ${reason}`, () => standing(target).frozen === reason);

/** Types and fields of the audit entries of a station that was closed. */
async function auditOf(target: TestStation, type: string): Promise<number> {
  await target.desk.close();
  const database = new Database(join(target.folder, 'station.db'), { readonly: true });
  const found = database.prepare('SELECT count(*) FROM audit_entry WHERE type = ?').pluck().get(type);
  database.close();
  return Number(found);
}

async function scripted(
  options: Parameters<typeof scriptedRegistry>[1] = {},
): Promise<{ readonly registry: ScriptedRegistry; readonly target: TestStation }> {
  const folder = temporaryFolder();
  return { registry: await scriptedRegistry(folder, options), target: await station({ folder }) };
}

/** A station whose packets 1 to 3 were acknowledged, ended and started again after the registry was changed. */
async function acknowledgedThenChanged(change: (registry: ScriptedRegistry) => void) {
  const { registry, target } = await scripted();
  target.desk.start();
  const ids = [saved(target), saved(target), saved(target)].map(({ packetId }) => packetId);
  await drained(target);
  change(registry);
  const again = await target.restarted();
  again.desk.start();
  return { registry, target: again, ids };
}

test.each(['fork', 'broken-link'])(
  'an acknowledgement flagged %s stops new sessions for good, and uploads go on',
  async (flag) => {
    const { registry, target } = await scripted();
    registry.onUpload((incoming) =>
      incoming.answer(
        200,
        REGISTRY_CONTENT_TYPES.acknowledgement,
        incoming.acknowledgement({ flags: ['late', flag] }),
      ),
    );
    target.desk.start();
    saved(target);
    saved(target);
    await drained(target);
    expect(standing(target).frozen).toBe('chain-broken');
    const again = await target.restarted();
    expect(standing(again).frozen).toBe('chain-broken');
    expect(await auditOf(again, 'chain.broken')).toBe(1);
  },
);

test('a flag that nobody knows stops nothing', async () => {
  const { registry, target } = await scripted();
  registry.onUpload((incoming) =>
    incoming.answer(
      200,
      REGISTRY_CONTENT_TYPES.acknowledgement,
      incoming.acknowledgement({ flags: ['late'] }),
    ),
  );
  target.desk.start();
  saved(target);
  await drained(target);
  expect(standing(target).frozen).toBeNull();
});

test.each<[string, (registry: ScriptedRegistry) => void]>([
  ['holds more of the chain than was made here', ({ held }) => held.set(4, new Uint8Array(32).fill(4))],
  ['holds another packet as the newest', ({ held }) => held.set(3, new Uint8Array(32).fill(3))],
])('a registry that %s stops new sessions before the first', async (_, change) => {
  const { target } = await acknowledgedThenChanged(change);
  await frozenBy(target, 'chain-broken');
  expect(target.logged).toContain('chain.broken');
  expect(await auditOf(target, 'chain.broken')).toBe(1);
});

test.each<[string, (registry: ScriptedRegistry) => void, number[]]>([
  ['has lost the end of the chain', ({ held }) => void (held.delete(2) && held.delete(3)), [2, 3]],
  ['has a gap in the chain', ({ held }) => void held.delete(2), [2]],
  ['has lost everything', ({ held }) => held.clear(), [1, 2, 3]],
])('a registry that %s gets again what it had acknowledged', async (_, change, lost) => {
  const { registry, target, ids } = await acknowledgedThenChanged(change);
  await eventually('the registry holds all of it again', () => registry.held.size === 3);
  await drained(target);
  expect(registry.uploads.slice(3).toSorted()).toEqual(lost.map((each) => ids[each - 1]).toSorted());
  expect(standing(target).frozen).toBeNull();
  expect(await auditOf(target, 'packet.sent-again')).toBe(lost.length);
});

test('a restored disk forks its chain: sessions stop, both branches arrive, a new installation goes on', async () => {
  const registry = await runningRegistry();
  const target = await station();
  await provisioned(target, registry);
  saved(target);
  await target.desk.close();
  const backup = temporaryFolder();
  cpSync(target.folder, backup, { recursive: true });
  const original = await target.restarted();
  saved(original);
  original.desk.start();
  await drained(original);
  await original.desk.close();

  const restored = await station({ folder: backup });
  saved(restored);
  restored.desk.start();
  await frozenBy(restored, 'chain-broken');
  await drained(restored);
  expect(await registry.counts()).toMatchObject({ packets: 3, forked: 2 });
  await provisioned(restored, registry);
  expect(standing(restored).frozen).toBeNull();
  expect(saved(restored).sequence).toBe(1);
  await drained(restored);
});

test('a registry that was restored from a backup gets back what it has lost', async () => {
  const folder = temporaryFolder();
  let registry = await runningRegistry({ folder });
  const port = Number(new URL(registry.url).port);
  let target = await station();
  await provisioned(target, registry);
  await registry.close();
  const backup = temporaryFolder();
  cpSync(folder, backup, { recursive: true });
  registry = await runningRegistry({ folder, port });
  target.desk.start();
  saved(target);
  saved(target);
  await drained(target);
  await registry.close();

  registry = await runningRegistry({ folder: backup, port });
  target = await target.restarted();
  target.desk.start();
  await eventually('both packets are held again', async () => (await registry.counts()).packets === 2);
  await drained(target);
  expect(standing(target).frozen).toBeNull();
});

test('an envelope that was changed on the disk stops new sessions', async () => {
  const { target } = await scripted();
  saved(target);
  await target.desk.close();
  const database = new Database(join(target.folder, 'station.db'));
  database.exec("DROP TRIGGER envelope_kept; UPDATE packet SET envelope = x'00'");
  database.close();
  const again = await target.restarted();
  again.desk.start();
  await frozenBy(again, 'chain-broken');
  const third = await again.restarted();
  third.desk.start();
  await eventually('it is found again', () => third.logged.includes('chain.broken'));
  expect(await auditOf(third, 'chain.broken')).toBe(1);
});

test.each([
  ['certificate', { certifiedUntil: SECOND - 1_000 }],
  ['last sealing key', { sealingUntil: SECOND - 1_000 }],
])('a %s that is over stops new sessions once the time is proven, never uploads', async (_, validity) => {
  const { target } = await scripted(validity);
  expect(standing(target).frozen).toBeNull();
  saved(target);
  target.desk.start();
  await frozenBy(target, 'certificate-expired');
  await drained(target);
  const again = await target.restarted();
  expect(standing(again).frozen).toBe('certificate-expired');
});

test('a clock that was set past the end of the certificate stops nothing', async () => {
  const folder = temporaryFolder();
  await scriptedRegistry(folder);
  const target = await station({ folder, clockShift: 50 * YEAR });
  expect(standing(target).frozen).toBeNull();
  target.desk.start();
  await eventually('the link is up', () => standing(target).online);
  expect(standing(target).frozen).toBeNull();
});
