import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { sameBytes } from '#protocol/cbor.ts';
import { decodeEidCode, type EidClaims, openEid } from '#protocol/eid-token.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';

interface Report {
  readonly outcome: string;
  readonly grade: string;
  readonly eid: string;
  readonly eids: readonly string[];
  readonly phoneKeys: readonly string[];
  readonly issuerKey: string;
  readonly queue: { readonly waiting: number; readonly drained: boolean };
  readonly pictures: number;
  readonly steps: readonly { readonly name: string; readonly ms: number }[];
}

/** Text of the QR code in a picture file. */
function readPicture(file: string): string | undefined {
  const { data, width, height } = PNG.sync.read(readFileSync(file));
  return jsQR.default(new Uint8ClampedArray(data), width, height)?.data;
}

/** Verifies an e-ID with the issuer's key, as a desk does. */
async function openedBy(issuerKey: string, code: string): Promise<EidClaims> {
  const issuer = nodeVerifier(new Uint8Array(Buffer.from(issuerKey, 'hex')));
  const octets = await decodeEidCode(code);
  if (!octets.ok) throw new Error(octets.error);
  const findVerifier = (kid: Uint8Array) => (sameBytes(kid, issuer.kid) ? issuer : undefined);
  const eid = openEid({ octets: octets.value, findVerifier });
  if (!eid.ok) throw new Error(eid.error.reason);
  return eid.value;
}

test('the demo issues two e-IDs, one of them over a cut network, and leaves what it promises', async () => {
  test.setTimeout(600_000);
  const folder = test.info().outputPath('demo');
  const run = spawnSync('npm', ['run', '--silent', 'demo'], {
    cwd: resolve(import.meta.dirname, '../..'),
    env: { ...process.env, EID_DEMO_FOLDER: folder, NODE_OPTIONS: '' },
    encoding: 'utf8',
  });
  expect(run.status, run.stdout + run.stderr).toBe(0);
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
  expect(report).toMatchObject({
    outcome: 'issued',
    grade: 'full',
    queue: { waiting: 1, drained: true },
  });
  expect(report.steps.every(({ name, ms }) => name.length > 0 && ms >= 0)).toBe(true);

  // The e-ID is read off its picture, as a phone or a desk would.
  expect(report.eids).toEqual(
    ['eid-code.png', 'eid-code-mei.png'].map((name) => readPicture(join(folder, name))),
  );
  expect(report.eid).toBe(report.eids[0]);
  expect(new Set([...report.eids, ...report.phoneKeys]).size).toBe(4);
  for (const [index, phoneKey] of report.phoneKeys.entries()) {
    const claims = await openedBy(report.issuerKey, report.eids[index] ?? '');
    expect(claims).toMatchObject({ grade: 'full', simulated: true });
    expect(Buffer.from(claims.holderKey ?? []).toString('hex')).toBe(phoneKey);
  }
  expect(report.steps.map(({ name }) => name)).toContain('Mei: the phone fetches the e-ID');

  const slips = ['slip-zh-CN.pdf', 'slip-en.pdf'].map((name) => readFileSync(join(folder, name)));
  for (const slip of slips) expect(slip.subarray(0, 5).toString()).toBe('%PDF-');
  const all = (language: string) => readdirSync(join(folder, 'screens/all', language)).toSorted();
  expect(all('zh-CN')).toEqual(all('en'));
  expect(report.pictures).toBe(2 * all('en').length);
});
