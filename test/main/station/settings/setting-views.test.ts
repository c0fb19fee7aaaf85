import { expect, it } from 'vitest';
import { settingViews } from '#station/console/setting-views.ts';
import { effectiveSettings } from '#station/settings/effective-settings.ts';
import { settingsFor } from '../desk/station-settings.ts';

it('the console reads every setting, and of the operational ones where the value comes from', () => {
  const file = settingsFor('/var/lib/eid-terminal', { decisionWaitMs: 5_000 });
  const settings = { ...file, given: new Map([['decisionWaitMs', 4]] as const) };
  const server = { name: 'retentionDays', value: 30, override: 'nobody' } as const;
  const { views } = effectiveSettings({
    file: settings,
    server: { version: 1, issuedAt: 0, settings: [server] },
    here: new Map([['offlineLimits.days', { value: 5, role: 'technician' }]]),
  });
  const shown = settingViews(
    settings,
    {
      ...{ mode: 'demo', documentVersion: 1, issuedAt: 0, settings: views, unknown: [] },
    },
    'technician',
  );
  expect(shown).toEqual(
    expect.arrayContaining([
      { name: 'registryUrl', value: 'https://127.0.0.1:1', source: 'file', operational: null },
      {
        ...{ name: 'decisionWaitMs', value: '5000', source: 'file' },
        operational: {
          ...{ name: 'decisionWaitMs', server: null, local: '5000' },
          ...{ setHere: false, mayChange: true },
        },
      },
      {
        ...{ name: 'retentionDays', value: '30', source: 'registry' },
        operational: {
          ...{ name: 'retentionDays', server: '30', local: null },
          ...{ setHere: false, mayChange: false },
        },
      },
      {
        ...{ name: 'offlineLimits.days', value: '5', source: 'here' },
        operational: {
          ...{ name: 'offlineLimits.days', server: null, local: '5' },
          ...{ setHere: true, mayChange: true },
        },
      },
      expect.objectContaining({ name: 'idle.warnAfterMs', value: '120000', source: 'built-in' }),
    ]),
  );
  expect(shown.some(({ name }) => name.startsWith('given'))).toBe(false);
});
