import type { CameraProfile } from '#contract/camera-profile.ts';
import { cameraInsets } from './upright.ts';

/**
 * Shows the camera's stream the way that the tracker looks at it, and as a mirror where citizens are to see themselves
 * so: the style sheet turns and mirrors by the two marks, and cuts by the view box.
 */
export function markPreview(video: HTMLVideoElement, profile: CameraProfile): void {
  const { rotation, mirror } = profile;
  video.dataset.rotation = String(rotation);
  video.dataset.mirror = mirror ? 'yes' : 'no';
  const insets = cameraInsets(profile).map((share) => `${(100 * share).toFixed(2)}%`);
  video.style.setProperty('object-view-box', profile.crop === null ? 'none' : `inset(${insets.join(' ')})`);
}
