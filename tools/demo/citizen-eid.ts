import { join } from 'node:path';
import type { Page } from 'playwright-core';
import QRCode from 'qrcode';
import { fetchEid, fetchTrustList } from '#phone/fetch-eid.ts';
import { type ReferencePhone, webRandom } from '#phone/reference-phone.ts';
import { decodeEidCode, type EidClaims, openEid } from '#protocol/eid-token.ts';
import { parseProvisioningCode, rootMatches } from '#protocol/provisioning.ts';
import { findVerifierIn, type TrustList } from '#protocol/trust-list.ts';
import { phoneLine } from './phone-line.ts';

/** What the registry's root has signed, for whoever holds a provisioning code: it names the root. */
export async function trustListFor(registryUrl: string, provisioningCode: string): Promise<TrustList> {
  const code = parseProvisioningCode(provisioningCode);
  if (!code.ok) throw new Error(code.error.reason);
  const isRoot = (rootPublicKey: Uint8Array) => rootMatches({ code: code.value, rootPublicKey });
  const trust = await fetchTrustList({ registryUrl, isRoot, line: phoneLine });
  if (!trust.ok) throw new Error(`the phone cannot have the trust list: ${trust.error.reason}`);
  return trust.value;
}

/** Opens an e-ID as a desk does. */
export async function claimsOf(code: string, trust: TrustList): Promise<EidClaims> {
  const octets = await decodeEidCode(code);
  if (!octets.ok) throw new Error(`the e-ID's code is ${octets.error}`);
  const eid = openEid({
    octets: octets.value,
    findVerifier: findVerifierIn({ list: trust, use: 'issuer' }),
  });
  if (!eid.ok) throw new Error(`the e-ID does not open: ${eid.error.reason}`);
  return eid.value;
}

/** Keeps the e-ID as the citizen sees it (`NAME.png`), its code (`NAME-code.png`), and returns the code's text. */
export async function keepShownEid(shown: {
  readonly page: Page;
  readonly folder: string;
  readonly name: string;
}): Promise<string> {
  const { page, folder, name } = shown;
  await page.locator('.eid-card').screenshot({ path: join(folder, `${name}.png`) });
  const code = page.locator('[data-code]');
  await code.screenshot({ path: join(folder, `${name}-code.png`) });
  const text = await code.getAttribute('data-code');
  if (text === null) throw new Error('the e-ID has no code');
  return text;
}

/** What the phone is told of its e-ID: the code, or null while there is none. */
export async function fetchCode(request: {
  readonly registryUrl: string;
  readonly trust: TrustList;
  readonly phone: ReferencePhone;
}): Promise<string | null> {
  const { phone, ...asked } = request;
  const { signer } = phone;
  const fetched = await fetchEid({ ...asked, signer, now: Date.now, random: webRandom, line: phoneLine });
  if (!fetched.ok) throw new Error(`the phone cannot fetch its e-ID: ${fetched.error.reason}`);
  switch (fetched.value.status) {
    case 'issued':
      return fetched.value.code;
    case 'not-yet':
      return null;
    case 'revoked':
      throw new Error('there is no e-ID any more: it was revoked');
    default:
      throw new Error(`there is no e-ID: ${fetched.value.reason}`);
  }
}

/** Draws the code as the phone would show it. */
export async function drawCode(code: string, file: string): Promise<void> {
  await QRCode.toFile(file, code, { errorCorrectionLevel: 'M', margin: 4, scale: 6 });
}
