import { join } from 'node:path';
import type { OperationMode, StationSettings } from '#contract/settings.ts';
import type { SoftwareIdentity } from '#domain/enrolment/enrolment.ts';
import { ok, type Result } from '#domain/result.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { hashOf } from '#protocol/hash.ts';
import { auditLog } from '#station/audit/audit-log.ts';
import { repeatingTrail } from '#station/audit/audit-trail.ts';
import { createCheckDesk } from '#station/check/check-desk.ts';
import { stationClock } from '#station/clock/station-clock.ts';
import type { StationInside } from '#station/console/station-inside.ts';
import { type StationKeys, stationKeys } from '#station/keys/station-keys.ts';
import type { StationLog } from '#station/log/station-log.ts';
import type { AuditTrail, CheckDesk, EnrolmentDesk, Environment, KeyStore } from '#station/ports.ts';
import { type Installation, installationStore } from '#station/provisioning/installation-store.ts';
import { type ProvisioningFault, provision } from '#station/provisioning/provision.ts';
import { packetQueue, type QueueRow } from '#station/queue/packet-queue.ts';
import type { UsedPhoneCodes } from '#station/session/session-ports.ts';
import { type Relaxation, refusedRegistry } from '#station/settings/relaxations.ts';
import { type SettingsDesk, settingsDesk } from '#station/settings/settings-desk.ts';
import { syncStateStore } from '#station/sync/sync-state-store.ts';
import { RESERVE_BYTES, reserveFile } from '#station/vault/reserve-file.ts';
import { openVault, type VaultFault } from '#station/vault/vault.ts';
import { enrolmentDesk } from './enrolment-desk.ts';
import { guardStorage } from './guard-storage.ts';
import { housekeeping } from './housekeeping.ts';
import { planLedger } from './plan-ledger.ts';
import { openRegistryLink, type RegistryLink } from './registry-link.ts';
import { programFolder, readSoftwareIdentity } from './software-identity.ts';
import { freeMegabytesOf, standingWatch } from './standing-watch.ts';
import { usedPhoneCodes } from './used-phone-codes.ts';

/** Everything of the station that has to do with packets, their registry, and the record of what was done. */
export interface StationDesk {
  readonly desk: EnrolmentDesk;
  readonly checkDesk: CheckDesk;
  readonly audit: AuditTrail;
  /** Makes this machine a station of a registry; again later for a new installation number, key and chain. */
  provision(order: ProvisioningOrder): Promise<Result<StationIdentity, ProvisioningFault>>;
  /** Null until provisioned, and when the stored key is not the one that was certified. */
  identity(): StationIdentity | null;
  /** The issuer's X25519 key that password verifiers are sealed to; null until provisioned. */
  credentialKey(): Uint8Array | null;
  readonly usedPhoneCodes: UsedPhoneCodes;
  /** The settings in force, where each comes from, and who may change it. */
  readonly settings: SettingsDesk;
  /** Why this station's mode does not let it serve for the registry that it belongs to; null when it may. */
  refusedRegistry(): Relaxation | null;
  /** For the console, which changes nothing through it. */
  readonly inside: StationInside;
  /** For the console, newest first. */
  queueRows(query: { readonly limit: number }): readonly QueueRow[];
  /** Begins to talk to the registry and to keep house. */
  start(): void;
  /** One round of housekeeping now, which else comes every minute. */
  keepHouse(): void;
  /** Ends both, signs a last checkpoint, and lets the data folder go. */
  close(): Promise<void>;
}

export interface ProvisioningOrder {
  /** As scanned or typed. */
  readonly code: string;
  readonly registryUrl: string;
  readonly stationName: string;
  /** Whether whoever asks may move a station to another registry. */
  readonly mayMove: boolean;
}

export interface StationIdentity {
  readonly stationId: string;
  readonly installation: number;
  readonly registryUrl: string;
  readonly registryName: string;
  /** Key id of the station's key, 16 hexadecimal digits. */
  readonly kid: string;
  /** True when the key is kept where whoever takes the disk can take it. */
  readonly demoKey: boolean;
}

const REVIEW_EVERY_MS = 5_000;

