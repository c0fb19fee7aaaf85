import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import QRCode from 'qrcode';
import { beforeEach, describe, expect, test } from 'vitest';
import { base45Decode, base45Encode } from '#protocol/text/base45.ts';
import { drawSlip } from '#station/slip/draw-slip.ts';
import { ended, type Said } from '../../../tools/check/finding.ts';
import { runCheck } from '../../../tools/check/run-check.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import {
  DAY,
  eidCode,
  NOW,
  type Published,
  publication,
  root,
  slipCode,
  stationKey,
  stranger,
} from './publishing.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

function file(name: string, octets: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, octets);
  return path;
}

async function check(
  shown: string,
  changes: Partial<Published> & { readonly now?: number; readonly options?: readonly string[] } = {},
): Promise<Said> {
  const { now, options, ...published } = changes;
  const path = file('publication.cbor', await publication(published));
  return runCheck({
    arguments: [shown, '--publication', path, ...(options ?? [])],
    environment: {},
    now: now ?? NOW,
  });
}

/** A slip as the terminal prints it. */
async function slipPdf(statement: string): Promise<string> {
  const pdf = await drawSlip({
    packetId: '019c8f3a-5e00-7abc-8def-0123456789ab',
    maskedName: '林**',
    maskedNumber: '440***********002X',
    application: 'full',
    at: NOW,
    station: '天河政务服务中心 7 号机',
    sequence: 42,
    state: 'issued',
    statement,
    language: 'zh-CN',
    simulated: true,
  });
  return file('slip.pdf', pdf);
}

/** A code as a phone shows it, somewhat worn when it is a photograph. */
async function pictureOf(code: string, kind: 'png' | 'jpeg'): Promise<string> {
  const drawn = await QRCode.toBuffer(code, { errorCorrectionLevel: 'M', margin: 4, scale: 5 });
  if (kind === 'png') return file('code.png', drawn);
  const { width, height, data } = PNG.sync.read(drawn);
  return file('code.jpg', jpeg.encode({ width, height, data }, 60).data);
}

