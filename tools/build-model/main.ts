import '../../src/require-node.mjs';
import { resolve } from 'node:path';
import { buildModel } from './build-model.ts';

/** `npm run build:model`: assembles resources/models/face_landmarker.task from a registry package, offline. */
const root = resolve(import.meta.dirname, '../..');
const target = resolve(root, 'resources/models/face_landmarker.task');
const outcome = buildModel({ packageFolder: resolve(root, 'node_modules/@mediapipe/face_mesh'), target });
console.log(outcome === 'built' ? `built ${target}` : `${target} is already the pinned model`);
