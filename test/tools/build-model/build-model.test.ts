import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildModel, readSource } from '../../../tools/build-model/build-model.ts';
import {
  assembleFaceLandmarker,
  checkPin,
  MODEL_PIN,
  sha256,
} from '../../../tools/build-model/face-landmarker.ts';

const packageFolder = resolve(import.meta.dirname, '../../../node_modules/@mediapipe/face_mesh');

describe('building the face model', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'build-model-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives the same pinned bytes twice', () => {
    const first = assembleFaceLandmarker(readSource(packageFolder));
    const second = assembleFaceLandmarker(readSource(packageFolder));
    expect(Buffer.compare(first, second)).toBe(0);
    expect(sha256(first)).toBe(MODEL_PIN);
  });

  it('creates the folder and leaves nothing else in it', () => {
    const target = join(folder, 'resources/models/face_landmarker.task');
    expect(buildModel({ packageFolder, target })).toBe('built');
    expect(readdirSync(join(folder, 'resources/models'))).toEqual(['face_landmarker.task']);
    expect(sha256(readFileSync(target))).toBe(MODEL_PIN);
  });

  it('leaves a model that is already right untouched', () => {
    const target = join(folder, 'face_landmarker.task');
    buildModel({ packageFolder, target });
    const before = statSync(target).mtimeMs;
    expect(buildModel({ packageFolder, target })).toBe('present');
    expect(statSync(target).mtimeMs).toBe(before);
  });

  it('replaces a model that was cut short', () => {
    const target = join(folder, 'face_landmarker.task');
    writeFileSync(target, readFileSync(join(packageFolder, 'face_mesh.js')));
    expect(buildModel({ packageFolder, target })).toBe('built');
    expect(sha256(readFileSync(target))).toBe(MODEL_PIN);
  });

  it.each(['data', 'loader'] as const)('refuses weights whose %s was changed by one bit', (part) => {
    const source = readSource(packageFolder);
    const changed = Uint8Array.from(source[part]);
    changed[1000] = (changed[1000] ?? 0) ^ 1;
    expect(() => assembleFaceLandmarker({ ...source, [part]: changed })).toThrow(
      /is not the pinned one: sha256/,
    );
  });

  it('refuses a result that is not the pinned one, and names both hashes', () => {
    const bytes = new Uint8Array([1, 2, 3]);
    expect(() => checkPin({ what: 'the model', bytes, pin: MODEL_PIN })).toThrow(
      `the model is not the pinned one: sha256 is ${sha256(bytes)}, expected ${MODEL_PIN}`,
    );
  });
});
