import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { eventually, provisioned, runningRegistry, saved, station } from './station-lab.ts';
import { contents } from './station-settings.ts';

const waiting = (target: Awaited<ReturnType<typeof station>>) => target.desk.desk.standing().waiting;

test('a fresh machine is no station yet and says so', async () => {
  const { desk } = await station();
  expect(desk.identity()).toBeNull();
  expect(desk.credentialKey()).toBeNull();
  expect(desk.desk.standing()).toEqual({
    provisioned: false,
    online: false,
    waiting: 0,
    clockTrust: 'unknown',
    frozen: null,
    daysLeft: null,
  });
  expect(() => desk.desk.save(contents())).toThrow(/before the station was provisioned/);
});

test('an enrolment is saved, delivered, acknowledged and decided', async () => {
  const registry = await runningRegistry();
  const target = await station();
  await provisioned(target, registry);
  target.desk.start();
  const { packetId, sequence } = saved(target);
  expect(sequence).toBe(1);
  expect(waiting(target)).toBe(1);
  const told = await target.desk.desk.awaitDecision({ packetId, timeoutMs: 8_000 });
  // The sample's card block is no card: the registry looks inside and says no.
  expect(told).toMatchObject({ kind: 'rejected' });
  expect(target.desk.queueRows({ limit: 5 })).toMatchObject([
    { packetId, sequence: 1, delivery: 'acknowledged', decision: 'rejected', body: 'present', fault: null },
  ]);
  expect(target.desk.desk.standing()).toMatchObject({ online: true, waiting: 0, clockTrust: 'synchronised' });
});

test('packets saved while the registry is away wait, survive a restart, and drain when it is back', async () => {
  const registry = await runningRegistry();
  let target = await station();
  await provisioned(target, registry);
  const ids = Array.from({ length: 5 }, () => saved(target).packetId);
  target = await target.restarted();
  expect(waiting(target)).toBe(5);
  expect((await registry.counts()).packets).toBe(0);
  target.desk.start();
  await eventually('the queue drains', () => waiting(target) === 0);
  await registry.settled();
  expect(await registry.counts()).toMatchObject({ packets: 5 });
  expect(target.desk.queueRows({ limit: 10 }).map((row) => row.packetId)).toEqual(ids.toReversed());
});

test('a citizen is told at once that the terminal is offline, and the packet goes on waiting', async () => {
  const registry = await runningRegistry();
  const target = await station();
  await provisioned(target, registry);
  await registry.close();
  target.desk.start();
  const { packetId } = saved(target);
  expect(await target.desk.desk.awaitDecision({ packetId, timeoutMs: 8_000 })).toEqual({ kind: 'offline' });
  expect(waiting(target)).toBe(1);
  expect(await target.desk.desk.registryNonce()).toBeNull();
});

test('a decision that comes after the citizen has left is kept', async () => {
  const registry = await runningRegistry();
  const target = await station();
  await provisioned(target, registry);
  saved(target);
  target.desk.start();
  await eventually('the packet is acknowledged', () => waiting(target) === 0);
  await registry.settled();
  const again = await target.restarted();
  again.desk.start();
  await eventually(
    'the decision comes down',
    () => again.desk.queueRows({ limit: 1 })[0]?.decision === 'rejected',
  );
});

test('an online station gives the registry’s nonce, a new one each time', async () => {
  const registry = await runningRegistry();
  const target = await station();
  await provisioned(target, registry);
  target.desk.start();
  const [first, second] = [await target.desk.desk.registryNonce(), await target.desk.desk.registryNonce()];
  expect(first).toHaveLength(32);
  expect(second).toHaveLength(32);
  expect(first).not.toEqual(second);
});

test('a clock two days ahead is put right by the registry, marks the record, and blocks nothing', async () => {
  const registry = await runningRegistry();
  const target = await station();
  target.clock.shift = 2 * 86_400_000;
  await provisioned(target, registry);
  target.desk.start();
  await eventually('the link is up', () => target.desk.desk.standing().online);
  const before = Date.now();
  const result = target.desk.desk.save(contents());
  expect(result.ok && Math.abs(result.value.createdAt - before)).toBeLessThan(5_000);
  expect(target.desk.desk.standing().clockTrust).toBe('doubtful');
  await eventually('the packet is acknowledged', () => waiting(target) === 0);
});

const YEAR = 365 * 86_400_000;
test.each([
  ['a year ahead', YEAR],
  ['a year behind', -YEAR],
])(
  'a start offline with the clock %s freezes nothing and erases nothing, and is put right later',
  async (_, shift) => {
    const folder = temporaryFolder();
    let registry = await runningRegistry({ folder });
    const port = Number(new URL(registry.url).port);
    let target = await station({ settings: { retentionDays: 1 } });
    await provisioned(target, registry);
    target.desk.start();
    saved(target);
    await eventually('the packet is acknowledged', () => waiting(target) === 0);
    await registry.close();
    target = await target.restarted({ clockShift: shift });
    target.desk.start();
    target.desk.keepHouse();
    expect(target.desk.desk.standing().frozen).toBeNull();
    expect(target.desk.queueRows({ limit: 1 })).toMatchObject([{ body: 'present' }]);
    saved(target);
    registry = await runningRegistry({ folder, port });
    await eventually('the second packet is acknowledged', () => waiting(target) === 0);
    target.desk.keepHouse();
    expect(target.desk.desk.standing()).toMatchObject({ frozen: null, clockTrust: 'doubtful' });
    expect(target.desk.queueRows({ limit: 2 }).map((row) => row.body)).toEqual(['present', 'present']);
  },
);

