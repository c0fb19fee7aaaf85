import { describe, expect, it } from 'vitest';
import { deviceDesk } from '#station/devices/device-desk.ts';
import { silentLog } from '#station/log/station-log.ts';
import { manualTimers } from '../../../drivers/manual-timers.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { at, READER, SCANNER } from './sample-devices.ts';

describe('a device at the place of another', () => {
  it('is not saved, nor driven: the page says why', () => {
    const sent: string[] = [];
    const desk = deviceDesk({
      atStart: { source: 'settings', devices: [READER, SCANNER], faults: [] },
      settingsDevices: [READER, SCANNER],
      dataFolder: temporaryFolder(),
      mode: 'pilot',
      drivers: { send: ({ type }) => sent.push(type), onReport: () => () => {} },
      reconnect: () => sent.push('reconnect'),
      timers: manualTimers(),
      now: () => 0,
      tell: () => {},
      log: silentLog,
    });
    expect(desk.save(at(SCANNER, '/dev/ttyUSB0'))).toEqual({
      ok: false,
      error: { reason: 'wrong-place', detail: 'the scanner is at the place of the reader' },
    });
    expect(sent).toEqual([]);
    expect(desk.save(at(SCANNER, '/dev/ttyUSB1')).ok).toBe(true);
    desk.stop();
  });
});
