import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { describeFileFault } from '#contract/checked-json.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { nodeSigner, nodeVerifier } from '#protocol/keys/node-signer.ts';
import { openSettings } from '#protocol/settings-document.ts';
import { readSettingsFile, settingsBook } from '#registry/settings/settings-book.ts';
import { eventually, provisioned, runningRegistry, station } from '../../main/station/desk/station-lab.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const signer = nodeSigner(new Uint8Array(32).fill(9));
const verifier = nodeVerifier(signer.publicKey);
const clock = { now: () => 1_790_000_000_000, monotonic: () => 0 };
const opened = (bytes: Uint8Array | null) =>
  bytes === null
    ? null
    : openSettings({ bytes, findVerifier: (kid) => (sameBytes(kid, verifier.kid) ? verifier : undefined) });

describe('the settings book', () => {
  it('begins empty, and each publication is the next version', async () => {
    const book = settingsBook({ dataFolder: temporaryFolder(), signer, clock });
    expect(await book.newest()).toBeNull();
    expect(await book.publish([])).toEqual({ version: 1 });
    expect(await book.publish([{ name: 'retentionDays', value: 3, override: 'nobody' }])).toEqual({
      version: 2,
    });
    expect(opened(await book.newest())).toMatchObject({
      ok: true,
      value: { version: 2, settings: [{ value: 3 }] },
    });
  });

  it('passes over what else lies in its folder, an unfinished publication above all', async () => {
    const dataFolder = temporaryFolder();
    mkdirSync(join(dataFolder, 'settings'));
    writeFileSync(join(dataFolder, 'settings', '.77.part'), 'half');
    writeFileSync(join(dataFolder, 'settings', 'notes.txt'), 'hello');
    const book = settingsBook({ dataFolder, signer, clock });
    expect(await book.newest()).toBeNull();
    expect(await book.publish([])).toEqual({ version: 1 });
  });
});

describe('an operator’s file', () => {
  const sentences = (text: string) => {
    const read = readSettingsFile({ file: 'all.json', text });
    return read.ok ? [] : read.error.map(describeFileFault);
  };

  it('says for each setting its value and who may override it', () => {
    const text =
      '{"settings": {"retentionDays": {"value": 14, "override": "nobody"}, "idle.warnAfterMs": {"value": 60000}}}';
    expect(readSettingsFile({ file: 'all.json', text })).toEqual({
      ok: true,
      value: expect.arrayContaining([
        { name: 'retentionDays', value: 14, override: 'nobody' },
        { name: 'idle.warnAfterMs', value: 60_000, override: 'technician' },
      ]),
    });
  });

  it.each([
    [
      'a value out of its bounds',
      '{"settings": {\n "retentionDays": {\n  "value": 91}}}',
      /^all\.json:3: settings\.retentionDays\.value: /,
    ],
    [
      'what is each terminal’s own',
      '{"settings": {\n "registryUrl": {"value": "https://x.example"}}}',
      /^all\.json:2: settings\.registryUrl: there is no setting/,
    ],
    [
      'somebody who overrides nothing',
      '{"settings": {\n "retentionDays": {"value": 1,\n "override": "citizen"}}}',
      /^all\.json:3: settings\.retentionDays\.override: /,
    ],
    ['no JSON', '{"settings": {', /^all\.json:1: not JSON/],
  ])('with %s is refused with line and reason', (_, text, sentence) => {
    expect(sentences(text)).toEqual([expect.stringMatching(sentence)]);
  });
});

describe('from the command line to the terminal', () => {
  const MAIN = join(import.meta.dirname, '../../../src/registry/main.ts');
  const publish = async (folder: string, text: string) => {
    const file = join(temporaryFolder(), 'all.json');
    writeFileSync(file, text);
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [
        MAIN,
        'settings',
        '--data',
        folder,
        '--file',
        file,
      ]);
      return { code: 0, told: stdout };
    } catch (fault) {
      const { code, stderr } = fault as { code: number; stderr: string };
      return { code, told: stderr };
    }
  };

  it('a published document changes the terminal’s limits, and a broken file publishes nothing', async () => {
    const folder = temporaryFolder();
    const registry = await runningRegistry({ folder });
    const broken = await publish(folder, '{"settings": {"retentionDays": {"value": -1}}}');
    expect(broken.code).toBe(1);
    expect(broken.told).toMatch(/nothing was published:\n.*all\.json:1: settings\.retentionDays\.value/);
    expect(existsSync(join(folder, 'settings'))).toBe(false);

    const good = await publish(
      folder,
      '{"settings": {"offlineLimits.days": {"value": 3, "override": "nobody"}}}',
    );
    expect(good).toMatchObject({ code: 0, told: expect.stringContaining('Settings document 1') });
    expect(readdirSync(join(folder, 'settings'))).toEqual(['0000000001.cose']);

    const target = await station();
    await provisioned(target, registry);
    target.desk.start();
    await eventually('the document arrives', () => target.desk.settings.view().documentVersion === 1);
    expect(target.desk.settings.settings().offlineLimits.days).toBe(3);
    expect(
      target.desk.settings.view().settings.find(({ setting }) => setting === 'offlineLimits.days'),
    ).toMatchObject({
      source: 'server',
      mayOverride: 'nobody',
    });

    await registry.close();
    const again = await target.restarted();
    expect(again.desk.settings.settings().offlineLimits.days).toBe(3);
  }, 60_000);
});