/** A white picture, one bit a pixel: a few kilobytes, whatever it is large. */
function whitePng(width: number, height: number): Uint8Array {
  const chunk = (type: string, content: Uint8Array) => {
    const typed = Buffer.concat([Buffer.from(type), content]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    check.writeUInt32BE(crc32(typed));
    return Buffer.concat([length, typed, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(1, 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(Math.ceil(width / 8), 0xff)]);
  const rows = deflateSync(Buffer.concat(new Array<Buffer>(height).fill(row)));
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const none = new Uint8Array(0);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', none)]);
}

/** Turns one bit of the signed octets over. */
function slipWithBit(code: string, bit: number): string {
  const octets = base45Decode(code.slice('EIDS1:'.length)) ?? new Uint8Array(1);
  const at = bit % (octets.length * 8);
  octets[at >> 3] = (octets[at >> 3] ?? 0) ^ (1 << (at & 7));
  return `EIDS1:${base45Encode(octets)}`;
}
function eidWithBit(code: string, bit: number): string {
  const octets = base45Decode(code.slice('EID1:'.length)) ?? new Uint8Array(1);
  const at = bit % (octets.length * 8);
  octets[at >> 3] = (octets[at >> 3] ?? 0) ^ (1 << (at & 7));
  return `EID1:${base45Encode(octets)}`;
}

const hasPdftoppm = spawnSync('pdftoppm', ['-v']).error === undefined;

describe('a slip', () => {
  test.runIf(hasPdftoppm)('is valid as the terminal prints it, and says who saved what when', async () => {
    const said = await check(await slipPdf(slipCode()));
    expect(said.text).toBe(
      'VALID: slip 019C 8F3A 5E00 7ABC 8DEF 0123 4567 89AB. Terminal GZ-TIANHE-0007 (installation 1) saved it as ' +
        'its number 42 on 2 March 2026 at 09:00 in China; it asks for a full e-ID. SIMULATED.',
    );
    expect(said.exitCode).toBe(0);
  });

  test.each(['png', 'jpeg'] as const)('is valid from a picture: %s', async (kind) => {
    expect(await check(await pictureOf(slipCode(), kind))).toMatchObject({ exitCode: 0 });
  });

  test('is valid as a text, typed or in a file', async () => {
    expect(await check(slipCode())).toMatchObject({ exitCode: 0 });
    expect(await check(file('slip.txt', `${slipCode()}\n`))).toMatchObject({ exitCode: 0 });
  });

  test('is refused after one flipped bit, from its picture', async () => {
    const code = slipWithBit(slipCode(), 1_500);
    expect(await check(await pictureOf(code, 'png'))).toMatchObject({ exitCode: 1 });
  });

  test('is refused after any flipped bit', async () => {
    const code = slipCode();
    const path = file('publication.cbor', await publication());
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (bit) => {
        const said = await runCheck({
          arguments: [slipWithBit(code, bit), '--publication', path],
          environment: {},
          now: NOW,
        });
        expect(said.exitCode).toBe(1);
      }),
      { numRuns: 60 },
    );
  });

  test.each<[string, () => string, Partial<Published>, number, RegExp]>([
    ['by a key of no terminal', () => slipCode({}, stranger), {}, 1, /no terminal of this publication/],
    [
      "forged under a terminal's key id",
      () => slipCode({}, { ...stranger, kid: stationKey.kid }),
      {},
      1,
      /changed .* or is forged/,
    ],
    ["in another terminal's name", () => slipCode({ stationId: 'OTHER-1' }), {}, 1, /another terminal/],
    ['of another installation', () => slipCode({ installation: 2 }), {}, 1, /another terminal/],
    [
      'of a terminal that only a stranger certified',
      () => slipCode(),
      { certifier: stranger },
      1,
      /no terminal of this publication/,
    ],
    ['made after its terminal was revoked', () => slipCode(), { stationRevokedAt: NOW - DAY }, 1, /revoked/],
    [
      'of a terminal that was revoked since',
      () => slipCode(),
      { stationRevokedAt: NOW },
      2,
      /ask the registry/,
    ],
    [
      'made when its certificate was over',
      () => slipCode({ createdAt: NOW + 200 * DAY }),
      {},
      1,
      /no valid certificate/,
    ],
    ['simulated where real ones count', () => slipCode(), { mode: 'pilot' }, 1, /simulated devices/],
  ])('%s is not taken for good', async (_, code, published, exitCode, words) => {
    const said = await check(code(), published);
    expect(said.text).toMatch(words);
    expect(said.exitCode).toBe(exitCode);
  });

  test('by a clock that its terminal did not trust says so', async () => {
    const said = await check(slipCode({ clockTrust: 'doubtful', createdAt: 0 }));
    expect(said.text).toMatch(/by a clock that it did not trust/);
    expect(said.exitCode).toBe(0);
  });
});

describe('an e-ID', () => {
  test.each(['png', 'jpeg'] as const)('is valid from its picture, masked as it is: %s', async (kind) => {
    const said = await check(await pictureOf(await eidCode(), kind));
    expect(said.text).toBe(
      'VALID: e-ID K7M2-Q9XD-4TB8-WZ3A of 林**, grade full, until 27 December 2026 at 10:00 in China, ' +
        'not revoked as of 1 March 2026 at 22:00 in China' +
        '. Who shows it was not checked. SIMULATED.',
    );
    expect(said.exitCode).toBe(0);
  });

  test('is refused after one flipped bit, from its picture and any other', async () => {
    const code = await eidCode();
    expect(await check(await pictureOf(eidWithBit(code, 900), 'png'))).toMatchObject({ exitCode: 1 });
    const path = file('publication.cbor', await publication());
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (bit) => {
        const shown = eidWithBit(code, bit);
        const said = await runCheck({
          arguments: [shown, '--publication', path],
          environment: {},
          now: NOW,
        });
        // A bit that zlib does not look at changes nothing of what was signed.
        if (said.exitCode === 0) expect(said.text).toContain('K7M2-Q9XD-4TB8-WZ3A of 林**, grade full');
        else expect(said.exitCode).toBe(1);
      }),
      { numRuns: 60 },
    );
  });

  test.each<[string, () => Promise<string>, Parameters<typeof check>[1], number, RegExp]>([
    ["by another issuer's key", () => eidCode({}, stranger), {}, 1, /no issuer of this publication/],
    ['after revocation', () => eidCode(), { revoked: [7] }, 1, /was revoked/],
    ['that has expired', () => eidCode({ expiresAt: NOW - 1000 }), {}, 1, /has expired/],
    ['that is not valid yet', () => eidCode({ issuedAt: NOW + DAY }), {}, 1, /not valid yet/],
    ['simulated where real ones count', () => eidCode(), { mode: 'production' }, 1, /simulated devices/],
    [
      'with a stale status list',
      () => eidCode(),
      { listIssuedAt: NOW - 3 * DAY, listExpiresAt: NOW - 2 * DAY },
      2,
      /status list .* is over/,
    ],
    ['without a status list', () => eidCode(), { lists: false }, 2, /no status list/],
    ['with a status list by a stranger', () => eidCode(), { listSigner: stranger }, 2, /no status list/],
    ['by a clock that is years behind', () => eidCode(), { now: NOW - 400 * DAY }, 2, /clock is behind/],
  ])('%s is not taken for good', async (_, code, changes, exitCode, words) => {
    const said = await check(await code(), changes);
    expect(said.text).toMatch(words);
    expect(said.exitCode).toBe(exitCode);
  });

  test('that was revoked stays so, however old the list is', async () => {
    const old = { revoked: [7], listIssuedAt: NOW - 3 * DAY, listExpiresAt: NOW - 2 * DAY };
    expect(await check(await eidCode(), old)).toMatchObject({ exitCode: 1 });
  });
});

