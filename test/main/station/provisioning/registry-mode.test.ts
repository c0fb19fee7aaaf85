import { expect, test } from 'vitest';
import { runningRegistry, station } from '../desk/station-lab.ts';

test('a pilot station takes no certificate of a registry in demo mode, and spends no code on it', async () => {
  const registry = await runningRegistry();
  const code = await registry.newProvisioningCode('Hall 3 terminal 7');
  const order = { code, registryUrl: registry.url, stationName: 'Hall 3 terminal 7', mayMove: false };
  const pilot = await station({ settings: { mode: 'pilot' } });
  expect(await pilot.desk.provision(order)).toEqual({ ok: false, error: { reason: 'registry-mode' } });
  expect(pilot.desk.identity()).toBeNull();
  const demo = await station();
  expect(await demo.desk.provision(order)).toMatchObject({ ok: true });
});
