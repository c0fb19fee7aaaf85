import { type ProblemCode, REGISTRY_CONTENT_TYPES, REGISTRY_PATHS } from '#contract/registry-api.ts';
import type { OperationMode } from '#contract/settings.ts';
import type { RandomBytes } from '#domain/clock.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import {
  decodeProvisioningAnswer,
  encodeProvisioningRequest,
  type ProvisioningCode,
  type ProvisioningCodeFault,
  parseProvisioningCode,
  provisioningCodeId,
  provisioningProof,
  rootMatches,
} from '#protocol/provisioning.ts';
import { openStationCertificate, type StationCertificate } from '#protocol/station-certificate.ts';
import { acceptTrustList, findVerifierIn, openTrustList, type TrustList } from '#protocol/trust-list.ts';
import type { StationClock } from '#station/clock/station-clock.ts';
import { stationKeys } from '#station/keys/station-keys.ts';
import type { KeyStore } from '#station/ports.ts';
import { fetchTrust } from '#station/sync/fetch-trust.ts';
import { httpsTransport, type TransportFault } from '#station/sync/https-transport.ts';
import { problemIn } from '#station/sync/problem.ts';
import { type ProvenAnswer, registryConnection } from '#station/sync/registry-connection.ts';
import type { Installation, InstallationStore, NewInstallation } from './installation-store.ts';

export type ProvisioningFault =
  | ProvisioningCodeFault
  | { readonly reason: 'bad-registry-url' }
  | { readonly reason: 'unreachable' }
  /** The server's root key is not the one that the code was made for: somebody stands in between, or the wrong code. */
  | { readonly reason: 'wrong-root-key' }
  | { readonly reason: 'trust-list-not-signed-by-root' }
  /** Older than one that this machine has believed, or another under the same version. */
  | { readonly reason: 'trust-list-contradicts-known' }
  /** Spoke with the right root key, but the connection itself does not chain to what the trust list pins. */
  | { readonly reason: 'untrusted-server' }
  /** The registry knows the code no more, or it is meant for another station. */
  | { readonly reason: CodeProblem }
  /** This installation's key is certified already; answered by making a new one. */
  | { readonly reason: 'key-in-use' }
  | { readonly reason: 'registry-failed' }
  /** The registry's signed mode is laxer than this station's. */
  | { readonly reason: 'registry-mode' }
  | { readonly reason: 'wrong-certificate' }
  /** The code is of a registry that this machine is not a station of, and nobody with the right to move it asked. */
  | { readonly reason: 'another-registry' };

const CODE_PROBLEMS = [
  'code-unknown',
  'code-expired',
  'code-used',
  'code-blocked',
  'code-for-another-station',
  'bad-proof',
] as const satisfies readonly ProblemCode[];
type CodeProblem = (typeof CODE_PROBLEMS)[number];

export interface ProvisioningTools {
  readonly store: InstallationStore;
  readonly keyStore: KeyStore;
  readonly clock: StationClock;
  readonly monotonic: () => number;
  readonly randomBytes: RandomBytes;
  /** Whether this station's mode forbids it to serve for a registry in another. */
  readonly refusesMode: (registryMode: OperationMode) => boolean;
}

const ANSWER_DEADLINE_MS = 20_000;

/**
 * Makes this machine a station of a registry: a new installation number, a new key, a new chain. Nothing secret is
 * sent before the root key was compared with the code, and the code's secret is never sent at all.
 */