describe('the tool', () => {
  test('says what is neither a slip nor an e-ID', async () => {
    const said = await check(await pictureOf('https://qr.example/pay?x=1', 'png'));
    expect(said).toMatchObject({ exitCode: 1, text: 'NOT VALID: the code is neither a slip nor an e-ID.' });
  });

  test.each<[string, Uint8Array | string, RegExp]>([
    ['noise', new Uint8Array(300).fill(9), /no PNG, JPEG or PDF/],
    ['half a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]), /no PNG, JPEG or PDF/],
    ['a JPEG that ends at once', new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), /no PNG, JPEG or PDF/],
    ['nothing', '', /no PNG, JPEG or PDF/],
  ])('cannot tell of %s', async (_, octets, words) => {
    const said = await check(file('picture', octets));
    expect(said.text).toMatch(words);
    expect(said.exitCode).toBe(2);
  });

  test('cannot tell of a picture without a code', async () => {
    const blank = jpeg.encode({ width: 120, height: 120, data: Buffer.alloc(120 * 120 * 4, 200) }, 80);
    const said = await check(file('blank.jpg', blank.data));
    expect(said).toMatchObject({ exitCode: 2, text: 'CANNOT TELL: no QR code was found in the picture.' });
  });

  test('cannot tell by a publication that is none, was changed, or is of another root', async () => {
    const run = (path: string, ...options: string[]) =>
      runCheck({ arguments: [slipCode(), '--publication', path, ...options], environment: {}, now: NOW });
    expect(await run(file('noise', new Uint8Array(50)))).toMatchObject({ exitCode: 2 });
    const forged = file('forged', await publication({ trustSigner: { ...stranger, kid: root.kid } }));
    expect(await run(forged)).toMatchObject({ exitCode: 2 });
    const good = file('good', await publication());
    const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');
    expect(await run(good, '--root', hex(stranger.publicKey))).toMatchObject({ exitCode: 2 });
    expect(await run(good, '--root', hex(root.publicKey))).toMatchObject({ exitCode: 0 });
  });

  test('takes the publication from the environment', async () => {
    const EID_PUBLICATION = file('publication.cbor', await publication());
    const said = await runCheck({ arguments: [slipCode()], environment: { EID_PUBLICATION }, now: NOW });
    expect(said.exitCode).toBe(0);
  });

  test('tells a script by its exit code, and a person by one line', async () => {
    const path = file('publication.cbor', await publication());
    const main = join(import.meta.dirname, '..', '..', '..', 'tools', 'check', 'main.ts');
    const run = (...typed: string[]) => spawnSync(process.execPath, [main, ...typed], { encoding: 'utf8' });
    const forged = run(slipCode({}, stranger), '--publication', path);
    expect(forged.stdout).toBe('NOT VALID: the slip is signed by no terminal of this publication.\n');
    expect(forged.status).toBe(1);
    const wrong = run();
    expect(wrong.stdout).toBe('');
    expect(wrong.status).toBe(64);
  });

  test.each([
    [[]],
    [['a', 'b', '--publication', '/nowhere']],
    [['EIDS1:AB']],
    [['EIDS1:AB', '--publication', '/nowhere']],
    [['EIDS1:AB', '--publication', 'https://registry.example']],
    [['EIDS1:AB', '--publication', 'https://registry.example', '--root', 'abc']],
    [['no-such-picture.png', '--publication', 'https://registry.example', '--root', '0'.repeat(64)]],
    [['EIDS1:AB', '--nonsense']],
  ])('explains itself when it is used wrongly: %j', async (typed) => {
    const said = await runCheck({ arguments: typed, environment: {}, now: NOW });
    expect(said.exitCode).toBe(64);
    expect(said.text).toContain('npm run check -- PICTURE|TEXT');
  });
});

describe('a picture that says it is larger than any photograph', () => {
  test('is not opened: a PNG of 48 megapixels', async () => {
    const said = await check(file('large.png', whitePng(8_000, 6_000)));
    expect(said).toMatchObject({ exitCode: 2, text: expect.stringContaining('at most 40 megapixels') });
  });

  test('and one within the bound is searched', async () => {
    const said = await check(file('small.png', whitePng(400, 300)));
    expect(said).toMatchObject({ exitCode: 2, text: expect.stringContaining('no QR code') });
  });
});

test('a check that fails by itself cannot tell, in one sentence, and never says "not valid"', async () => {
  const failed = await ended(() => Promise.reject(new Error('the disk\nis gone')));
  expect(failed).toEqual({
    exitCode: 2,
    text: 'CANNOT TELL: the check itself failed: the disk',
    complaint: null,
  });
});
