import type { StationSettings } from '#contract/settings.ts';
import type { KeyStore } from '#station/ports.ts';

/**
 * Why this station must not serve citizens in production: one sentence for each thing that was relaxed for a
 * demonstration. Empty when nothing was, and in every other mode.
 */
export function refusedRelaxations(station: {
  readonly settings: StationSettings;
  readonly keyStore: Pick<KeyStore, 'kind' | 'demoOnly'>;
}): readonly string[] {
  const { settings, keyStore } = station;
  if (settings.mode !== 'production') return [];
  const refusals: string[] = [];
  if (settings.camera.source === 'simulated') {
    refusals.push('In production the camera must be named by the system: set "camera.source" to "system".');
  }
  settings.devices.forEach((device, index) => {
    if (device.simulated) {
      refusals.push(
        `In production no device may be simulated: "devices.${index}" (${device.role}, ${device.model}) is.`,
      );
    }
  });
  if (keyStore.demoOnly) {
    refusals.push(
      `In production the station's key needs the system's key ring or a TPM: the key store "${keyStore.kind}" is for demonstration only.`,
    );
  }
  return refusals;
}
