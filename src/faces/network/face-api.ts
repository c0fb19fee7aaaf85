import type { Tensor3D } from '@tensorflow/tfjs-core';

/** What is used of @vladmandic/face-api; its own types bring a copy of TensorFlow's that is not the same as the core's. */
export interface FaceApi {
  readonly TinyFaceDetectorOptions: new (options: {
    readonly inputSize: number;
    readonly scoreThreshold: number;
  }) => DetectorOptions;
  /** Boxes in pixels of the picture. */
  tinyFaceDetector(picture: Tensor3D, options: DetectorOptions): Promise<readonly Detection[]>;
  readonly nets: {
    readonly tinyFaceDetector: Net;
    readonly faceLandmark68Net: Net & { detectLandmarks(face: Tensor3D): Promise<Positions> };
    readonly faceRecognitionNet: Net & { computeFaceDescriptor(face: Tensor3D): Promise<Float32Array> };
  };
}

/** Made and read by the package alone. */
type DetectorOptions = object;

interface Net {
  /** Weights and their manifest out of a folder. */
  loadFromDisk(folder: string): Promise<void>;
}

interface Detection {
  readonly score: number;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** 68 points in pixels of what was given. */
interface Positions {
  readonly positions: readonly { readonly x: number; readonly y: number }[];
}
