import { ok } from '#domain/result.ts';
import type { CameraInspector } from '#station/ports.ts';

/** For demonstrations and tests: whatever camera the page has, it is named as what it is, a simulated one. */
export const simulatedCameraInspector: CameraInspector = {
  identify: async () => ok({ source: 'simulated', driver: 'simulated', busPath: 'simulated' }),
};
