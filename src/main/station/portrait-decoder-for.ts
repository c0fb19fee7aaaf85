import type { Device } from '#contract/device.ts';
import type { StationSettings } from '#contract/settings.ts';
import { embeddedWebpDecoder } from '#drivers/portrait-decoder/embedded-webp.ts';
import { externalCommandDecoder } from '#drivers/portrait-decoder/external-command.ts';
import { decodersInOrder } from '#drivers/portrait-decoder/in-order.ts';
import type { PortraitDecoder } from './ports.ts';

/** Simulated cards carry a WebP; what is not one goes to the operator's licensed decoder, when there is one. */
export function portraitDecoderFor(
  licensed: StationSettings['portraitDecoder'],
  devices: readonly Device[],
): PortraitDecoder {
  const external = licensed === null ? [] : [externalCommandDecoder(licensed)];
  const simulated = devices.some((device) => device.simulated) ? [embeddedWebpDecoder] : [];
  return decodersInOrder([...simulated, ...external]);
}
