import { expect, test } from 'vitest';
import type { DriverCommand } from '#contract/driver-messages.ts';
import { deviceHandlers } from '#station/console/device-handlers.ts';
import { deviceDesk } from '#station/devices/device-desk.ts';
import { silentLog } from '#station/log/station-log.ts';
import { manualTimers } from '../../../drivers/manual-timers.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { READER, SCANNER } from '../devices/sample-devices.ts';

test('while citizens have the screen, no technician’s call reaches a device', async () => {
  const sent: DriverCommand[] = [];
  const desk = deviceDesk({
    atStart: { source: 'settings', devices: [READER, SCANNER], faults: [] },
    settingsDevices: [READER, SCANNER],
    dataFolder: temporaryFolder(),
    mode: 'demo',
    drivers: { send: (command) => sent.push(command), onReport: () => () => {} },
    reconnect: () => sent.push({ type: 'stop' }),
    timers: manualTimers(),
    now: Date.now,
    tell: () => {},
    log: silentLog,
  });
  const calls = deviceHandlers({
    desk,
    profiles: () => ({ profiles: [], faults: [] }),
    views: () => [],
    isOpen: () => false,
    touched: () => {},
  })({ roleFor: () => 'technician', pushProgress: () => {} });
  const choice = { kind: 'configured', role: 'reader', place: null } as const;
  const answers = await Promise.all([
    calls.attachedDevices({}),
    calls.identifyDevice({ connection: READER.connection }),
    calls.tryDevice({ choice, card: true }),
    calls.saveDevice({ choice }),
    calls.removeDevice({ role: 'reader' }),
    calls.eraseDeviceList({}),
    calls.replayRecording({ file: 'reader-20261123-101502.txt' }),
    calls.tryRecording({ file: 'reader-20261123-101502.txt' }),
    calls.startRecording({ role: 'reader' }),
    calls.stopRecording({ role: 'reader' }),
  ]);
  const refused = { kind: 'refused', reason: 'serving-citizens', detail: null };
  expect(answers).toEqual(answers.map(() => refused));
  await calls.devices({});
  expect(sent).toEqual([]);
});
