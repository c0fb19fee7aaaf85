import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { REGISTRY_LIMITS } from '#contract/registry-api.ts';
import type { OperationMode } from '#contract/settings.ts';
import type { Clock, RandomBytes } from '#domain/clock.ts';
import type { Decision } from '#domain/enrolment/decision.ts';
import { judgeEvidence } from '#domain/liveness/judge-evidence.ts';
import { nodeDigests } from '#protocol/digests.ts';
import { nodeSigner, nodeVerifier } from '#protocol/keys/node-signer.ts';
import { sealingKeyPairFrom } from '#protocol/sealing.ts';
import { createAdjudicator } from './adjudication/adjudicator.ts';
import { decisionBoard } from './adjudication/decision-board.ts';
import { decisionDesk } from './adjudication/decision-desk.ts';
import { phoneDesk } from './adjudication/phone-desk.ts';
import { readPopulationFile } from './adjudication/population-register.ts';
import { slipDesk } from './adjudication/slip-desk.ts';
import { retrySetAside } from './adjudication/waiting-packets.ts';
import { type DataFolder, dataFolderAt, foundRegistry, isFounded } from './founding/found-registry.ts';
import { readSecret } from './founding/secret-files.ts';
import { readTlsIdentity } from './founding/tls-identity.ts';
import { publishTrust } from './founding/trust-publication.ts';
import { createServer } from './http/create-server.ts';
import { addOpenRoutes } from './http/open-routes.ts';
import { addPhoneRoutes } from './http/phone-routes.ts';
import { addPublicationRoutes } from './http/publication-routes.ts';
import { replayGuard } from './http/replay-guard.ts';
import { answerSender } from './http/sign-answer.ts';
import { addStationRoutes } from './http/station-routes.ts';
import { createIntake } from './intake/intake.ts';
import { openIssuance } from './issuance/open-issuance.ts';
import { STATUS_LIST_LIFE_MS, statusPublisher } from './issuance/status-publisher.ts';
import { faultFields, type RegistryLog } from './log.ts';
import { nonceDesk } from './provisioning/nonce-desk.ts';
import { provisioningDesk } from './provisioning/provisioning-desk.ts';
import { stationDirectory } from './provisioning/station-directory.ts';
import { publicationDesk } from './publication/publication-desk.ts';
import { countAll, type RegistryCounts } from './registry-counts.ts';
import { settingsBook } from './settings/settings-book.ts';
import { addSettingsRoute } from './settings/settings-route.ts';
import { openStaffOffice } from './staff/staff-office.ts';
import { openStore, type Store } from './store/store.ts';

const REGISTRY_NAME = 'eid-registry';

interface RegistryOptions {
  /** Founded when it is empty or missing. */
  readonly dataFolder: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Address to listen at; 127.0.0.1 unless told. */
  readonly host?: string;
  readonly mode: OperationMode;
  /** Seed of the population register, JSON. */
  readonly peopleFile: string;
  /** How long a status list is in force, milliseconds; a day unless told. */
  readonly statusListLifeMs?: number;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly log: RegistryLog;
}

export interface RunningRegistry {
  /** `https://…`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Ed25519, 32 bytes. */
  readonly rootPublicKey: Uint8Array;
  /** A one-time code for a station of this name, good for a day. */
  newProvisioningCode(stationName: string): Promise<string>;
  counts(): Promise<RegistryCounts>;
  /** The latest decision on a packet, or null. */
  decisionOf(packetId: string): Promise<Pick<Decision, 'outcome' | 'reason' | 'decidedAt'> | null>;
  /** Resolves when every packet that was stored is decided or set aside. */
  settled(): Promise<void>;
  /** Answers what is under way, decides what was begun, and ends. */
  close(): Promise<void>;
}

/**
 * Starts a registry: intake, adjudication and issuance in one process, each with its own keys. Throws with a sentence
 * when the folder, the database or the population file cannot be used, or the port is taken.
 */