export async function provision(
  request: {
    readonly code: string;
    readonly registryUrl: string;
    readonly stationName: string;
    /** Whether whoever asks may move a station to another registry; the same one asks for nobody. */
    readonly mayMove: boolean;
  },
  tools: ProvisioningTools,
): Promise<Result<Installation, ProvisioningFault>> {
  const code = parseProvisioningCode(request.code);
  if (!code.ok) return code;
  const current = tools.store.current();
  const moves = current !== null && !rootMatches({ code: code.value, rootPublicKey: current.rootKey });
  if (moves && !request.mayMove) return err({ reason: 'another-registry' });
  const registryUrl = httpsUrl(request.registryUrl);
  if (registryUrl === null) return err({ reason: 'bad-registry-url' });

  const trust = await believeTrust({
    registryUrl,
    matches: (key) => rootMatches({ code: code.value, rootPublicKey: key }),
    store: tools.store,
  });
  if (!trust.ok) return trust;
  if (tools.refusesMode(trust.value.list.mode)) return err({ reason: 'registry-mode' });
  const first = await certify(
    {
      code: code.value,
      registryUrl,
      stationName: request.stationName,
      trust: trust.value,
      seed: await seedToUse(tools),
    },
    tools,
  );
  if (first.ok || first.error.reason !== 'key-in-use') return first;
  // An earlier code certified this key and its answer was lost: a key without a certificate is worth nothing.
  return certify(
    {
      code: code.value,
      registryUrl,
      stationName: request.stationName,
      trust: trust.value,
      seed: tools.randomBytes(32),
    },
    tools,
  );
}

async function certify(
  request: {
    readonly code: ProvisioningCode;
    readonly registryUrl: string;
    readonly stationName: string;
    readonly trust: BelievedTrust;
    /** Wiped when this returns. */
    readonly seed: Uint8Array;
  },
  tools: ProvisioningTools,
): Promise<Result<Installation, ProvisioningFault>> {
  const { seed, registryUrl, code } = request;
  const { rootKey, list, signedList } = request.trust;
  try {
    const keys = stationKeys(seed);
    // A station that comes back to a registry is the same station there, and what it left is still delivered.
    const former = tools.store.all().findLast((installation) => sameBytes(installation.rootKey, rootKey));
    const stationId = former?.stationId ?? null;
    const { secret } = code;
    const answer = await send({
      registryUrl,
      list,
      body: encodeProvisioningRequest({
        codeId: provisioningCodeId(secret),
        stationPublicKey: keys.publicKey,
        stationId,
        stationName: request.stationName,
        proof: provisioningProof({
          secret,
          stationPublicKey: keys.publicKey,
          stationId,
          rootPublicKey: rootKey,
        }),
      }),
      signer: keys.requests,
      tools,
    });
    if (!answer.ok) return answer;
    const certificate = openCertificate({ octets: answer.value, rootKey, publicKey: keys.publicKey });
    if (!certificate.ok) return certificate;
    const installation: NewInstallation = {
      stationId: certificate.value.stationId,
      installation: certificate.value.installation,
      registryUrl,
      rootKey,
      publicKey: keys.publicKey,
      certificate: answer.value,
      provisionedAt: tools.clock.now(),
    };
    // Seed first: a certificate without its key would be worthless, a key without a certificate serves the next try.
    await tools.keyStore.storeSeed(seed);
    return ok(tools.store.add({ installation, trustList: { version: list.version, signed: signedList } }));
  } finally {
    seed.fill(0);
  }
}

function httpsUrl(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.origin : null;
}

interface BelievedTrust {
  readonly rootKey: Uint8Array;
  readonly list: TrustList;
  readonly signedList: Uint8Array;
}

/** The only call to a server that could be anybody: what it says is believed when its root key fits the code. */
async function believeTrust(request: {
  readonly registryUrl: string;
  readonly matches: (rootPublicKey: Uint8Array) => boolean;
  readonly store: InstallationStore;
}): Promise<Result<BelievedTrust, ProvisioningFault>> {
  const transport = httpsTransport({ trust: { kind: 'anyone' } });
  const fetched = await fetchTrust({ transport, registryUrl: request.registryUrl });
  transport.close();
  if (!fetched.ok) {
    return err({ reason: fetched.error.reason === 'unreadable-answer' ? 'registry-failed' : 'unreachable' });
  }
  const { rootPublicKey: rootKey, trustList: signedList } = fetched.value;
  if (!request.matches(rootKey)) return err({ reason: 'wrong-root-key' });
  const root = nodeVerifier(rootKey);
  const list = openTrustList({ bytes: signedList, root });
  if (!list.ok) return err({ reason: 'trust-list-not-signed-by-root' });
  const known = request.store.trustList(rootKey);
  const current = known === null ? null : openTrustList({ bytes: known.signed, root });
  const accepted = acceptTrustList({ current: current?.ok ? current.value : null, candidate: list.value });
  if (!accepted.ok) return err({ reason: 'trust-list-contradicts-known' });
  return ok({ rootKey, list: list.value, signedList });
}

