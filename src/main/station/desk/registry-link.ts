import type Database from 'better-sqlite3';
import type { RandomBytes } from '#domain/clock.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { hashOf } from '#protocol/hash.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import type { FindVerifier } from '#protocol/keys/signer.ts';
import { openStationCertificate } from '#protocol/station-certificate.ts';
import type { AuditLog } from '#station/audit/audit-log.ts';
import { statusListStore } from '#station/check/status-list-store.ts';
import {
  type HeldLists,
  statusLists as openStatusLists,
  type StatusLists,
} from '#station/check/status-lists.ts';
import type { StationClock } from '#station/clock/station-clock.ts';
import type { StationKeys } from '#station/keys/station-keys.ts';
import type { StationLog } from '#station/log/station-log.ts';
import type { Installation, InstallationStore } from '#station/provisioning/installation-store.ts';
import { type TrustKeeper, trustKeeper } from '#station/provisioning/trust-keeper.ts';
import type { PacketQueue } from '#station/queue/packet-queue.ts';
import type { SavingStation } from '#station/queue/save-enrolment.ts';
import { type StaffRoll, staffRoll } from '#station/staff/staff-roll.ts';
import { staffStore } from '#station/staff/staff-store.ts';
import { type DeliveryTools, deliverPacket } from '#station/sync/deliver-packet.ts';
import { fetchSettings } from '#station/sync/fetch-settings.ts';
import { fetchStatusList } from '#station/sync/fetch-status-list.ts';
import { fetchTrust } from '#station/sync/fetch-trust.ts';
import { heedChain } from '#station/sync/heed-chain.ts';
import { type HttpsTransport, httpsTransport } from '#station/sync/https-transport.ts';
import { type RegistryCalls, registryCalls } from '#station/sync/registry-calls.ts';
import { registryConnection } from '#station/sync/registry-connection.ts';
import { type FailureScope, SYNC_DELAYS, type SyncJob } from '#station/sync/sync-machine.ts';
import { type JobOutcome, type SyncRunner, syncRunner } from '#station/sync/sync-runner.ts';
import type { SyncStateStore } from '#station/sync/sync-state-store.ts';
import { takeDecisions } from '#station/sync/take-decisions.ts';
import { rememberTroubles, type Troubles } from '#station/sync/troubles.ts';
import { guardStorage } from './guard-storage.ts';

export interface LinkTools {
  readonly database: Database.Database;
  readonly queue: PacketQueue;
  readonly audit: AuditLog;
  readonly installations: InstallationStore;
  readonly syncState: SyncStateStore;
  readonly clock: StationClock;
  readonly monotonic: () => number;
  readonly randomBytes: RandomBytes;
  readonly log: StationLog;
  /** Anything of the standing may have changed. */
  readonly onChange: () => void;
  /** A settings document came; whether it counts is judged there. */
  readonly takeSettings: (signed: Uint8Array) => void;
}

/** One installation at work: its keys, what it trusts, and the exchange with its registry. */
export interface RegistryLink {
  readonly installation: Installation;
  readonly keys: StationKeys;
  readonly trust: TrustKeeper;
  readonly calls: RegistryCalls;
  readonly runner: SyncRunner;
  /** Why this installation may make no more packets; what it made is still delivered. */
  fault(): 'chain-broken' | 'certificate-expired' | null;
  /** Who may log in here. */
  readonly staff: StaffRoll;
  /** The issuer's status lists under this installation's root. */
  readonly statusLists: StatusLists;
  /** Asks for the newest trust list; whatever comes of it, nothing is lost. */
  refreshTrust(): Promise<void>;
  /** Asks for the newest staff list; whatever comes of it, nothing is lost. */
  refreshStaff(): Promise<void>;
  /** What went wrong with the line, and with each packet, last; null when nothing has. */
  readonly troubles: Troubles;
  /** How a packet made now is signed and to which key it is sealed. */
  savingStation(): SavingStation;
  /** Ends calls under way and drops connections. */
  close(): Promise<void>;
}

