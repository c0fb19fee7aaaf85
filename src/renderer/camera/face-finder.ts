import {
  type Detection as Detected,
  FaceDetector,
  FaceLandmarker,
  FilesetResolver,
} from '@mediapipe/tasks-vision';
import type { Face } from './face.ts';
import { type Box, type Detection, type PeopleInView, peopleInView } from './people-in-view.ts';
import { pictureCanvas } from './picture-gl.ts';
import { storedEntry } from './stored-entry.ts';
import { turnedPicture } from './turned-picture.ts';
import type { WaysUp } from './upside-down-watch.ts';

/** How often somebody else is looked for. The judge bears a second person for 400 ms. */
const LOOK_AROUND_EVERY = 200;

export interface Found extends Pick<PeopleInView, 'faces' | 'secondFaceShare'> {
  readonly face: Face;
}

/**
 * Follows one face and looks around for others. A tracker of two faces would run its detector on every frame as long
 * as there is only one: a quarter of all the time per frame, spent on looking for somebody who is hardly ever there.
 */
export class FaceFinder {
  readonly #landmarker: FaceLandmarker;
  readonly #detector: FaceDetector;
  #people: PeopleInView | null = null;
  #lookedAround = Number.NEGATIVE_INFINITY;

  private constructor(landmarker: FaceLandmarker, detector: FaceDetector) {
    this.#landmarker = landmarker;
    this.#detector = detector;
  }

  /** Loads runtime and models from `files`, on our own origin. Rejects when one of them cannot be loaded. */
  static async load(files: string): Promise<FaceFinder> {
    const runtime = await FilesetResolver.forVisionTasks(files, true);
    const response = await fetch(`${files}/face_landmarker.task`);
    if (!response.ok) throw new Error(`face_landmarker.task: HTTP ${response.status}`);
    const bundle = new Uint8Array(await response.arrayBuffer());
    // The runtime takes the bytes that it is given, so the detector gets its own before the bundle is handed over.
    const detectorModel = storedEntry(bundle, 'face_detector.tflite').slice();
    const landmarker = await FaceLandmarker.createFromOptions(runtime, {
      baseOptions: { modelAssetBuffer: bundle, delegate: 'CPU' },
      runningMode: 'VIDEO',
      numFaces: 1,
      canvas: pictureCanvas(),
    });
    // Each task uses up the runtime that its loader left behind. Under another fragment the loader is run once more.
    const again = { ...runtime, wasmLoaderPath: `${runtime.wasmLoaderPath}#detector` };
    const detector = await FaceDetector.createFromOptions(again, {
      baseOptions: { modelAssetBuffer: detectorModel, delegate: 'CPU' },
      runningMode: 'IMAGE',
      canvas: pictureCanvas(),
    });
    return new FaceFinder(landmarker, detector);
  }

  /** `at`: milliseconds, greater than in the call before. */
  look(pixels: ImageData, at: number): Found | null {
    const past = this.#people?.lookPast ?? null;
    const face = past ? this.#lookPast(pixels, past, at) : this.#track(pixels, at);
    if (!face) {
      // While somebody is looked past, the tracker is blind for a frame; that is not yet a reason to look anew.
      if (!past) this.#people = null;
      return null;
    }
    if (!this.#people || at - this.#lookedAround >= LOOK_AROUND_EVERY) {
      const detections = this.#detector
        .detect(pixels)
        .detections.flatMap((found) => detection(found, pixels));
      this.#people = peopleInView({ tracked: face, detections, size: pixels });
      this.#lookedAround = at;
    }
    const { faces, secondFaceShare } = this.#people;
    return { face, faces, secondFaceShare };
  }

  /** How sure the detector is of a face in the picture, and in the picture turned by 180 degrees; follows nobody. */
  waysUp(pixels: ImageData): WaysUp {
    const other = turnedPicture(pixels);
    const ways = { upright: this.#surest(pixels), turned: this.#surest(other) };
    other.data.fill(0);
    return ways;
  }

  #surest(pixels: ImageData): number {
    const { detections } = this.#detector.detect(pixels);
    return Math.max(0, ...detections.map(({ categories }) => categories[0]?.score ?? 0));
  }

  #track(pixels: ImageData, at: number): Face | null {
    return this.#landmarker.detectForVideo(pixels, at).faceLandmarks[0] ?? null;
  }

  /** Shows the tracker a frame without the face that it follows: it loses that face and takes the one that is left. */
  #lookPast(pixels: ImageData, box: Box, at: number): Face | null {
    const without = new ImageData(new Uint8ClampedArray(pixels.data), pixels.width, pixels.height);
    const [left, right] = [box.x, box.x + box.width].map((x) => Math.round(clamp(x, pixels.width)));
    const [top, bottom] = [box.y, box.y + box.height].map((y) => Math.round(clamp(y, pixels.height)));
    for (let y = top ?? 0; y < (bottom ?? 0); y++) {
      without.data.fill(0x80, 4 * (y * pixels.width + (left ?? 0)), 4 * (y * pixels.width + (right ?? 0)));
    }
    const face = this.#track(without, at);
    without.data.fill(0);
    return face;
  }
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
}

/** Keypoints 0 and 1 of MediaPipe's short-range detector are the eyes, as shares of the frame. */
function detection({ boundingBox, keypoints }: Detected, size: ImageData): Detection[] {
  const [right, left] = keypoints;
  if (!boundingBox || !right || !left) return [];
  const { originX: x, originY: y, width, height } = boundingBox;
  const eyes = { x: ((right.x + left.x) / 2) * size.width, y: ((right.y + left.y) / 2) * size.height };
  return [{ box: { x, y, width, height }, eyes }];
}
