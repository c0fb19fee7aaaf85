import type { StationSettings } from '#contract/settings.ts';
import type { StationLog } from '#station/log/station-log.ts';
import type { CameraInspector } from '#station/ports.ts';
import { simulatedCameraInspector } from './simulated-camera-inspector.ts';
import { systemCameraInspector } from './system-camera-inspector.ts';

/** Names the camera as the settings say that there is one. */
export function cameraInspectorFor(
  settings: Pick<StationSettings, 'camera'>,
  log: StationLog,
): CameraInspector {
  return settings.camera.source === 'simulated' ? simulatedCameraInspector : systemCameraInspector({ log });
}
