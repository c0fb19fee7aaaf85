import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Tensor } from '@tensorflow/tfjs-core';
import { defineChainedOperations } from './chained-operations.ts';
import type { FaceApi } from './face-api.ts';

const require = createRequire(import.meta.url);
const FACE_API = '@vladmandic/face-api/dist/face-api.node-wasm.js';

export type Tensorflow = typeof import('@tensorflow/tfjs-core');

/** Detector, landmarks and recognition, ready to compute. */
export interface FaceNetworks {
  readonly tensorflow: Tensorflow;
  readonly faceApi: FaceApi;
  /** Zeroes a tensor that has memory of its own, and gives the memory back. */
  forget(tensor: Tensor): void;
}

/**
 * Loads the networks and their WebAssembly from the disk, out of the packages that bring them. Nothing is fetched.
 *
 * @throws Error when a file of theirs is not there or WebAssembly does not start.
 */
export async function loadFaceNetworks(): Promise<FaceNetworks> {
  const tensorflow = require('@tensorflow/tfjs-core') as Tensorflow;
  const backend = require('@tensorflow/tfjs-backend-wasm') as typeof import('@tensorflow/tfjs-backend-wasm');
  defineChainedOperations(tensorflow);
  backend.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  // Known WebAssembly only: a machine on which it does not start must not compute ten times slower instead.
  if (!(await tensorflow.setBackend('wasm'))) throw new Error('TensorFlow.js has no WebAssembly here');
  await tensorflow.ready();

  const file = require.resolve(FACE_API);
  const faceApi = evaluateFaceApi(file, tensorflow);
  const models = join(dirname(file), '../model');
  const { tinyFaceDetector, faceLandmark68Net, faceRecognitionNet } = faceApi.nets;
  for (const net of [tinyFaceDetector, faceLandmark68Net, faceRecognitionNet]) await net.loadFromDisk(models);
  return {
    tensorflow,
    faceApi,
    forget(tensor) {
      (tensorflow.backend() as BackendWasm).typedArrayFromHeap(tensor).fill(0);
      tensor.dispose();
    },
  };
}

/**
 * The package asks for TensorFlow.js' umbrella, which is the core with five other packages that nothing here uses.
 * It is given the core under that name.
 */
function evaluateFaceApi(file: string, tensorflow: Tensorflow): FaceApi {
  const asked = (name: string): unknown => (name === '@tensorflow/tfjs' ? tensorflow : require(name));
  const module: { exports: unknown } = { exports: {} };
  compileFunction(readFileSync(file, 'utf8'), ['require', 'module', 'exports'], { filename: file })(
    asked,
    module,
    module.exports,
  );
  return module.exports as FaceApi;
}