test('standing changes are told', async () => {
  const registry = await runningRegistry();
  let free = 50_000;
  const target = await station({ freeMegabytes: () => free });
  await provisioned(target, registry);
  const told: unknown[] = [];
  target.desk.desk.onStandingChange(() => told.push(target.desk.desk.standing().frozen));
  free = 10;
  saved(target);
  expect(told).toEqual(['storage-full']);
});

test('a disk that cannot be measured any more ends neither a saving nor a look at the standing', async () => {
  const registry = await runningRegistry();
  let measure = () => 50_000;
  const target = await station({ freeMegabytes: () => measure() });
  await provisioned(target, registry);
  measure = () => {
    throw new Error('statfs failed');
  };
  expect(saved(target).sequence).toBe(1);
  expect(target.desk.desk.standing()).toMatchObject({ frozen: null, waiting: 1 });
  expect(target.logged).toContain('storage.not-measured');
});

test('the days that are left are told once the offline rule warns, and the log says so once', async () => {
  const registry = await runningRegistry();
  let target = await station();
  await provisioned(target, registry);
  target.desk.start();
  await eventually('the time is proven', () => target.desk.desk.standing().online);
  await registry.close();
  expect(target.desk.desk.standing().daysLeft).toBeNull();
  target = await target.restarted({ clockShift: 8.5 * 86_400_000 });
  expect(target.desk.desk.standing()).toMatchObject({ daysLeft: 1, frozen: null });
  target.desk.keepHouse();
  expect(target.logged.filter((code) => code === 'standing.warning')).toHaveLength(1);
});

test('re-provisioning makes a new installation, and what the old one left is still delivered', async () => {
  const registry = await runningRegistry();
  const target = await station();
  await provisioned(target, registry);
  const old = saved(target);
  await provisioned(target, registry);
  expect(target.desk.identity()).toMatchObject({ installation: 2 });
  const fresh = saved(target);
  expect([old.sequence, fresh.sequence]).toEqual([1, 1]);
  target.desk.start();
  await eventually('both drain', () => waiting(target) === 0);
  expect(target.desk.queueRows({ limit: 5 })).toMatchObject([
    { installation: 2, sequence: 1, delivery: 'acknowledged' },
    { installation: 1, sequence: 1, delivery: 'acknowledged' },
  ]);
});

test('a second registry gives number 1 again: a new chain begins, and the first one’s packets wait for it', async () => {
  const [first, second] = [await runningRegistry(), await runningRegistry()];
  const target = await station();
  await provisioned(target, first);
  const [left, alsoLeft] = [saved(target), saved(target)];
  await provisioned(target, second);
  expect(target.desk.identity()).toMatchObject({ installation: 1, registryUrl: second.url });
  const fresh = saved(target);
  expect([left.sequence, alsoLeft.sequence, fresh.sequence]).toEqual([1, 2, 1]);
  target.desk.start();
  await eventually(
    'the second registry has its packet',
    () => target.desk.queueRows({ limit: 1 })[0]?.delivery === 'acknowledged',
  );
  // It held sequence 1 against the certificate that it gave itself.
  expect(await second.counts()).toMatchObject({ packets: 1, forked: 0, brokenLinks: 0, missing: 0 });
  expect(waiting(target)).toBe(2);
  await provisioned(target, first);
  expect(target.desk.identity()).toMatchObject({ installation: 2, registryUrl: first.url });
  await eventually('what the first registry was owed drains', () => waiting(target) === 0);
  expect(target.desk.queueRows({ limit: 5 }).map((row) => row.delivery)).toEqual([
    'acknowledged',
    'acknowledged',
    'acknowledged',
  ]);
});

test('two orders to provision at once come one after the other', async () => {
  const registry = await runningRegistry();
  const { desk } = await station();
  const order = {
    code: await registry.newProvisioningCode('Hall 3 terminal 7'),
    registryUrl: registry.url,
    stationName: 'Hall 3 terminal 7',
    mayMove: false,
  };
  const [first, second] = await Promise.all([desk.provision(order), desk.provision(order)]);
  expect(first.ok).toBe(true);
  expect(second).toEqual({ ok: false, error: { reason: 'code-used' } });
  expect(desk.identity()).toMatchObject({ installation: 1 });
});

test('a chain that somebody has tampered with is found in the background and recorded; the rest goes on', async () => {
  const registry = await runningRegistry();
  const target = await station();
  await provisioned(target, registry);
  saved(target);
  saved(target);
  await target.desk.close();
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(`${target.folder}/station.db`);
  database.exec("DROP TRIGGER envelope_kept; UPDATE packet SET envelope = x'00' WHERE sequence = 1");
  database.close();
  const again = await target.restarted();
  again.desk.start();
  await eventually('the break is found', () => again.logged.includes('chain.broken'));
  await eventually(
    'the sound packet is delivered',
    () => again.desk.queueRows({ limit: 1 })[0]?.delivery === 'acknowledged',
  );
  expect(again.desk.queueRows({ limit: 2 })[1]).toMatchObject({ delivery: 'waiting', fault: 'unreadable' });
});

test('without its key the station keeps the queue and is no station until provisioned again', async () => {
  const registry = await runningRegistry();
  const target = await station();
  await provisioned(target, registry);
  saved(target);
  const { rmSync } = await import('node:fs');
  rmSync(`${target.folder}/station.key`);
  const again = await target.restarted();
  expect(again.desk.identity()).toBeNull();
  expect(again.logged).toContain('station.key-missing');
  expect(waiting(again)).toBe(1);
  await provisioned(again, registry);
  again.desk.start();
  await eventually('the old packet drains', () => waiting(again) === 0);
});