/**
 * A seed that no installation has used yet is used again: when an answer was lost, the same code and key bring the
 * same certificate. The first seed of a machine is stored before it is used; a later one only once it has its
 * certificate, so that a failed attempt leaves the station as it was.
 */
async function seedToUse(tools: ProvisioningTools): Promise<Uint8Array> {
  const stored = await tools.keyStore.unwrapSeed();
  const used = tools.store.all();
  if (stored !== null) {
    const { publicKey } = stationKeys(stored);
    if (!used.some((installation) => sameBytes(installation.publicKey, publicKey))) return stored;
    stored.fill(0);
  }
  const fresh = tools.randomBytes(32);
  if (stored === null) await tools.keyStore.storeSeed(fresh);
  return fresh;
}

async function send(request: {
  readonly registryUrl: string;
  readonly list: TrustList;
  readonly body: Uint8Array;
  readonly signer: ReturnType<typeof stationKeys>['requests'];
  readonly tools: ProvisioningTools;
}): Promise<Result<Uint8Array, ProvisioningFault>> {
  const { tools, list } = request;
  const connection = registryConnection({
    registryUrl: request.registryUrl,
    transport: httpsTransport({ trust: { kind: 'pinned', certificates: () => list.tlsCertificates } }),
    signer: request.signer,
    findVerifier: findVerifierIn({ list, use: 'acknowledgement' }),
    clock: tools.clock,
    monotonic: tools.monotonic,
    randomBytes: tools.randomBytes,
  });
  const answer = await connection.call({
    method: 'POST',
    path: REGISTRY_PATHS.stations,
    contentType: REGISTRY_CONTENT_TYPES.provisioning,
    body: request.body,
    deadlineMs: ANSWER_DEADLINE_MS,
  });
  connection.close();
  if (!answer.ok) return err({ reason: reasonOfFault(answer.error.reason) });
  return certificateIn(answer.value);
}

function reasonOfFault(
  reason: TransportFault['reason'] | 'unproven-answer' | 'time-refused',
): 'untrusted-server' | 'unreachable' | 'registry-failed' {
  switch (reason) {
    case 'untrusted-server':
    case 'unproven-answer':
      return 'untrusted-server';
    case 'time-refused':
      return 'registry-failed';
    default:
      return 'unreachable';
  }
}

function certificateIn(answer: ProvenAnswer): Result<Uint8Array, ProvisioningFault> {
  const problem = problemIn(answer)?.title;
  const codeProblem = CODE_PROBLEMS.find((code) => code === problem);
  if (codeProblem !== undefined) return err({ reason: codeProblem });
  if (problem === 'key-in-use') return err({ reason: problem });
  if (answer.status !== 201 && answer.status !== 200) return err({ reason: 'registry-failed' });
  const decoded = decodeProvisioningAnswer(answer.body);
  return decoded.ok ? ok(decoded.value.certificate) : err({ reason: 'registry-failed' });
}

function openCertificate(request: {
  readonly octets: Uint8Array;
  readonly rootKey: Uint8Array;
  readonly publicKey: Uint8Array;
}): Result<StationCertificate, ProvisioningFault> {
  const root = nodeVerifier(request.rootKey);
  const opened = openStationCertificate({
    bytes: request.octets,
    findVerifier: (kid) => (sameBytes(kid, root.kid) ? root : undefined),
  });
  if (!opened.ok || !sameBytes(opened.value.publicKey, request.publicKey)) {
    return err({ reason: 'wrong-certificate' });
  }
  return opened;
}
