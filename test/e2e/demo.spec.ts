import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { sameBytes } from '#protocol/cbor.ts';
import { decodeEidCode, type EidClaims, openEid } from '#protocol/eid-token.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';

interface Report {
  readonly outcome: string;
  readonly visits: readonly { readonly visit: string; readonly outcome: string }[];
  readonly eids: Readonly<Record<'full' | 'basic' | 'upgraded', string>>;
  readonly phoneKeys: Readonly<Record<'lin' | 'mei', string>>;
  readonly issuerKey: string;
  readonly queue: { readonly waiting: number; readonly drained: boolean };
  readonly checks: readonly { readonly what: string; readonly by: string; readonly verdict: string }[];
  readonly pictures: { readonly visits: number; readonly screens: number };
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

test('the demo makes its four visits, checks what came of them, and leaves what it promises', async () => {
  test.setTimeout(600_000);
  const folder = test.info().outputPath('demo');
  const run = spawnSync('npm', ['run', '--silent', 'demo'], {
    cwd: resolve(import.meta.dirname, '../..'),
    env: { ...process.env, EID_DEMO_FOLDER: folder, EID_DEMO_DISPLAY: 'portrait', NODE_OPTIONS: '' },
    encoding: 'utf8',
  });
  expect(run.status, run.stdout + run.stderr).toBe(0);
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
  expect(report).toMatchObject({
    outcome: 'complete',
    visits: [
      { visit: 'full', outcome: 'issued' },
      { visit: 'basic', outcome: 'waiting' },
      { visit: 'upgrade', outcome: 'issued' },
      { visit: 'report-lost', outcome: 'revoked' },
    ],
    queue: { waiting: 1, drained: true },
  });
  expect(report.steps.every(({ name, ms }) => name.length > 0 && ms >= 0)).toBe(true);

  // Each e-ID is read off its picture, as a phone or a desk would, and opened with the issuer's key alone.
  const expected = [
    ['full', 'full', 'lin'],
    ['basic', 'basic', 'mei'],
    ['upgraded', 'full', 'mei'],
  ] as const;
  for (const [name, grade, holder] of expected) {
    expect(readPicture(join(folder, `eid-${name}-code.png`)), name).toBe(report.eids[name]);
    const claims = await openedBy(report.issuerKey, report.eids[name]);
    expect(claims).toMatchObject({ grade, simulated: true });
    expect(Buffer.from(claims.holderKey ?? []).toString('hex')).toBe(report.phoneKeys[holder]);
  }
  expect(report.checks.map(({ by, what, verdict }) => `${by}: ${what}: ${verdict}`)).toEqual([
    'terminal: e-ID that was reported lost: not-valid',
    'terminal: e-ID after the upgrade: valid',
    'terminal: phone of the e-ID after the upgrade: same-holder',
    'terminal: slip of the first visit: revoked',
    'tool: slip of the first visit: valid',
    'tool: slip of the loss report: valid',
    'tool: e-ID that was reported lost: not-valid',
    'tool: basic e-ID, ended by its upgrade: not-valid',
    'tool: e-ID after the upgrade: valid',
    'tool: e-ID after the upgrade, one character changed: not-valid',
  ]);

  for (const number of [1, 2, 3, 4]) {
    expect(
      readFileSync(join(folder, `slip-${number}.pdf`))
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  }
  // What each visit showed, and every screen there is, in both languages; `gallery.spec.ts` has the other displays.
  const drawn = join(folder, 'screens/drawn');
  const picturesOf = (display: string, set: string) => readdirSync(join(drawn, display, set)).toSorted();
  const displays = readdirSync(drawn).toSorted();
  expect(displays).toEqual(['portrait 1080x1920 en', 'portrait 1080x1920 zh-CN']);
  for (const { visit } of report.visits) {
    const [live = 'none'] = readdirSync(join(folder, 'screens/live')).filter((name) =>
      name.startsWith(`${visit} `),
    );
    const happened = readdirSync(join(folder, 'screens/live', live)).toSorted();
    expect(happened.length).toBeGreaterThan(8);
    for (const display of displays) expect(picturesOf(display, visit), display).toEqual(happened);
  }
  const [first = 'none'] = displays;
  for (const display of displays)
    expect(picturesOf(display, 'every screen')).toEqual(picturesOf(first, 'every screen'));
  expect(report.pictures.screens).toBe(2 * picturesOf(first, 'every screen').length);
  const page = readFileSync(join(folder, 'screens.html'), 'utf8');
  const linked = [...page.matchAll(/<img [^>]*src="([^"]+)"/g)].map(([, file]) => decodeURI(file ?? ''));
  expect(linked.length).toBeGreaterThan(report.pictures.visits + report.pictures.screens);
  for (const file of linked) expect(existsSync(join(folder, file)), file).toBe(true);
});