export async function startRegistry(options: RegistryOptions): Promise<RunningRegistry> {
  const { clock, randomBytes, log, mode } = options;
  const folder = dataFolderAt(options.dataFolder);
  if (!isFounded(folder)) await foundRegistry({ folder, hosts: [], randomBytes });
  const population = await readPopulationFile(options.peopleFile);
  const store = openFolderStore(folder);
  try {
    return await serve();
  } catch (fault) {
    await store.close();
    throw fault;
  }

  async function serve(): Promise<RunningRegistry> {
    const tls = await readTlsIdentity(folder.tls);
    const acknowledgementSigner = nodeSigner(await readSecret(folder.keys, 'acknowledgement'));
    const sealingKey = sealingKeyPairFrom(await readSecret(folder.keys, 'sealing'));
    const { issuance, listedKeys: issuanceKeys } = await openIssuance({
      folder,
      issuer: REGISTRY_NAME,
      randomBytes,
    });
    const settingsSigner = nodeSigner(await readSecret(folder.keys, 'settings'));
    const rootSigner = nodeSigner(await readSecret(folder.keys, 'root'));
    const staffOffice = await openStaffOffice({ folder, clock, randomBytes });
    const trust = await publishTrust({
      store,
      clock,
      root: { signer: rootSigner, verifier: nodeVerifier(rootSigner.publicKey) },
      contents: {
        registryName: REGISTRY_NAME,
        mode,
        tlsCertificates: [tls.authority],
        keys: [
          { use: 'sealing', publicKey: sealingKey.publicKey },
          { use: 'acknowledgement', publicKey: acknowledgementSigner.publicKey },
          ...issuanceKeys,
          { use: 'settings', publicKey: settingsSigner.publicKey },
          { use: 'staff', publicKey: staffOffice.publicKey },
        ],
      },
    });

    const board = decisionBoard();
    const adjudicator = createAdjudicator({
      ...{ store, sealingKey, population, issuance, board, mode, clock, randomBytes, log },
      lookupSecret: await readSecret(folder.keys, 'lookup'),
      judge: ({ packetId, evidence }) => {
        const judgement = judgeEvidence(evidence, nodeDigests);
        if (judgement.differs) log.warn({ packetId }, 'the station judged liveness otherwise');
        return judgement.verdict;
      },
    });
    const directory = stationDirectory(store);
    const intake = createIntake({
      ...{ store, directory, mode, clock },
      signer: acknowledgementSigner,
      onStored: () => adjudicator.wake(),
    });
    const provisioning = provisioningDesk({
      ...{ store, clock, randomBytes },
      root: rootSigner,
      registryName: REGISTRY_NAME,
    });

    const send = answerSender({ signer: acknowledgementSigner, clock });
    const app = createServer({ tls, send, log });
    addOpenRoutes(app, {
      ...{ trust, provisioning, clock, send },
      rootPublicKey: rootSigner.publicKey,
      isHealthy: () => canRead(store, log),
    });
    addStationRoutes(app, {
      ...{ intake, directory, clock, send },
      decisions: decisionDesk({ store, board }),
      slips: slipDesk({ store, directory }),
      staffList: staffOffice.book.statement,
      nonces: nonceDesk({ store, clock, randomBytes }),
      replays: replayGuard(2 * REGISTRY_LIMITS.skewMs),
    });
    const lifeMs = options.statusListLifeMs ?? STATUS_LIST_LIFE_MS;
    const status = statusPublisher({ store, issuance, clock, lifeMs });
    addPublicationRoutes(app, {
      ...{ status, send },
      publications: publicationDesk({
        ...{ store, status },
        rootPublicKey: rootSigner.publicKey,
        trustList: trust.statement,
      }),
    });
    addSettingsRoute(app, {
      settings: settingsBook({ dataFolder: folder.root, signer: settingsSigner, clock }),
      send,
    });
    addPhoneRoutes(app, {
      ...{ clock, send },
      phones: phoneDesk(store),
      replays: replayGuard(2 * REGISTRY_LIMITS.skewMs),
    });
    const host = options.host ?? '127.0.0.1';
    await app.listen({ host, port: options.port });
    const { port } = app.server.address() as AddressInfo;
    await retrySetAside(store);
    adjudicator.wake();
    log.info({ port, mode, trustList: trust.list.version }, 'registry serves');

    return {
      url: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
      port,
      rootPublicKey: rootSigner.publicKey,
      newProvisioningCode: (stationName) => provisioning.newCode(stationName),
      counts: () => countAll(store),
      decisionOf: (packetId) => latestOutcome(store, packetId),
      settled: () => adjudicator.settled(),
      close: async () => {
        board.close();
        await app.close();
        await intake.drain();
        await adjudicator.stop();
        await store.close();
        log.info({}, 'registry ended');
      },
    };
  }
}

/** Opens a founded registry for one provisioning code, beside a serving process or without one. */
export async function newProvisioningCode(options: {
  readonly dataFolder: string;
  readonly stationName: string;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}): Promise<string> {
  const { clock, randomBytes } = options;
  const folder = dataFolderAt(options.dataFolder);
  const root = nodeSigner(await readSecret(folder.keys, 'root'));
  const store = openFolderStore(folder);
  try {
    const desk = provisioningDesk({ store, root, registryName: REGISTRY_NAME, clock, randomBytes });
    return await desk.newCode(options.stationName);
  } finally {
    await store.close();
  }
}

function openFolderStore(folder: DataFolder): Store {
  const store = openStore(folder.database);
  if (!store.ok) {
    const { found, known } = store.error;
    throw new Error(
      `${folder.database} was written by a newer program (it is at ${found}, this one knows ${known}); nothing was changed`,
    );
  }
  return store.value;
}

async function canRead(store: Store, log: RegistryLog): Promise<boolean> {
  try {
    await sql`SELECT 1 FROM packets LIMIT 1`.execute(store.queries);
    return true;
  } catch (fault) {
    log.error(faultFields(fault), 'the database cannot be read');
    return false;
  }
}

async function latestOutcome(
  { queries }: Store,
  packetId: string,
): Promise<Pick<Decision, 'outcome' | 'reason' | 'decidedAt'> | null> {
  const row = await queries
    .selectFrom('decisions')
    .select(['outcome', 'reason', 'decided_at as decidedAt'])
    .where('packet_id', '=', packetId)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}
