import { beforeEach, describe, expect, it } from 'vitest';
import type { OperationMode } from '#contract/settings.ts';
import { decodeAuditEntry } from '#protocol/audit-entry.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { nodeSigner, nodeVerifier } from '#protocol/keys/node-signer.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import { type ServerSetting, signSettings } from '#protocol/settings-document.ts';
import { auditLog } from '#station/audit/audit-log.ts';
import { silentLog } from '#station/log/station-log.ts';
import { type SettingsDesk, settingsDesk } from '#station/settings/settings-desk.ts';
import { openVault, type Vault } from '#station/vault/vault.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { settingsFor } from '../desk/station-settings.ts';

const registry = nodeSigner(new Uint8Array(32).fill(5));
const thief = nodeSigner(new Uint8Array(32).fill(6));
const ROOT = new Uint8Array(32).fill(1);
const OTHER_ROOT = new Uint8Array(32).fill(2);
const keyOf = (signer: Signer) => {
  const verifier = nodeVerifier(signer.publicKey);
  return (kid: Uint8Array) => (sameBytes(kid, verifier.kid) ? verifier : undefined);
};
const word = { rootKey: ROOT, findVerifier: keyOf(registry) };

let vault: Vault;
let changes: number;
let refusedFields: string[];

function openDesk(mode: OperationMode = 'demo'): SettingsDesk {
  const { database } = vault;
  const now = () => 1_790_000_000_000;
  return settingsDesk({
    database,
    audit: auditLog({
      database,
      now,
      onRefused: ({ type, field }) => refusedFields.push(`${type} ${field}`),
    }),
    now,
    file: { ...settingsFor(vault.folder), mode, given: new Map() },
    log: silentLog,
    onChange: () => {
      changes += 1;
    },
  });
}
const days = (value: number, override: ServerSetting['override'] = 'technician'): ServerSetting => ({
  name: 'offlineLimits.days',
  value,
  override,
});
const signed = (version: number, settings: readonly ServerSetting[], signer = registry) =>
  signSettings({ document: { version, issuedAt: 1_790_000_000_000, settings }, signer });
const audited = () =>
  (vault.database.prepare('SELECT entry FROM audit_entry ORDER BY sequence').pluck().all() as Buffer[]).map(
    (entry) => {
      const decoded = decodeAuditEntry(new Uint8Array(entry));
      if (!decoded.ok) throw new Error(decoded.error.where);
      return [decoded.value.type, decoded.value.fields];
    },
  );

beforeEach(() => {
  const opened = openVault({ folder: temporaryFolder() });
  if (!opened.ok) throw new Error(opened.error.reason);
  vault = opened.value;
  changes = 0;
  refusedFields = [];
  return () => {
    expect(refusedFields).toEqual([]);
    vault.close();
  };
});

