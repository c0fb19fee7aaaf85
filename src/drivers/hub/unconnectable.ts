import { type Device, devicePlace } from '#contract/device.ts';
import { err } from '#domain/result.ts';
import type { Connector } from './connector.ts';

/** For devices that are not on a line of their own, such as a queue of CUPS: their drivers never ask for one. */
export function unconnectable(device: Device): Connector {
  const detail = `${devicePlace(device)} is on no line`;
  return {
    connect: async () => err({ reason: 'failed', detail }),
    whenPresent: () => () => {},
  };
}
