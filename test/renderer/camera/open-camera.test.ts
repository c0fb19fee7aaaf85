import { describe, expect, it } from 'vitest';
import { openCamera } from '#renderer/camera/open-camera.ts';

const failingWith = (name: string) => ({
  getUserMedia: () => Promise.reject(new DOMException('', name)),
});

describe('opening the camera', () => {
  it.each([
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotAllowedError', 'refused'],
    ['SecurityError', 'refused'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
  ])('takes %s for a camera that is %s', async (name, state) => {
    const opened = await openCamera(failingWith(name));
    expect(opened).toEqual({ camera: { state, label: '', deviceId: '', width: 0, height: 0 }, live: null });
  });

  it('is refused on a page that may not have a camera at all', async () => {
    expect((await openCamera(undefined)).camera.state).toBe('refused');
  });

  it('does not take a bug for a missing camera', async () => {
    await expect(openCamera({ getUserMedia: () => Promise.reject(new TypeError('bug')) })).rejects.toThrow(
      'bug',
    );
  });
});
