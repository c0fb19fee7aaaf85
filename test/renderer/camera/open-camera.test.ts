import { describe, expect, it } from 'vitest';
import { openCamera } from '#renderer/camera/open-camera.ts';

const failingWith = (name: string) => ({
  getUserMedia: () => Promise.reject(new DOMException('', name)),
});

/** A camera of so many pixels, and how often it was stopped. */
function cameraOf(width: number, height: number) {
  let stopped = 0;
  const track = {
    label: 'C525',
    getSettings: () => ({ deviceId: 'x', width, height }),
    stop: () => {
      stopped += 1;
    },
  } as unknown as MediaStreamTrack;
  const stream = { getTracks: () => [track], getVideoTracks: () => [track] } as unknown as MediaStream;
  return { devices: { getUserMedia: () => Promise.resolve(stream) }, stopped: () => stopped };
}

describe('opening the camera', () => {
  it.each([
    [640, 480],
    [480, 640],
    [480, 360],
    [0, 0],
  ])('takes one of %i by %i pixels', async (width, height) => {
    const { devices, stopped } = cameraOf(width, height);
    const { camera, live } = await openCamera(devices);
    expect(camera).toEqual({ state: 'running', label: 'C525', deviceId: 'x', width, height });
    expect(live).not.toBeNull();
    expect(stopped()).toBe(0);
  });

  it.each([
    [320, 240],
    [240, 320],
    [640, 352],
    [400, 400],
  ])('stops one of %i by %i pixels at once: too small', async (width, height) => {
    const { devices, stopped } = cameraOf(width, height);
    const { camera, live } = await openCamera(devices);
    expect(camera).toMatchObject({ state: 'too-small', width, height });
    expect(live).toBeNull();
    expect(stopped()).toBe(1);
  });

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