export function openRegistryLink(
  source: { readonly installation: Installation; readonly keys: StationKeys },
  tools: LinkTools,
): RegistryLink {
  const { installation, keys } = source;
  const { stationId, registryUrl, rootKey } = installation;
  const trust = trustKeeper({ store: tools.installations, rootKey, now: tools.clock.now });
  const transport = httpsTransport({
    trust: { kind: 'pinned', certificates: () => trust.list().tlsCertificates },
    onConnectionLost: () => runner.connectionLost(),
  });
  const connection = registryConnection({
    registryUrl,
    transport,
    signer: keys.requests,
    findVerifier: trust.verifier('acknowledgement'),
    clock: tools.clock,
    monotonic: tools.monotonic,
    randomBytes: tools.randomBytes,
  });
  const calls = registryCalls(connection);
  const troubles = rememberTroubles(tools.clock.now);
  const staff = staffRoll({
    store: staffStore(tools.database),
    rootKey,
    atRestKey: keys.atRest,
    staffKeys: trust.verifier('staff'),
    randomBytes: tools.randomBytes,
    now: tools.clock.now,
  });
  const lists = statusListStore(tools.database);
  const statusLists = openStatusLists({
    store: {
      find: lists.find,
      keep: (list) => {
        let kept: ReturnType<HeldLists['keep']> = 'not-kept';
        const work = () => {
          kept = lists.keep(list);
        };
        guardStorage({ log: tools.log, code: 'status-list.not-kept', work });
        return kept;
      },
    },
    rootKey,
    issuerKeys: trust.verifier('issuer'),
    fetch: (request) => fetchStatusList({ ...request, transport, registryUrl }),
    monotonic: tools.monotonic,
  });
  // What an earlier installation at this registry left is sent too; another registry's packets wait for it.
  const chains = tools.installations
    .all()
    .filter((each) => sameBytes(each.rootKey, rootKey))
    .map((each) => each.id);
  const root = nodeVerifier(rootKey);
  const certificate = openStationCertificate({
    bytes: installation.certificate,
    findVerifier: (kid) => (sameBytes(kid, root.kid) ? root : undefined),
  });
  /** One that cannot be read any more is worth as much as one that is over. */
  const certifiedUntil = certificate.ok ? certificate.value.validUntil : 0;
  /** Only a time that the registry proved counts: a clock that was set must not stop anybody. */
  const expired = () => {
    const at = tools.clock.provenTime();
    return at !== null && (at > certifiedUntil || trust.isOver('sealing', at));
  };
  const certificateSha256 = hashOf(installation.certificate);
  const delivery: DeliveryTools = {
    database: tools.database,
    queue: tools.queue,
    audit: tools.audit,
    installations: tools.installations,
    calls,
    ownKeys: ownKeys(tools.installations),
    acknowledgementKeys: trust.verifier('acknowledgement'),
    now: tools.clock.now,
  };

  async function refreshTrust(): Promise<void> {
    const replaced = await offerNewest({ transport, registryUrl, trust });
    if (replaced === null) return;
    tools.audit.append({ type: 'trust-list.replaced', fields: { version: replaced } });
    tools.log.info('trust-list.replaced', { version: replaced });
  }

  async function refreshStaff(): Promise<void> {
    const fetched = await calls.staffList();
    if (!fetched.ok) {
      // A registry that gave nobody a badge yet has no list.
      if (fetched.error.reason !== 'not-found')
        tools.log.warn('staff.no-list', { reason: fetched.error.reason });
      return;
    }
    const offered = staff.offer(fetched.value);
    if (!offered.ok) tools.log.warn('staff.list-refused', { reason: offered.error });
    else if (offered.value === 'replaced') tools.log.info('staff.list-replaced');
  }

  async function refreshStatusLists(): Promise<void> {
    const refreshed = await statusLists.refreshAll();
    if (!refreshed.ok) tools.log.warn('status-list.not-renewed', { reason: refreshed.error });
  }

  async function refreshSettings(): Promise<void> {
    const fetched = await fetchSettings({ transport, registryUrl });
    if (fetched.ok && fetched.value !== null) tools.takeSettings(fetched.value);
  }

  async function upload(packetId: string): Promise<JobOutcome> {
    const delivered = await deliverPacket(packetId, delivery);
    tools.onChange();
    if (delivered.ok) {
      troubles.over(packetId);
      tools.log.info('sync.delivered', { packetId, outcome: delivered.value.kind });
      return { kind: 'done' };
    }
    const { reason, status, scope, retryAfterMs } = delivered.error;
    troubles.note({ packetId, reason });
    tools.log.warn('sync.not-delivered', { packetId, reason, status, kind: scope });
    // An acknowledgement by a key that we do not know yet: the registry has a newer trust list.
    if (reason === 'unknown-key') await refreshTrust();
    return { kind: 'failed', scope, retryAfterMs };
  }

  async function decisions(): Promise<JobOutcome> {
    const acknowledged = tools.queue.acknowledged();
    const answer = await calls.decisions(tools.syncState.read().decisionCursor);
    if (!answer.ok) return failed('sync.no-decisions', answer.error);
    const run = answer.value;
    const take = () =>
      takeDecisions(run, {
        ...tools,
        state: tools.syncState,
        stationId,
        issuerKeys: trust.verifier('issuer'),
      });
    let taken = take();
    if (taken.unknownKey) {
      await refreshTrust();
      const again = take();
      taken = { ...again, kept: taken.kept + again.kept };
    }
    for (const reason of taken.passedOver) tools.log.error('sync.decision-passed-over', { reason });
    const { broken, sentAgain } = heedChain(
      {
        chain: installation.id,
        statement: run.chain,
        upToDate: tools.queue.acknowledged() === acknowledged,
      },
      tools,
    );
    if (broken !== null) tools.log.error('chain.broken', { reason: broken });
    if (sentAgain > 0) tools.log.warn('sync.sent-again', { count: sentAgain });
    if (taken.kept > 0 || broken !== null || sentAgain > 0) tools.onChange();
    if (taken.unknownKey) {
      // Not asked for again at once: the trust list that names the key may take its time.
      tools.log.error('sync.issuer-not-known');
      return { kind: 'failed', scope: 'packet', retryAfterMs: SYNC_DELAYS.betweenDecisions };
    }
    return { kind: 'done', moreDecisions: run.more };
  }

  async function time(): Promise<JobOutcome> {
    const proven = await calls.proveTime();
    if (!proven.ok) return failed('sync.no-time', proven.error);
    tools.onChange();
    // Keys first: what comes down later may be signed with new ones.
    await refreshTrust();
    await refreshSettings();
    await refreshStaff();
    await refreshStatusLists();
    return { kind: 'done' };
  }

  function failed(
    code: string,
    fault: {
      readonly reason: string;
      readonly scope: FailureScope;
      readonly retryAfterMs: number | null;
    },
  ): JobOutcome {
    troubles.note({ packetId: null, reason: fault.reason });
    tools.log.warn(code, { reason: fault.reason, kind: fault.scope });
    return { kind: 'failed', scope: fault.scope, retryAfterMs: fault.retryAfterMs };
  }

  function run(job: SyncJob): Promise<JobOutcome> {
    switch (job.kind) {
      case 'upload':
        return upload(job.packetId);
      case 'decisions':
        return decisions();
      case 'time':
        return time();
    }
  }

  const runner = syncRunner({
    run: (job) =>
      run(job).catch((error: unknown) => {
        // A bug, or a disk that takes no more: nothing was changed, and it is tried again.
        tools.log.error('sync.job-failed', { kind: job.kind, error });
        return { kind: 'failed', scope: 'link', retryAfterMs: null };
      }),
    waiting: (limit) => tools.queue.toSend({ chains, limit }),
    isWaiting: (packetId) => tools.queue.find(packetId)?.delivery === 'waiting',
    monotonic: tools.monotonic,
    randomBytes: tools.randomBytes,
    onChange: tools.onChange,
  });

  return {
    installation,
    keys,
    trust,
    calls,
    runner,
    staff,
    statusLists,
    refreshTrust,
    refreshStaff,
    troubles,
    fault: () => {
      if (tools.installations.isBroken(installation.id)) return 'chain-broken';
      return expired() ? 'certificate-expired' : null;
    },
    savingStation: () => {
      const sealingKey = trust.key('sealing');
      if (sealingKey === null) throw new Error('the trust list names no sealing key');
      return {
        stationId,
        installation: installation.installation,
        chain: installation.id,
        certificateSha256,
        signer: keys.statements,
        sealingKey,
      };
    },
    close: async () => {
      const stopped = runner.stop();
      connection.close();
      await stopped;
    },
  };
}

/** The version of the list that was taken over, or null when there is nothing new. */
async function offerNewest(request: {
  readonly transport: HttpsTransport;
  readonly registryUrl: string;
  readonly trust: TrustKeeper;
}): Promise<number | null> {
  const fetched = await fetchTrust(request);
  if (!fetched.ok) return null;
  const offered = request.trust.offer(fetched.value.trustList);
  return offered.ok && offered.value === 'replaced' ? request.trust.list().version : null;
}

/** Keys of every installation that this station ever had: what an earlier one left is still delivered. */
function ownKeys(installations: InstallationStore): FindVerifier {
  const verifiers = installations.all().map(({ publicKey }) => nodeVerifier(publicKey));
  return (kid) => verifiers.find((verifier) => sameBytes(verifier.kid, kid));
}
