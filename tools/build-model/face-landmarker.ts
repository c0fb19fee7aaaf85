import { createHash } from 'node:crypto';
import { ModelEditor } from './model-editor.ts';
import { imageModelMetadata } from './model-metadata.ts';
import { packedAssets } from './packed-assets.ts';
import { refineAttention } from './refine-attention.ts';
import { storedZip } from './stored-zip.ts';

/** What `@mediapipe/face_mesh` 0.4.1657299874 ships (Apache-2.0). */
export const SOURCE_PINS = {
  data: 'dbe5905c582c0462cdaea17e7e6ecea92edaa8cccc515c5e2e7291f2cbb5fb99',
  loader: '95147c15fdf12ba8b9ffc3c3964dbdfa1ffa4251182749babca19e75962bf128',
} as const;

/** What has to come out, byte for byte. */
export const MODEL_PIN = 'b3df4febf1325aff9ac0364776cc58a98201efe78f0ec8a37b318f312be1d800';

export interface ModelSource {
  readonly data: Uint8Array;
  readonly loader: Uint8Array;
}

/** Throws an error that names the file and both hashes when `bytes` are not the pinned ones. */
export function checkPin(checked: {
  readonly what: string;
  readonly bytes: Uint8Array;
  readonly pin: string;
}): void {
  const found = sha256(checked.bytes);
  if (found !== checked.pin) {
    throw new Error(`${checked.what} is not the pinned one: sha256 is ${found}, expected ${checked.pin}`);
  }
}

/** Assembles the bundle that MediaPipe's FaceLandmarker loads. Pure: the same source gives the same bytes. */
export function assembleFaceLandmarker(source: ModelSource): Uint8Array {
  checkPin({ what: 'face_mesh_solution_packed_assets.data', bytes: source.data, pin: SOURCE_PINS.data });
  checkPin({
    what: 'face_mesh_solution_packed_assets_loader.js',
    bytes: source.loader,
    pin: SOURCE_PINS.loader,
  });
  const assets = packedAssets({ loader: new TextDecoder().decode(source.loader), data: source.data });
  const asset = (name: string): Uint8Array => {
    const bytes = assets.get(name);
    if (!bytes) throw new Error(`${name} is not in the packed assets`);
    return bytes;
  };
  const geometry = 'geometry_pipeline_metadata_landmarks.binarypb';
  return storedZip([
    { name: 'face_detector.tflite', bytes: faceDetector(asset('face_detection_short_range.tflite')) },
    {
      name: 'face_landmarks_detector.tflite',
      bytes: landmarksDetector(asset('face_landmark_with_attention.tflite')),
    },
    { name: geometry, bytes: asset(geometry) },
  ]);
}

function faceDetector(bytes: Uint8Array): Uint8Array {
  const model = new ModelEditor(bytes);
  const outputs = model.outputs().map((output) => output.index);
  const names = ['regressors', 'classificators'];
  const metadata = imageModelMetadata({ name: 'face_detector', mean: 127.5, std: 127.5, outputs: names });
  return model.finish({ outputs, metadata });
}

function landmarksDetector(bytes: Uint8Array): Uint8Array {
  const model = new ModelEditor(bytes);
  const outputs = refineAttention(model);
  const names = ['landmarks', 'presence'];
  const metadata = imageModelMetadata({ name: 'face_landmarks_detector', mean: 0, std: 255, outputs: names });
  return model.finish({ outputs, metadata });
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
