import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sameBytes } from '#protocol/cbor.ts';
import { nodeSigner, nodeVerifier } from '#protocol/keys/node-signer.ts';
import {
  acceptSettings,
  openSettings,
  type ServerSetting,
  type SettingsDocument,
  signSettings,
} from '#protocol/settings-document.ts';

const signer = nodeSigner(new Uint8Array(32).fill(3));
const thief = nodeSigner(new Uint8Array(32).fill(4));
const verifier = nodeVerifier(signer.publicKey);
const findVerifier = (kid: Uint8Array) => (sameBytes(kid, verifier.kid) ? verifier : undefined);
const document = (settings: readonly ServerSetting[], version = 1): SettingsDocument => ({
  version,
  issuedAt: 1_790_000_000_000,
  settings,
});
const open = (given: SettingsDocument, by = signer) =>
  openSettings({ bytes: signSettings({ document: given, signer: by }), findVerifier });
const RETENTION = { name: 'retentionDays', value: 14, override: 'nobody' } as const;

describe('a settings document', () => {
  test('comes back as it was signed', () => {
    const given = document([RETENTION, { name: 'offlineLimits.days', value: 5, override: 'supervisor' }]);
    expect(open(given)).toEqual({ ok: true, value: given });
  });

  test('of another key is refused', () => {
    expect(open(document([RETENTION]), thief)).toMatchObject({ ok: false, error: { reason: 'unknown-key' } });
  });

  test.each<[string, readonly ServerSetting[], string]>([
    ['a value out of its bounds', [{ ...RETENTION, value: 91 }], 'settings.retentionDays'],
    ['a value of another type', [{ ...RETENTION, value: 'two weeks' }], 'settings.retentionDays'],
    ['a setting twice', [RETENTION, { ...RETENTION, value: 15 }], 'settings.retentionDays'],
  ])('with %s is refused as a whole, and the setting is named', (_, settings, where) => {
    expect(open(document(settings))).toMatchObject({ ok: false, error: { reason: 'malformed', where } });
  });

  test('may name settings of a newer program', () => {
    expect(open(document([{ name: 'later.setting', value: true, override: 'nobody' }]))).toMatchObject({
      ok: true,
    });
  });

  test('with one octet changed is never opened', () => {
    const genuine = signSettings({ document: document([RETENTION]), signer });
    fc.assert(
      fc.property(fc.nat({ max: genuine.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, difference) => {
        const spoilt = genuine.slice();
        spoilt[at] = (spoilt[at] ?? 0) ^ difference;
        expect(openSettings({ bytes: spoilt, findVerifier }).ok).toBe(false);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => !openSettings({ bytes, findVerifier }).ok),
    );
  });
});

describe('a document after another', () => {
  const current = document([RETENTION], 7);
  test.each([
    ['newer', document([], 8), { ok: true, value: 'newer' }],
    ['the same', document([RETENTION], 7), { ok: true, value: 'same' }],
    ['older', document([RETENTION], 6), { ok: false, error: 'older-than-current' }],
    [
      'the same version with other contents',
      document([], 7),
      { ok: false, error: 'same-version-other-contents' },
    ],
  ])('that is %s', (_, candidate, outcome) => {
    expect(acceptSettings({ current, candidate })).toEqual(outcome);
  });

  test('is taken when it is the first', () => {
    expect(acceptSettings({ current: null, candidate: current })).toEqual({ ok: true, value: 'newer' });
  });
});
