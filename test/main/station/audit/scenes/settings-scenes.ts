import { onTestFinished } from 'vitest';
import { nodeSigner, nodeVerifier } from '#protocol/keys/node-signer.ts';
import { signSettings } from '#protocol/settings-document.ts';
import { auditLog } from '#station/audit/audit-log.ts';
import { silentLog } from '#station/log/station-log.ts';
import { settingsDesk } from '#station/settings/settings-desk.ts';
import { openVault } from '#station/vault/vault.ts';
import { temporaryFolder } from '../../../../temporary-folder.ts';
import { settingsFor } from '../../desk/station-settings.ts';
import { eventsIn, type Scene } from './scene.ts';

export const SETTINGS_SCENES: readonly Scene[] = [
  {
    when: 'the registry sends settings, then older ones',
    leaves: ['settings.replaced', 'settings.refused'],
    async play() {
      const opened = openVault({ folder: temporaryFolder() });
      if (!opened.ok) throw new Error(opened.error.reason);
      const { database, folder } = opened.value;
      onTestFinished(() => opened.value.close());
      const signer = nodeSigner(new Uint8Array(32).fill(1));
      const verifier = nodeVerifier(signer.publicKey);
      const desk = settingsDesk({
        database,
        audit: auditLog({ database, now: Date.now, onRefused: () => {} }),
        now: Date.now,
        file: settingsFor(folder),
        log: silentLog,
        onChange: () => {},
      });
      desk.listenTo({ rootKey: new Uint8Array(32), findVerifier: () => verifier });
      const document = { issuedAt: 0, settings: [] };
      desk.offer(signSettings({ document: { ...document, version: 2 }, signer }));
      desk.offer(signSettings({ document: { ...document, version: 1 }, signer }));
      return eventsIn(database);
    },
  },
];
