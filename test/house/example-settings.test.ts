import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { loadSettings } from '#station/settings/load-settings.ts';

it('the example settings are settings', async () => {
  const loaded = await loadSettings({
    file: resolve(import.meta.dirname, '../../resources/settings.example.json'),
    profileFolder: resolve(import.meta.dirname, '../../resources/profiles'),
  });
  expect(loaded).toMatchObject({
    ok: true,
    value: { mode: 'pilot', retentionDays: 7, devices: [{ role: 'reader' }, { role: 'scanner' }] },
  });
});
