import { expect, it } from 'vitest';
import { type DriverReport, NO_HEALTH } from '#contract/driver-messages.ts';
import { logDevices } from '#station/drivers/log-devices.ts';
import { createStationLog } from '#station/log/station-log.ts';

type DeviceReport = Extract<DriverReport, { type: 'device' }>;
const SAM = '05.01-20231231-0001234567-0123456789';
const OTHER_SAM = '05.01-20240101-0007654321-0123456789';

function linesOf(reports: readonly Pick<DeviceReport, 'role' | 'state' | 'samId'>[]): unknown[] {
  const lines: unknown[] = [];
  let tell: (report: DriverReport) => void = () => {};
  logDevices({
    drivers: {
      onReport: (listener) => {
        tell = listener;
        return () => {};
      },
    },
    log: createStationLog({
      write: (line) => {
        const { level, code, device, samId } = JSON.parse(line) as Record<string, unknown>;
        lines.push([level, code, device, samId]);
      },
      now: () => 0,
    }),
  });
  for (const report of reports)
    tell({ type: 'device', model: 'x', simulated: false, detail: null, health: NO_HEALTH, ...report });
  return lines;
}

it('a reader is logged with its security module, once, and again when it is another', () => {
  const ready = { role: 'reader', state: 'ready', samId: SAM } as const;
  expect(
    linesOf([
      { ...ready, state: 'connecting', samId: null },
      ready,
      { ...ready, state: 'connecting', samId: null },
      ready,
      { ...ready, samId: OTHER_SAM },
    ]),
  ).toEqual([
    ['info', 'device.ready', 'reader', SAM],
    ['info', 'device.ready', 'reader', OTHER_SAM],
  ]);
});

it('a device that is away or out of service is a warning', () => {
  expect(
    linesOf([
      { role: 'printer', state: 'out-of-service', samId: null },
      { role: 'scanner', state: 'absent', samId: null },
    ]),
  ).toEqual([
    ['warn', 'device.out-of-service', 'printer', null],
    ['warn', 'device.absent', 'scanner', null],
  ]);
});
