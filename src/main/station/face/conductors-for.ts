import type { StationSettings } from '#contract/settings.ts';
import type { ConductorFactory } from '#station/session/session-ports.ts';
import { createFaceConductor, type FaceConductorOptions } from './face-conductor.ts';

/** Makes a conductor for each session, with the checks that the terminal's settings switch on. */
export function conductorsFor({
  settings,
  ...parts
}: Omit<FaceConductorOptions, 'sessionId' | 'listener' | 'camera' | 'flash' | 'switches'> & {
  readonly settings: Pick<StationSettings, 'liveness'>;
}): ConductorFactory {
  const { flash, depth, texture } = settings.liveness;
  return ({ sessionId, listener }) =>
    createFaceConductor({
      ...parts,
      sessionId,
      listener,
      flash,
      switches: { depth, texture },
      // The session puts the camera's name into the evidence, once the page has opened one.
      camera: { source: 'system', driver: 'not-named', busPath: 'not-named' },
    });
}