describe('a document of the registry', () => {
  it('is taken over at once, told to whoever asked, and written down', () => {
    const desk = openDesk();
    desk.listenTo(word);
    const before = changes;
    expect(desk.offer(signed(1, [days(3)]))).toEqual({ ok: true, value: 'replaced' });
    expect(desk.settings().offlineLimits.days).toBe(3);
    expect(desk.view()).toMatchObject({ documentVersion: 1, unknown: [] });
    expect(changes).toBe(before + 1);
    expect(audited()).toEqual([['settings.replaced', { version: 1 }]]);
  });

  it('that came before is nothing new', () => {
    const desk = openDesk();
    desk.listenTo(word);
    desk.offer(signed(1, [days(3)]));
    expect(desk.offer(signed(1, [days(3)]))).toEqual({ ok: true, value: 'same' });
    expect(audited()).toHaveLength(1);
  });

  it('is still in force after a restart, without a network', () => {
    const desk = openDesk();
    desk.listenTo(word);
    desk.offer(signed(4, [days(3)]));
    const again = openDesk();
    expect(again.settings().offlineLimits.days).toBe(10);
    again.listenTo(word);
    expect(again.settings().offlineLimits.days).toBe(3);
    expect(again.view().documentVersion).toBe(4);
  });

  it.each([
    ['not signed by the registry', signed(9, [days(1)], thief), 'not-signed-by-registry'],
    ['half', signed(9, [days(1)]).slice(0, 90), 'bad-settings'],
    ['with a value that no terminal can have', signed(9, [{ ...days(1), value: 0 }]), 'bad-settings'],
    ['older', signed(4, [days(1)]), 'older-than-current'],
    ['of the same version and with other contents', signed(5, [days(1)]), 'same-version-other-contents'],
  ])('that is %s is refused with its reason, and the last good one stays', (_, bytes, reason) => {
    const desk = openDesk();
    desk.listenTo(word);
    desk.offer(signed(5, [days(3)]));
    expect(desk.offer(bytes)).toEqual({ ok: false, error: reason });
    expect(desk.settings().offlineLimits.days).toBe(3);
    // The registry gives the same document every ten minutes.
    desk.offer(bytes);
    expect(audited().slice(1)).toEqual([['settings.refused', { reason }]]);
    const again = openDesk();
    again.listenTo(word);
    expect(again.settings().offlineLimits.days).toBe(3);
  });

  it('counts no more once its key was withdrawn, and nothing older takes its place', () => {
    const desk = openDesk();
    desk.listenTo(word);
    desk.offer(signed(5, [days(3)]));
    const again = openDesk();
    again.listenTo({ rootKey: ROOT, findVerifier: keyOf(thief) });
    expect(again.settings().offlineLimits.days).toBe(10);
    expect(again.offer(signed(5, [days(4)], thief))).toEqual({ ok: false, error: 'older-than-current' });
    expect(again.offer(signed(6, [days(4)], thief))).toEqual({ ok: true, value: 'replaced' });
  });

  it('of one registry is nothing to another', () => {
    const desk = openDesk();
    desk.listenTo(word);
    desk.offer(signed(5, [days(3)]));
    desk.listenTo({ ...word, rootKey: OTHER_ROOT });
    expect(desk.settings().offlineLimits.days).toBe(10);
    desk.listenTo(null);
    expect(desk.offer(signed(6, [days(3)]))).toMatchObject({ ok: false });
  });

  it('may name settings that this program does not know; they are shown and do nothing', () => {
    const desk = openDesk();
    desk.listenTo(word);
    desk.offer(signed(1, [days(3), { name: 'later.setting', value: true, override: 'nobody' }]));
    expect(desk.view().unknown).toEqual(['later.setting']);
  });
});

describe('a value that staff set at the console', () => {
  it('is in force, is kept over a restart, and can be taken back', () => {
    const desk = openDesk();
    expect(desk.change({ setting: 'decisionWaitMs', value: 2_000, role: 'technician' })).toMatchObject({
      ok: true,
    });
    expect(openDesk().settings().decisionWaitMs).toBe(2_000);
    desk.change({ setting: 'decisionWaitMs', value: null, role: 'technician' });
    expect(openDesk().settings().decisionWaitMs).toBe(8_000);
    expect(audited()).toEqual([
      ['settings.changed-here', { setting: 'decisionWaitMs', role: 'technician' }],
      ['settings.changed-here', { setting: 'decisionWaitMs', role: 'technician' }],
    ]);
  });

  it.each([
    [
      'that does not exist',
      { setting: 'registryUrl', value: 'https://elsewhere.example', role: 'supervisor' },
      'no-such-setting',
    ],
    ['out of its bounds', { setting: 'decisionWaitMs', value: 60_001, role: 'supervisor' }, 'bad-value'],
    [
      'that the registry reserves',
      { setting: 'offlineLimits.days', value: 90, role: 'technician' },
      'not-allowed',
    ],
    [
      'by somebody without the right',
      { setting: 'decisionWaitMs', value: 1_000, role: 'officer' },
      'not-allowed',
    ],
  ] as const)('%s is refused', (_, order, reason) => {
    const desk = openDesk();
    desk.listenTo(word);
    desk.offer(signed(1, [days(3, 'supervisor')]));
    const before = desk.settings();
    expect(desk.change(order)).toEqual({ ok: false, error: reason });
    expect(desk.settings()).toEqual(before);
  });

  it('a value that would not count in production is refused there', () => {
    const order = { setting: 'retentionDays', value: 0, role: 'supervisor' } as const;
    expect(openDesk('production').change(order)).toEqual({ ok: false, error: 'not-in-production' });
    expect(openDesk('pilot').change(order)).toEqual({ ok: true, value: undefined });
  });
});
