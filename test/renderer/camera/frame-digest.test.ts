import { describe, expect, it } from 'vitest';
import { frameDigest } from '#renderer/camera/frame-digest.ts';
import { greyPicture, noise } from './pictures.ts';

const size = { width: 320, height: 240 };
/** The same view with a little noise of its own in every picture. */
const taken = (frame: number) => {
  const next = noise(frame);
  return greyPicture(size, (x, y) => 100 + ((x * y) % 50) + next());
};

describe('the digest of a picture', () => {
  it('is the same for the same pixels only', () => {
    expect(frameDigest(taken(1))).toBe(frameDigest(taken(1)));
    const digests = Array.from({ length: 60 }, (_, frame) => frameDigest(taken(frame)));
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('is a whole number of 32 bits', () => {
    for (const digest of [frameDigest(taken(1)), frameDigest(greyPicture(size, () => 0))]) {
      expect(Number.isInteger(digest)).toBe(true);
      expect(digest).toBeGreaterThanOrEqual(0);
      expect(digest).toBeLessThan(2 ** 32);
    }
  });

  it('changes with one grey level on a seventh of the pixels', () => {
    const plain = frameDigest(greyPicture(size, () => 100));
    for (let column = 0; column < 14; column++) {
      expect(frameDigest(greyPicture(size, (x) => (x % 7 === column % 7 ? 101 : 100)))).not.toBe(plain);
    }
  });

  it('tells apart the same pixels in another shape', () => {
    expect(frameDigest(greyPicture({ width: 240, height: 320 }, () => 100))).not.toBe(
      frameDigest(greyPicture(size, () => 100)),
    );
  });
});
