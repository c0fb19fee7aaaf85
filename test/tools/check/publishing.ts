import { randomBytes } from 'node:crypto';
import { type EidClaims, encodeEidCode, signEid } from '#protocol/eid-token.ts';
import { encodeBody } from '#protocol/http-body.ts';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import { encodeSlipCode, type SlipStatement, signSlipStatement } from '#protocol/slip-statement.ts';
import { signStationCertificate } from '#protocol/station-certificate.ts';
import { placesOf, signStatusList } from '#protocol/status-list.ts';
import { signTrustList, trustedKidOf } from '#protocol/trust-list.ts';

export const DAY = 86_400_000;
export const NOW = Date.UTC(2026, 2, 2, 2, 0);
const STATION = 'GZ-TIANHE-0007';

export const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
export const root = nodeSigner(random(32));
export const issuer = nodeSigner(random(32));
export const stationKey = nodeSigner(random(32));
export const phone = nodeSigner(random(32));
export const stranger = nodeSigner(random(32));

const validity = { validFrom: NOW - 100 * DAY, validUntil: NOW + 100 * DAY };

export interface Published {
  readonly mode: 'demo' | 'pilot' | 'production';
  readonly revoked: readonly number[];
  readonly listIssuedAt: number;
  readonly listExpiresAt: number;
  readonly listSigner: Signer;
  readonly lists: boolean;
  readonly stationRevokedAt: number | null;
  /** Who signed the station's certificate. */
  readonly certifier: Signer;
  readonly trustSigner: Signer;
}

/** A registry's publication in octets, good unless changed. */
export async function publication(changes: Partial<Published> = {}): Promise<Uint8Array> {
  const published: Published = {
    mode: 'demo',
    revoked: [],
    listIssuedAt: NOW - DAY / 2,
    listExpiresAt: NOW + DAY / 2,
    listSigner: issuer,
    lists: true,
    stationRevokedAt: null,
    certifier: root,
    trustSigner: root,
    ...changes,
  };
  const key = (use: 'issuer' | 'acknowledgement', publicKey: Uint8Array) => ({
    kid: trustedKidOf({ use, publicKey }),
    use,
    publicKey,
    ...validity,
  });
  const list = await signStatusList({
    list: {
      block: 0,
      issuedAt: published.listIssuedAt,
      expiresAt: published.listExpiresAt,
      places: placesOf(published.revoked),
    },
    signer: published.listSigner,
  });
  return encodeBody({
    rootPublicKey: root.publicKey,
    trustList: signTrustList({
      signer: published.trustSigner,
      trustList: {
        version: 3,
        issuedAt: NOW - 10 * DAY,
        keys: [key('issuer', issuer.publicKey), key('acknowledgement', stranger.publicKey)],
        tlsCertificates: ['-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n'],
        registryName: 'Test registry',
        mode: published.mode,
      },
    }),
    stations: [
      {
        certificate: signStationCertificate({
          signer: published.certifier,
          certificate: {
            issuer: 'Test registry',
            stationId: STATION,
            installation: 1,
            publicKey: stationKey.publicKey,
            issuedAt: validity.validFrom,
            ...validity,
          },
        }),
        revokedAt: published.stationRevokedAt,
      },
    ],
    statusLists: published.lists ? [list] : [],
  });
}

export function slipCode(changes: Partial<SlipStatement> = {}, signer: Signer = stationKey): string {
  const statement: SlipStatement = {
    stationId: STATION,
    installation: 1,
    packetId: '019c8f3a-5e00-7abc-8def-0123456789ab',
    envelopeSha256: random(32),
    sequence: 42,
    application: 'full',
    createdAt: NOW - 3_600_000,
    clockTrust: 'synchronised',
    simulated: true,
    ...changes,
  };
  return encodeSlipCode(signSlipStatement({ statement, signer }));
}

export function eidCode(changes: Partial<EidClaims> = {}, signer: Signer = issuer): Promise<string> {
  const claims: EidClaims = {
    issuer: 'Test registry',
    subject: 'K7M2Q9XD4TB8WZ3A',
    maskedName: '林**',
    grade: 'full',
    issuedAt: NOW - DAY,
    expiresAt: NOW + 300 * DAY,
    statusIndex: 7,
    holderKey: phone.publicKey,
    simulated: true,
    ...changes,
  };
  return encodeEidCode(signEid({ claims, signer }));
}