export async function openStationDesk(options: {
  readonly settings: StationSettings;
  readonly keyStore: KeyStore;
  readonly environment: Environment;
  readonly log: StationLog;
  /** Read from the program's own files unless given. */
  readonly software?: SoftwareIdentity;
  readonly reserveBytes?: number;
  /** Of the disk under the data folder unless given. */
  readonly freeMegabytes?: () => number;
}): Promise<Result<StationDesk, VaultFault>> {
  const { settings, keyStore, environment, log } = options;
  const opened = openVault({ folder: settings.dataFolder });
  if (!opened.ok) return opened;
  const vault = opened.value;
  const { database, folder } = vault;
  const { randomBytes } = environment;
  const monotonic = () => environment.clock.monotonic();
  const software = options.software ?? ownSoftware();

  const syncState = syncStateStore(database);
  const clock = stationClock({ clock: environment.clock, store: syncState });
  const audit = auditLog({
    database,
    now: clock.now,
    onRefused: ({ type, field }) => log.error('audit.field-refused', { type, field }),
  });
  const trail = repeatingTrail({ database, audit, monotonic });
  const plans = planLedger({ database, trail });
  const record: AuditTrail['record'] = (event) => guarded('audit.not-recorded', () => plans.record(event));
  const settingsInForce = settingsDesk({
    ...{ database, audit, log },
    now: clock.now,
    file: settings,
    onChange: () => review(),
  });
  const queue = packetQueue(database);
  const installations = installationStore(database);
  const phoneCodes = usedPhoneCodes(database);
  const reserve = reserveFile({ folder, bytes: options.reserveBytes ?? RESERVE_BYTES });
  /** Until the first attempt to set the reserve aside has ended, it counts as held: a start is not a full disk. */
  let reserveGone = false;
  let link: RegistryLink | null = null;
  let started = false;
  let closed = false;

  const freeMegabytes = measured({ read: options.freeMegabytes ?? (() => freeMegabytesOf(folder)), log });
  const limits = () => settingsInForce.settings().offlineLimits;
  const watch = standingWatch({
    queue,
    audit: { record },
    clock,
    log,
    limits,
    freeMegabytes,
    reserveHeld: () => !reserveGone,
    provisioned: () => link !== null,
    online: () => link?.runner.link() === 'online',
    installationFault: () => link?.fault() ?? null,
  });
  const review = () => guarded('standing.not-recorded', () => watch.review());

  const house = housekeeping({
    database,
    queue,
    audit,
    trail,
    clock,
    installations,
    reserve,
    onReserve: (held) => {
      reserveGone = !held;
      review();
    },
    retentionDays: () => settingsInForce.settings().retentionDays,
    link: () => link,
    review,
    log,
  });

  const refusalOf = (registryMode: OperationMode) => refusedRegistry({ mode: settings.mode, registryMode });

  function guarded(code: string, work: () => void): void {
    guardStorage({ log, code, work });
  }

  function connect(installation: Installation, keys: StationKeys): void {
    link = openRegistryLink(
      { installation, keys },
      {
        database,
        queue,
        audit,
        installations,
        syncState,
        clock,
        monotonic,
        randomBytes,
        log,
        onChange: review,
        takeSettings: (signed) => guarded('settings.not-kept', () => settingsInForce.offer(signed)),
      },
    );
    const { rootKey } = installation;
    settingsInForce.listenTo({ rootKey, findVerifier: link.trust.verifier('settings') });
    if (started) link.runner.start();
  }

  const current = installations.current();
  const keys = await unwrapKeys(keyStore);
  if (current !== null && keys !== null && sameBytes(keys.publicKey, current.publicKey)) {
    connect(current, keys);
  } else if (current !== null) {
    log.error('station.key-missing', { installation: current.installation });
  }
  watch.review();

  const desk = enrolmentDesk({
    database,
    queue,
    audit,
    plans,
    clock,
    monotonic,
    randomBytes,
    software,
    log,
    watch,
    link: () => link,
    review,
    releaseReserve: () => {
      const released = reserve.release();
      reserveGone = true;
      log.warn('storage.reserve-released', { count: released ? 1 : 0 });
      // The disk is full at this very moment; the entry can be written once what is under way was saved.
      if (released) queueMicrotask(() => record({ type: 'storage.reserve-released', fields: {} }));
      return released;
    },
  });

  const identity = (): StationIdentity | null =>
    link === null
      ? null
      : {
          stationId: link.installation.stationId,
          installation: link.installation.installation,
          registryUrl: link.installation.registryUrl,
          registryName: link.trust.list().registryName,
          kid: Buffer.from(link.keys.requests.kid).toString('hex'),
          demoKey: keyStore.demoOnly,
        };

  let provisioning: Promise<unknown> = Promise.resolve();
  async function provisionOnce(
    request: ProvisioningOrder,
  ): Promise<Result<StationIdentity, ProvisioningFault>> {
    const provisioned = await provision(request, {
      store: installations,
      keyStore,
      clock,
      monotonic,
      randomBytes,
      refusesMode: (registryMode) => refusalOf(registryMode) !== null,
    });
    if (!provisioned.ok) {
      const { reason } = provisioned.error;
      log.warn('station.provisioning-failed', { reason });
      record({ type: 'station.provisioning-failed', fields: { reason } });
      return provisioned;
    }
    const installation = provisioned.value;
    const fresh = await unwrapKeys(keyStore);
    if (fresh === null) throw new Error('the key store gave back no seed after one was stored');
    const former = link;
    link = null;
    await former?.close();
    connect(installation, fresh);
    const rootKey = Buffer.from(installation.rootKey).toString('hex');
    // The certificate names the station; the chain holds no names.
    const certificate = Buffer.from(hashOf(installation.certificate)).toString('hex');
    const { installation: number } = installation;
    record({ type: 'station.provisioned', fields: { installation: number, certificate, rootKey } });
    log.info('station.provisioned', { installation: number });
    review();
    const now = identity();
    if (now === null) throw new Error('a provisioned station has an identity');
    return ok(now);
  }

  const reviewTimer = setInterval(review, REVIEW_EVERY_MS);
  reviewTimer.unref();

  const checkDesk = createCheckDesk({
    link: () => link,
    queue,
    installations,
    clock,
    randomBytes,
    stationName: settings.stationName,
    mode: settings.mode,
    log,
  });

  return ok({
    desk,
    checkDesk,
    audit: { record },
    provision: (request) => {
      // One after the other: two at once would fight over the key.
      const turn = provisioning.then(() => provisionOnce(request));
      provisioning = turn.catch(() => {});
      return turn;
    },
    identity,
    settings: settingsInForce,
    refusedRegistry: () => {
      const refusal = link === null ? null : refusalOf(link.trust.list().mode);
      if (refusal !== null) record({ type: 'station.start-refused', fields: { reason: refusal.code } });
      return refusal;
    },
    credentialKey: () => link?.trust.key('credential')?.publicKey ?? null,
    usedPhoneCodes: {
      has: phoneCodes.has,
      add: (codeId) => guarded('phone-code.not-recorded', () => phoneCodes.add(codeId)),
    },
    inside: {
      database,
      clock,
      queue,
      installations,
      link: () => link,
      offline: watch.offline,
      limits,
      freeMegabytes,
      version: software.version,
    },
    queueRows: (query) => queue.rows(query),
    start: () => {
      if (started) return;
      started = true;
      record({ type: 'station.started', fields: { version: software.version, mode: settings.mode } });
      guarded('audit.not-recorded', plans.endUnfinished);
      link?.runner.start();
      house.start();
    },
    keepHouse: house.round,
    close: async () => {
      if (closed) return;
      closed = true;
      house.stop();
      clearInterval(reviewTimer);
      const open = link;
      link = null;
      await open?.close();
      guarded('audit.not-recorded', () => {
        clock.persist();
        trail.close();
        if (started) audit.append({ type: 'station.stopped', fields: {} });
        if (open !== null) {
          const { stationId, installation } = open.installation;
          audit.checkpoint('shutdown', { stationId, installation, signer: open.keys.statements });
        }
      });
      vault.close();
    },
  });
}

/**
 * A disk that does not answer for a moment is as full as it was when it last did; one that never answered takes no
 * sessions. The standing is asked for in the middle of sessions, which this must not end.
 */
function measured(options: { readonly read: () => number; readonly log: StationLog }): () => number {
  let last = 0;
  return () => {
    try {
      last = options.read();
    } catch (error) {
      options.log.error('storage.not-measured', { error });
    }
    return last;
  };
}

async function unwrapKeys(keyStore: KeyStore): Promise<StationKeys | null> {
  const seed = await keyStore.unwrapSeed();
  if (seed === null) return null;
  const keys = stationKeys(seed);
  seed.fill(0);
  return keys;
}

function ownSoftware(): SoftwareIdentity {
  const folder = programFolder(import.meta.dirname);
  return readSoftwareIdentity({ programFolder: folder, modelFolder: join(folder, 'resources', 'models') });
}
