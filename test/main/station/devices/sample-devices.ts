import type { LineScannerDevice, ReaderDevice } from '#contract/device.ts';

/** Devices as a technician would have them. */
export const READER: ReaderDevice = {
  role: 'reader',
  model: 'Model-R card reader',
  simulated: false,
  protocol: 'sdt',
  connection: { transport: 'serial', path: '/dev/ttyUSB0', baudRate: 115200 },
  pollInterval: 200,
  settleTime: 300,
  thinkingTimes: {},
  quirks: { readsFingerprints: false, presence: 'newest-address' },
};

export const SCANNER: LineScannerDevice = {
  role: 'scanner',
  model: 'Model-S scanner',
  simulated: false,
  protocol: 'line',
  connection: { transport: 'serial', path: '/dev/ttyACM0', baudRate: 9600 },
  ending: { kind: 'suffix', suffix: 'cr' },
  encoding: 'utf-8',
  aimIdentifier: false,
  trigger: 'always-on',
};

/** The same device at another place. */
export function at<D extends ReaderDevice | LineScannerDevice>(device: D, path: string): D {
  return { ...device, connection: { ...device.connection, path } };
}
