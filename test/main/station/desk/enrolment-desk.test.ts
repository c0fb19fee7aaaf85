import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import { decodeSlipCode, openSlipStatement } from '#protocol/slip-statement.ts';
import { auditLog } from '#station/audit/audit-log.ts';
import { stationClock } from '#station/clock/station-clock.ts';
import { enrolmentDesk } from '#station/desk/enrolment-desk.ts';
import { planLedger } from '#station/desk/plan-ledger.ts';
import { openRegistryLink, type RegistryLink } from '#station/desk/registry-link.ts';
import { standingWatch } from '#station/desk/standing-watch.ts';
import { fileKeyStore } from '#station/keys/file-key-store.ts';
import { stationKeys } from '#station/keys/station-keys.ts';
import { createStationLog } from '#station/log/station-log.ts';
import { installationStore } from '#station/provisioning/installation-store.ts';
import { packetQueue } from '#station/queue/packet-queue.ts';
import { syncStateStore } from '#station/sync/sync-state-store.ts';
import { openVault } from '#station/vault/vault.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { installLocally } from './local-installation.ts';
import { contents } from './station-settings.ts';

const random = (length: number) => new Uint8Array(randomBytes(length));
const broken = (): never => {
  throw new Error('the disk does not answer');
};

/** A desk over a real database and link, parts of which a test can break. */
async function desk(changes: {
  readonly review?: () => void;
  readonly runner?: Partial<RegistryLink['runner']>;
  readonly calls?: Partial<RegistryLink['calls']>;
  /** What signs slips, and requests. */
  readonly slipSigner?: Partial<Signer>;
}) {
  const folder = temporaryFolder();
  await installLocally({ folder });
  const vault = openVault({ folder });
  if (!vault.ok) throw new Error(vault.error.reason);
  const { database } = vault.value;
  const logged: string[] = [];
  const log = createStationLog({ write: (line) => logged.push(JSON.parse(line).code), now: Date.now });
  const monotonic = () => performance.now();
  const syncState = syncStateStore(database);
  const clock = stationClock({ clock: { now: Date.now, monotonic }, store: syncState });
  const audit = auditLog({ database, now: clock.now, onRefused: broken });
  const queue = packetQueue(database);
  const installations = installationStore(database);
  const installation = installations.current();
  const seed = await fileKeyStore({ path: join(folder, 'station.key') }).unwrapSeed();
  if (installation === null || seed === null) throw new Error('not installed');
  const plans = planLedger({ database, trail: { record: audit.append } });
  const tools = { database, queue, audit, plans, clock, monotonic, randomBytes: random, log };
  const real = openRegistryLink(
    { installation, keys: stationKeys(seed) },
    { ...tools, installations, syncState, onChange: () => {}, takeSettings: () => {} },
  );
  onTestFinished(async () => {
    await real.close();
    vault.value.close();
  });
  const link: RegistryLink = {
    ...real,
    runner: { ...real.runner, ...changes.runner },
    calls: { ...real.calls, ...changes.calls },
    keys: { ...real.keys, requests: { ...real.keys.requests, ...changes.slipSigner } },
  };
  const watch = standingWatch({
    queue,
    audit: { record: audit.append },
    clock,
    log,
    limits: () => ({ days: 10, warnDays: 2, packets: 1_000, freeMegabytes: 256 }),
    freeMegabytes: () => 50_000,
    reserveHeld: () => true,
    provisioned: () => true,
    online: () => true,
    installationFault: () => null,
  });
  const opened = enrolmentDesk({
    ...tools,
    software: { version: '0.2.0', models: [] },
    watch,
    link: () => link,
    review: changes.review ?? (() => {}),
    releaseReserve: () => false,
  });
  return { desk: opened, queue, logged, publicKey: installation.publicKey };
}

afterEach(() => {
  vi.useRealTimers();
});

test.each([
  ['the standing cannot be looked at', { review: broken }],
  ['the sync cannot be woken', { runner: { look: broken } }],
])('an enrolment that was committed is told as saved when %s', async (_, changes) => {
  const target = await desk(changes);
  const saved = target.desk.save(contents());
  expect(saved).toMatchObject({ ok: true, value: { sequence: 1 } });
  expect(target.queue.waiting()).toBe(1);
  expect(target.logged).toContain('packet.aftermath-failed');
});

test("the slip's statement names the very envelope that was stored, under the station's key", async () => {
  const target = await desk({});
  const saved = target.desk.save({ ...contents(), application: 'upgrade' });
  if (!saved.ok) throw new Error(saved.error);
  const { packetId, sequence, createdAt, slipStatement } = saved.value;
  const octets = decodeSlipCode(slipStatement);
  const station = nodeVerifier(target.publicKey);
  expect(octets.ok && openSlipStatement({ octets: octets.value, findVerifier: () => station })).toEqual({
    ok: true,
    value: {
      stationId: 'TEST-1',
      installation: 1,
      packetId,
      envelopeSha256: new Uint8Array(target.queue.find(packetId)?.envelopeSha256 ?? []),
      sequence,
      application: 'upgrade',
      createdAt,
      clockTrust: 'unknown',
      simulated: true,
    },
  });
});

test('an enrolment that was committed is told as saved when its slip cannot be signed', async () => {
  const target = await desk({ slipSigner: { sign: broken } });
  expect(target.desk.save(contents())).toMatchObject({ ok: true, value: { sequence: 1, slipStatement: '' } });
  expect(target.queue.waiting()).toBe(1);
  expect(target.logged).toContain('packet.aftermath-failed');
});

test('what an e-ID must say, the phone key among it, is forgotten once the decision was waited for', async () => {
  const asked: string[] = [];
  const deliverNow = async (packetId: string) => {
    asked.push(packetId);
    return { kind: 'failed', scope: 'packet', retryAfterMs: null } as const;
  };
  const target = await desk({ runner: { deliverNow } });
  const saved = target.desk.save(contents());
  if (!saved.ok) throw new Error(saved.error);
  const { packetId } = saved.value;
  expect(await target.desk.awaitDecision({ packetId, timeoutMs: 1_000 })).toEqual({ kind: 'not-yet' });
  expect(await target.desk.awaitDecision({ packetId, timeoutMs: 1_000 })).toEqual({ kind: 'offline' });
  expect(asked).toEqual([packetId]);
});

test('what an e-ID must say is forgotten when nobody ever waits for the decision', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const target = await desk({ runner: { deliverNow: broken } });
  const [first, second] = [target.desk.save(contents()), target.desk.save(contents())];
  if (!first.ok || !second.ok) throw new Error('not saved');
  const wait = (packetId: string) => target.desk.awaitDecision({ packetId, timeoutMs: 1_000 });
  vi.advanceTimersByTime(59_000);
  expect(await wait(first.value.packetId)).toEqual({ kind: 'not-yet' });
  vi.advanceTimersByTime(1_000);
  expect(await wait(second.value.packetId)).toEqual({ kind: 'offline' });
});

test('a nonce is waited for a second in all, however often the call is repeated', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const never = new Promise<never>(() => {});
  const target = await desk({ runner: { link: () => 'online' }, calls: { nonce: () => never } });
  const nonce = target.desk.registryNonce();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await nonce).toBeNull();
});
