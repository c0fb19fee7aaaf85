import type { StationSettings } from '#contract/settings.ts';
import type { KeyStore } from '#station/ports.ts';

/**
 * Why this station must not serve citizens in the mode that it is set to: one sentence for each relaxation. A pilot
 * serves real citizens and so takes no simulated device or camera; production wants the key protected as well.
 */
export function refusedRelaxations(station: {
  readonly settings: StationSettings;
  readonly keyStore: Pick<KeyStore, 'kind' | 'demoOnly'>;
}): readonly string[] {
  const { settings, keyStore } = station;
  const { mode } = settings;
  if (mode === 'demo') return [];
  const refusals: string[] = [];
  if (settings.camera.source === 'simulated') {
    refusals.push(
      `In mode "${mode}" the camera must be named by the system: set "camera.source" to "system".`,
    );
  }
  settings.devices.forEach((device, index) => {
    if (device.simulated) {
      refusals.push(
        `In mode "${mode}" no device may be simulated: "devices.${index}" (${device.role}, ${device.model}) is.`,
      );
    }
  });
  if (mode === 'production' && keyStore.demoOnly) {
    refusals.push(
      `In mode "production" the station's key needs the system's key ring or a TPM: the key store "${keyStore.kind}" is for demonstrations and pilots only.`,
    );
  }
  return refusals;
}
