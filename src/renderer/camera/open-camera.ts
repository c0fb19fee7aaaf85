/** What became of the camera; the same fields as the station's `reportCamera` takes. */
export interface CameraState {
  /** `missing`: none there; `refused`: not allowed; `busy`: held by something else or broken. */
  readonly state: 'running' | 'missing' | 'refused' | 'busy';
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
  return {
    camera: {
      state: 'running',
      label: track.label,
      deviceId: settings.deviceId ?? '',
      width: settings.width ?? 0,
      height: settings.height ?? 0,
    },
    live: { stream, track },
  };
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
