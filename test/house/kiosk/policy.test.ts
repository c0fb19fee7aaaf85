import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KIOSK_ORIGIN } from '#shell/chromium/page-channel.ts';

const root = resolve(import.meta.dirname, '../../..');
const file = join(root, 'resources/policy/chromium-managed.json');
const text = readFileSync(file, 'utf8');
const policy = JSON.parse(text) as Readonly<Record<string, unknown>>;
const CHROMIUM = '/usr/lib/chromium/chromium';
/** A mount namespace of our own needs root; there the policy lies where Chromium reads it, and nowhere else. */
const canMount = spawnSync('unshare', ['-m', 'true']).status === 0;

describe('the managed policy for the Chromium host', () => {
  it.each([
    ['URLBlocklist', ['*', 'chrome://*', 'chrome-untrusted://*']],
    ['URLAllowlist', [KIOSK_ORIGIN, 'about:blank']],
    ['PrintingEnabled', false],
    ['DownloadRestrictions', 3],
    ['AllowFileSelectionDialogs', false],
    ['AutofillAddressEnabled', false],
    ['AutofillCreditCardEnabled', false],
    ['PasswordManagerEnabled', false],
    ['SyncDisabled', true],
    ['BrowserSignin', 0],
    ['IncognitoModeAvailability', 1],
    ['ExtensionInstallBlocklist', ['*']],
    ['VideoCaptureAllowed', false],
    ['VideoCaptureAllowedUrls', [KIOSK_ORIGIN]],
    ['AudioCaptureAllowed', false],
    ['ScreenCaptureAllowed', false],
    ['TranslateEnabled', false],
    ['SpellcheckEnabled', false],
    ['MetricsReportingEnabled', false],
    ['ProxySettings', { ProxyMode: 'direct' }],
    ['NetworkPredictionOptions', 2],
    ['DefaultPopupsSetting', 2],
  ])('says %s: %j', (name, value) => expect(policy[name]).toEqual(value));

  it('leaves the switch for developer tools alone, which would cut the host’s own pipe', () => {
    // Their pages are blocked like every other, and their keys never arrive; see the installation document.
    expect(policy).not.toHaveProperty('DeveloperToolsAvailability');
    expect(policy.RemoteDebuggingAllowed).toBe(true);
  });

  it('has its names in order, each once', () => {
    const names = [...text.matchAll(/^ {2}"(\w+)":/gm)].map((match) => match[1]);
    expect(names).toEqual([...new Set(names)].toSorted());
  });

  it.skipIf(!existsSync(CHROMIUM))('uses no name that the installed Chromium does not know', () => {
    // Chromium carries the names of all its policies as text.
    const names = Object.keys(policy);
    const known = execFileSync('grep', ['-aowF', '-f', '-', CHROMIUM], {
      input: [...names, 'NoSuchPolicyAnywhere'].join('\n'),
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    const found = new Set(known.split('\n'));
    expect(names.filter((name) => !found.has(name))).toEqual([]);
    expect(found.has('NoSuchPolicyAnywhere')).toBe(false);
  });

  it('is put where Chromium reads it by the installation document', () => {
    const document = readFileSync(join(root, 'docs/install.md'), 'utf8');
    expect(document).toMatch(
      /resources\/policy\/chromium-managed\.json \/etc\/chromium\/policies\/managed\/eid-terminal\.json/,
    );
  });

  it.skipIf(!canMount)(
    'lets the host work, with the camera, and opens no other page of any kind',
    () => {
      const script = [
        'mkdir -p /etc/chromium/policies/managed',
        'mount -t tmpfs policy /etc/chromium/policies/managed',
        `cp "$1" /etc/chromium/policies/managed/eid-terminal.json`,
        'exec "$2" test/house/kiosk/host-under-policy.ts',
      ].join(' && ');
      const { stdout, stderr } = spawnSync(
        'unshare',
        ['-m', 'sh', '-c', script, 'sh', file, process.execPath],
        { cwd: root, encoding: 'utf8', timeout: 100_000 },
      );
      const line = stdout.trim().split('\n').at(-1) ?? '';
      expect(line, stderr).toMatch(/^\{/);
      const { opened, ...told } = JSON.parse(line) as { opened: Record<string, string> };
      expect(told).toEqual({
        camera: ['video'],
        microphone: 'NotAllowedError',
        renewed: `${KIOSK_ORIGIN}/citizen/index.html`,
      });
      expect(Object.entries(opened).filter(([, outcome]) => outcome !== 'blocked')).toEqual([]);
    },
    120_000,
  );
});
