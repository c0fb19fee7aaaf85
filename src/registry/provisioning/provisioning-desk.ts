import type { ProblemCode } from '#contract/registry-api.ts';
import type { Clock, RandomBytes } from '#domain/clock.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { hashOf } from '#protocol/hash.ts';
import { kidOf } from '#protocol/keys/kid.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import {
  makeProvisioningCode,
  type ProvisioningRequest,
  proofMatches,
  provisioningCodeId,
  provisioningProof,
  SECRET_BYTES,
} from '#protocol/provisioning.ts';
import { signStationCertificate } from '#protocol/station-certificate.ts';
import { base32Encode } from '#protocol/text/base32.ts';
import type { Queries, Store } from '../store/store.ts';
import type { ProvisioningCodeRow } from '../store/tables.ts';

const CODE_LIFE_MS = 24 * 3_600_000;
/** Wrong proofs after which a code is worth nothing, whatever comes next. */
const MOST_WRONG_TRIES = 5;
const CERTIFICATE_MS = 3 * 365 * 86_400_000;
/** A station whose clock is a little behind must not find its certificate in the future. */
const BACKDATED_MS = 86_400_000;

const STATION_NAME_PATTERN = /^[\p{L}\p{N}][\p{L}\p{N}\p{P}\p{Zs}]{0,59}$/u;

interface Certified {
  readonly stationId: string;
  readonly installation: number;
  /** COSE_Sign1 of kind `certificate`. */
  readonly certificate: Uint8Array;
}

export type ProvisioningFault = Extract<
  ProblemCode,
  | 'code-unknown'
  | 'code-expired'
  | 'code-used'
  | 'code-blocked'
  | 'code-for-another-station'
  | 'bad-proof'
  | 'key-in-use'
>;

export interface ProvisioningDesk {
  /** A one-time code for a station of this name, new or known. Throws when the name is not one. */
  newCode(stationName: string): Promise<string>;
  /** Certifies the key of a station that proves to know a code: a new installation with a chain of its own. */
  certify(request: ProvisioningRequest): Promise<Result<Certified, ProvisioningFault>>;
}

/** Holds the root key, which signs station certificates. */
export function provisioningDesk(ports: {
  readonly store: Store;
  readonly root: Signer;
  readonly registryName: string;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}): ProvisioningDesk {
  const { store, root, clock, randomBytes } = ports;

  async function certifyWith(
    queries: Queries,
    code: ProvisioningCodeRow,
    request: ProvisioningRequest,
  ): Promise<Result<Certified, ProvisioningFault>> {
    const kid = kidOf(request.stationPublicKey);
    const known = await queries
      .selectFrom('installations')
      .selectAll()
      .where('kid', '=', kid)
      .executeTakeFirst();
    if (known !== undefined) {
      const again = code.used_by !== null && sameBytes(code.used_by, request.stationPublicKey);
      if (!again) return err('key-in-use');
      const certificate = new Uint8Array(known.certificate);
      return ok({ stationId: known.station_id, installation: known.installation, certificate });
    }
    if (code.used_at !== null) return err('code-used');
    const now = clock.now();
    const { last_installation } = await queries
      .updateTable('stations')
      .set((row) => ({ last_installation: row('last_installation', '+', 1) }))
      .where('station_id', '=', code.station_id)
      .returning('last_installation')
      .executeTakeFirstOrThrow();
    const issuedAt = Math.floor(now / 1000) * 1000;
    const certificate = signStationCertificate({
      signer: root,
      certificate: {
        issuer: ports.registryName,
        stationId: code.station_id,
        installation: last_installation,
        publicKey: request.stationPublicKey,
        issuedAt,
        validFrom: issuedAt - BACKDATED_MS,
        validUntil: issuedAt + CERTIFICATE_MS,
      },
    });
    await queries
      .insertInto('installations')
      .values({
        station_id: code.station_id,
        installation: last_installation,
        public_key: request.stationPublicKey,
        kid,
        certificate,
        certificate_sha256: hashOf(certificate),
        registered_at: now,
        revoked_at: null,
      })
      .execute();
    await queries
      .updateTable('provisioning_codes')
      .set({ used_at: now, used_by: request.stationPublicKey })
      .where('code_id', '=', code.code_id)
      .execute();
    return ok({ stationId: code.station_id, installation: last_installation, certificate });
  }

  return {
    newCode: (stationName) => {
      if (!STATION_NAME_PATTERN.test(stationName)) {
        throw new Error(
          'a station name has 1 to 60 letters, digits, spaces and marks, and begins with a letter or digit',
        );
      }
      return store.write(async (queries) => {
        const stationId = await stationNamed(queries, stationName, randomBytes);
        const secret = randomBytes(SECRET_BYTES);
        await queries
          .insertInto('provisioning_codes')
          .values({
            code_id: provisioningCodeId(secret),
            station_id: stationId,
            secret,
            expires_at: clock.now() + CODE_LIFE_MS,
            wrong_tries: 0,
            used_at: null,
            used_by: null,
          })
          .execute();
        return makeProvisioningCode({ secret, rootPublicKey: root.publicKey });
      });
    },

    certify: (request) =>
      store.write(async (queries) => {
        const code = await queries
          .selectFrom('provisioning_codes')
          .selectAll()
          .where('code_id', '=', request.codeId)
          .executeTakeFirst();
        if (code === undefined) return err('code-unknown');
        if (code.wrong_tries >= MOST_WRONG_TRIES) return err('code-blocked');
        const expected = provisioningProof({
          ...request,
          secret: code.secret,
          rootPublicKey: root.publicKey,
        });
        if (!proofMatches(expected, request.proof)) {
          await queries
            .updateTable('provisioning_codes')
            .set({ wrong_tries: code.wrong_tries + 1 })
            .where('code_id', '=', code.code_id)
            .execute();
          return err('bad-proof');
        }
        if (clock.now() > code.expires_at) return err('code-expired');
        if (await namesAnotherStation(queries, code, request.stationId))
          return err('code-for-another-station');
        return certifyWith(queries, code, request);
      }),
  };
}

/** A wish for an id that no station has is passed over: the registry names stations. */
async function namesAnotherStation(
  queries: Queries,
  code: ProvisioningCodeRow,
  stationId: string | null,
): Promise<boolean> {
  if (stationId === null || stationId === code.station_id) return false;
  const other = await queries
    .selectFrom('stations')
    .select('station_id')
    .where('station_id', '=', stationId)
    .executeTakeFirst();
  return other !== undefined;
}

/** The id of the station with a name. A name that can be an id is one, so that people recognise it. */
async function stationNamed(queries: Queries, name: string, randomBytes: RandomBytes): Promise<string> {
  const known = await queries
    .selectFrom('stations')
    .select('station_id')
    .where('name', '=', name)
    .executeTakeFirst();
  if (known !== undefined) return known.station_id;
  const fits = /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name);
  const station_id = fits ? name : `station-${base32Encode(randomBytes(5), 40).toLowerCase()}`;
  await queries.insertInto('stations').values({ station_id, name, last_installation: 0 }).execute();
  return station_id;
}
