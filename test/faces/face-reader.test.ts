import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { LARGEST_FACE_PICTURE } from '#contract/face-messages.ts';
import { COMPARISON_TABLE } from '#domain/comparison/comparison-table.ts';
import { embeddingDistance, type FaceEmbedding } from '#domain/comparison/embedding.ts';
import { createFaceReader, type FaceReader, type PictureOrigin } from '#faces/face-reader.ts';
import { HUGE } from './hostile-pictures.ts';
import { cardPortrait, testPicture } from './test-picture.ts';

let reader: FaceReader;
beforeAll(async () => {
  reader = await createFaceReader();
});

async function embedding(bytes: Uint8Array, from: PictureOrigin = 'frame'): Promise<FaceEmbedding> {
  const found = await reader.embed({ bytes, from });
  if (!found.ok) throw new Error(`no embedding: ${found.error}`);
  return found.value;
}
const fault = async (bytes: Uint8Array, from: PictureOrigin = 'frame') => {
  const found = await reader.embed({ bytes, from });
  return found.ok ? 'a face' : found.error;
};

describe('a face in a picture', () => {
  it('is the same turned by 30 degrees and on a card of 102x126, and another head’s is not', async () => {
    const lin = await embedding(testPicture('lin'));
    const { same, different } = COMPARISON_TABLE;
    expect(embeddingDistance(lin, await embedding(testPicture('lin-turned')))).toBeLessThan(same.value - 0.1);
    expect(embeddingDistance(lin, await embedding(cardPortrait('lin'), 'card'))).toBeLessThan(
      same.value - 0.1,
    );
    expect(embeddingDistance(lin, await embedding(testPicture('otto')))).toBeGreaterThan(
      different.value + 0.1,
    );
  });

  it('is embedded as the very same numbers each time', async () => {
    const once = await embedding(testPicture('lin'));
    expect(await embedding(testPicture('lin'))).toEqual(once);
  });

  it('must be there, and be the only one of its size', async () => {
    expect(await fault(testPicture('nobody'))).toBe('no-face');
    expect(await fault(testPicture('two-people'))).toBe('several-faces');
  });

  it('leaves no tensor behind, whatever was seen', async () => {
    const before = reader.tensors;
    await embedding(testPicture('lin'));
    for (const name of ['nobody', 'two-people'] as const) await fault(testPicture(name));
    expect(reader.tensors).toBe(before);
  });
});

describe('a hostile picture', () => {
  it.each(Object.entries(HUGE))('%s is not unpacked', async (_, bytes) => {
    const began = performance.now();
    expect(await fault(bytes)).toBe('unreadable');
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('of more bytes than a portrait is not looked at', async () => {
    const large = new Uint8Array(LARGEST_FACE_PICTURE + 1);
    large.set(testPicture('lin'));
    expect(await fault(large)).toBe('unreadable');
  });

  it('of one pixel has no face', async () => {
    const bmp = new Uint8Array(58);
    bmp.set([0x42, 0x4d]);
    const view = new DataView(bmp.buffer);
    for (const [at, value] of [
      [10, 54],
      [14, 40],
      [18, 1],
      [22, 1],
    ] as const)
      view.setUint32(at, value, true);
    view.setUint16(28, 24, true);
    expect(await fault(bmp)).toBe('no-face');
    expect(await fault(bmp, 'card')).toBe('no-face');
  });

  it.each([
    ['JPEG', () => testPicture('lin')],
    ['WebP', () => cardPortrait('lin')],
  ])('that is a %s cut off anywhere gives an answer', async (_, whole) => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 0.9, noNaN: true }), async (share) => {
        const bytes = whole();
        const found = await fault(bytes.slice(0, Math.floor(bytes.length * share)));
        expect(['unreadable', 'no-face', 'not-agreeing', 'a face']).toContain(found);
      }),
      { numRuns: 8 },
    );
  });

  it('of random bytes behind a mark of any kind is unreadable, and the next picture is read as before', async () => {
    const mark = fc.constantFrom(
      [0xff, 0xd8, 0xff, 0xe0],
      [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
      [0x42, 0x4d],
      [...new TextEncoder().encode('RIFF\0\0\0\0WEBPVP8 ')],
      [...new TextEncoder().encode('RIFF\0\0\0\0WEBPVP8L')],
      [],
    );
    await fc.assert(
      fc.asyncProperty(mark, fc.uint8Array({ maxLength: 400 }), async (begin, rest) => {
        expect(await fault(Uint8Array.from([...begin, ...rest]))).toBe('unreadable');
      }),
      { numRuns: 150 },
    );
    expect(await fault(cardPortrait('mei'), 'card')).toBe('a face');
  });
});
