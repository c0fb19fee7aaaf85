/** What became of the camera; the same fields as the station's `reportCamera` takes. */
export interface CameraState {
  /**
   * `missing`: none there; `refused`: not allowed; `busy`: held by something else or broken; `too-small`: it has too few
   * pixels for a face.
   */
  readonly state: 'running' | 'missing' | 'refused' | 'busy' | 'too-small';
  readonly label: string;
  readonly deviceId: string;
  readonly width: number;
  readonly height: number;
}

export interface OpenedCamera {
  readonly camera: CameraState;
  /** Null unless the camera runs. */
  readonly live: { readonly stream: MediaStream; readonly track: MediaStreamTrack } | null;
}

/** VGA is what the tracker and the evidence need; more pixels cost time and tell nothing more. */
const WANTED: MediaStreamConstraints = {
  audio: false,
  video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } },
};

/** Below this a face that is wholly in the picture has too few pixels between its eyes. */
const LEAST = { longer: 480, shorter: 360 } as const;

/** `devices` is undefined on a page that is not served securely. */
export async function openCamera(
  devices: Pick<MediaDevices, 'getUserMedia'> | undefined,
): Promise<OpenedCamera> {
  if (!devices) return notRunning('refused');
  let stream: MediaStream;
  try {
    stream = await devices.getUserMedia(WANTED);
  } catch (error) {
    return notRunning(stateOf(error));
  }
  const [track] = stream.getVideoTracks();
  if (!track) return notRunning('missing');
  const settings = track.getSettings();
  const { deviceId = '', width = 0, height = 0 } = settings;
  const named = { label: track.label, deviceId, width, height };
  if (isTooSmall(width, height)) {
    for (const each of stream.getTracks()) each.stop();
    return { camera: { state: 'too-small', ...named }, live: null };
  }
  return { camera: { state: 'running', ...named }, live: { stream, track } };
}

/** A browser that does not tell the size yet says 0: then the picture itself has to show it. */
function isTooSmall(width: number, height: number): boolean {
  if (width === 0 || height === 0) return false;
  return Math.max(width, height) < LEAST.longer || Math.min(width, height) < LEAST.shorter;
}

/** Error names of the Media Capture specification, section 10.2.1 (getUserMedia). */
function stateOf(error: unknown): 'missing' | 'refused' | 'busy' {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
    case 'InvalidStateError':
      return 'busy';
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused';
    default:
      throw error;
  }
}

function notRunning(state: 'missing' | 'refused' | 'busy'): OpenedCamera {
  return { camera: { state, label: '', deviceId: '', width: 0, height: 0 }, live: null };
}
