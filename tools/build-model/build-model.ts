import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { assembleFaceLandmarker, checkPin, MODEL_PIN, type ModelSource, sha256 } from './face-landmarker.ts';

/** Writes the model to `target` unless the pinned one already stands there. */
export function buildModel(paths: {
  readonly packageFolder: string;
  readonly target: string;
}): 'built' | 'present' {
  if (hashOf(paths.target) === MODEL_PIN) return 'present';
  const model = assembleFaceLandmarker(readSource(paths.packageFolder));
  checkPin({ what: 'the assembled face_landmarker.task', bytes: model, pin: MODEL_PIN });
  mkdirSync(dirname(paths.target), { recursive: true });
  // Renamed into place, so that a build that is broken off never leaves half a model behind.
  const unfinished = `${paths.target}.${process.pid}.part`;
  writeFileSync(unfinished, model);
  renameSync(unfinished, paths.target);
  return 'built';
}

export function readSource(packageFolder: string): ModelSource {
  return {
    data: readFileSync(join(packageFolder, 'face_mesh_solution_packed_assets.data')),
    loader: readFileSync(join(packageFolder, 'face_mesh_solution_packed_assets_loader.js')),
  };
}

function hashOf(path: string): string | null {
  try {
    return sha256(readFileSync(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
