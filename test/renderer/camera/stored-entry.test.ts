import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storedEntry } from '#renderer/camera/stored-entry.ts';
import { storedZip } from '../../../tools/build-model/stored-zip.ts';

describe('an entry of a stored bundle', () => {
  it('is read as it was stored, whatever else the bundle holds', () => {
    const entry = fc.record({
      name: fc.stringMatching(/^[a-z_.]{1,20}$/),
      bytes: fc.uint8Array({ maxLength: 400 }),
    });
    const entries = fc.uniqueArray(entry, { selector: ({ name }) => name, minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(entries, (stored) => {
        const zip = storedZip(stored);
        for (const { name, bytes } of stored) {
          expect(Buffer.from(storedEntry(zip, name)).equals(Buffer.from(bytes))).toBe(true);
        }
      }),
    );
  });

  it('is a TensorFlow Lite model in the bundle that the product ships', () => {
    const bundle = readFileSync(
      resolve(import.meta.dirname, '../../../resources/models/face_landmarker.task'),
    );
    const model = storedEntry(bundle, 'face_detector.tflite');
    expect(new TextDecoder().decode(model.subarray(4, 8))).toBe('TFL3');
  });

  it.each([
    ['another name', storedZip([{ name: 'other', bytes: new Uint8Array(3) }])],
    ['no bundle at all', new Uint8Array(5)],
    ['no central directory', new Uint8Array(100)],
  ])('is refused by its name: %s', (_, zip) => {
    expect(() => storedEntry(zip, 'face_detector.tflite')).toThrow(
      new RangeError('no stored entry face_detector.tflite in this bundle'),
    );
  });
});
