/** What the bundle leaves to Node's own loader: packages with native code, or with files beside their code. */
export const NOT_BUNDLED = ['better-sqlite3', 'serialport', 'node-hid', 'pdfkit'] as const;

export interface CopiedPackage {
  readonly name: string;
  /** Only these files, where a package is far more than is used of it; else everything that code needs at run time. */
  readonly only?: readonly string[];
}

/** What the packaging copies beside the bundle, each with its production dependencies. */
export const COPIED_PACKAGES: readonly CopiedPackage[] = [
  ...NOT_BUNDLED.map((name) => ({ name })),
  // The faces' process finds these by their paths.
  {
    name: '@jsquash/webp',
    only: [
      'package.json',
      'LICENSE',
      'codec/LICENSE.codec.md',
      'codec/dec/webp_dec.js',
      'codec/dec/webp_dec.wasm',
    ],
  },
  {
    name: '@tensorflow/tfjs-backend-wasm',
    only: [
      'package.json',
      'dist/tf-backend-wasm.node.js',
      'dist/tfjs-backend-wasm.wasm',
      'dist/tfjs-backend-wasm-simd.wasm',
    ],
  },
  { name: '@tensorflow/tfjs-core', only: ['package.json', 'dist/tf-core.node.js'] },
  {
    // It brings the weights of seven networks.
    name: '@vladmandic/face-api',
    only: [
      'package.json',
      'LICENSE',
      'dist/face-api.node-wasm.js',
      ...['tiny_face_detector', 'face_landmark_68', 'face_recognition'].flatMap((network) => [
        `model/${network}_model-weights_manifest.json`,
        `model/${network}_model.bin`,
      ]),
    ],
  },
  {
    // Nine weights of 10 MB each; the slip is set in two.
    name: '@expo-google-fonts/noto-sans-sc',
    only: [
      'package.json',
      'LICENSE',
      'LICENSE_FONT',
      '400Regular/NotoSansSC_400Regular.ttf',
      '700Bold/NotoSansSC_700Bold.ttf',
    ],
  },
];

/**
 * Dependencies that nothing asks for at run time: C++ headers, the command line of a tool that finds binaries, types,
 * another backend, a choice of decoders, and what TensorFlow.js would fetch models with.
 */
export const BUILD_TIME_ONLY: ReadonlySet<string> = new Set([
  'node-addon-api',
  'yargs',
  '@tensorflow/tfjs-backend-cpu',
  '@types/emscripten',
  '@types/long',
  '@types/offscreencanvas',
  '@types/seedrandom',
  '@webgpu/types',
  'long',
  'node-fetch',
  'wasm-feature-detect',
]);
