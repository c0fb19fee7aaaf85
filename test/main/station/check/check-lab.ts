import { randomBytes } from 'node:crypto';
import { REGISTRY_CONTENT_TYPES } from '#contract/registry-api.ts';
import { type EidClaims, encodeEidCode, signEid } from '#protocol/eid-token.ts';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import { tweetnaclSigner } from '#protocol/keys/tweetnacl-signer.ts';
import { placesOf, signStatusList } from '#protocol/status-list.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { station, type TestStation } from '../desk/station-lab.ts';
import { type ScriptedRegistry, scriptedRegistry } from '../sync/scripted-registry.ts';

export const DAY = 86_400_000;
export const wholeSecond = (at: number): number => Math.floor(at / 1000) * 1000;
export const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
export const stranger = nodeSigner(random(32));
export const phone = tweetnaclSigner(random(32));
export const otherPhone = tweetnaclSigner(random(32));

/** What the registry gives out as status list of block 0; null gives none. */
export interface ListState {
  revoked: readonly number[];
  issuedAt: number;
  expiresAt: number;
  signer: Signer;
  block: number;
  missing: boolean;
  /** Milliseconds before the answer. */
  delay: number;
  /** Every call ends without an answer, as when the cable is out. */
  cut: boolean;
}

export interface CheckLab {
  readonly target: TestStation;
  readonly registry: ScriptedRegistry;
  readonly list: ListState;
  /** How often a list was asked for. */
  readonly asked: () => number;
  eid(changes?: Partial<EidClaims>, signer?: Signer): Promise<string>;
}

/** A station with its clock proven, online at a registry that gives out e-IDs and status lists as told. */
export async function checkLab(
  options: { readonly settings?: Parameters<typeof station>[0] } = {},
): Promise<CheckLab> {
  const folder = temporaryFolder();
  const registry = await scriptedRegistry(folder);
  const { issuer } = registry.installed.registry;
  const now = wholeSecond(Date.now());
  const list: ListState = {
    revoked: [],
    issuedAt: now - 60_000,
    expiresAt: now + DAY,
    signer: issuer,
    block: 0,
    missing: false,
    delay: 0,
    cut: false,
  };
  let asked = 0;
  registry.onOther((incoming) => {
    if (list.cut) {
      incoming.request.socket.destroy();
      return true;
    }
    const block = /^\/v1\/status-lists\/(\d+)$/.exec(incoming.path)?.[1];
    if (block === undefined) return false;
    asked += 1;
    if (list.missing || block !== '0') {
      incoming.response.writeHead(404).end();
      return true;
    }
    const { revoked, signer, delay, ...rest } = list;
    const content = { block: rest.block, issuedAt: rest.issuedAt, expiresAt: rest.expiresAt };
    setTimeout(() => {
      void signStatusList({ list: { ...content, places: placesOf(revoked) }, signer }).then((signed) =>
        incoming.response
          .writeHead(200, { 'content-type': REGISTRY_CONTENT_TYPES.statusList })
          .end(Buffer.from(signed)),
      );
    }, delay).unref();
    return true;
  });
  const target = await station({ folder, ...options.settings });
  return {
    target,
    registry,
    list,
    asked: () => asked,
    eid: async (changes = {}, signer = issuer) => {
      const claims: EidClaims = {
        issuer: 'Test registry',
        subject: 'K7M2Q9XD4TB8WZ3A',
        maskedName: '林**',
        grade: 'full',
        issuedAt: now - DAY,
        expiresAt: now + 100 * DAY,
        statusIndex: 7,
        holderKey: phone.publicKey,
        simulated: true,
        ...changes,
      };
      return encodeEidCode(signEid({ claims, signer }));
    },
  };
}
