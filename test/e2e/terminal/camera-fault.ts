import type { Page } from '@playwright/test';

/** Names of the Media Capture specification, section 10.2.1 (getUserMedia). */
export type CameraFault = 'NotAllowedError' | 'NotFoundError';

/** Lets a page's camera be taken away: call it before the page loads, after whatever stands in for the camera. */
export async function makeCameraFailable(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const devices = navigator.mediaDevices;
    if (!devices) return;
    const open = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints) => {
      const { cameraFault } = window as { cameraFault?: string };
      if (cameraFault) throw new DOMException('not for you', cameraFault);
      return open(constraints);
    };
  });
}

/** The page's camera fails like this from now on; null mends it. */
export async function failCamera(page: Page, fault: CameraFault | null): Promise<void> {
  await page.evaluate((cameraFault) => Object.assign(window, { cameraFault }), fault);
}

/** Pulls the camera's cable out while it runs: its track ends, and none is found until it is plugged in again. */
export async function unplugCamera(page: Page): Promise<void> {
  await failCamera(page, 'NotFoundError');
  await page.evaluate(() => {
    const source = document.querySelector('video')?.srcObject;
    const track = source instanceof MediaStream ? source.getVideoTracks()[0] : undefined;
    if (track === undefined) throw new Error('no camera runs');
    track.stop();
    // A page that stops a track itself is not told (Media Capture and Streams, 4.3.4); one whose device went away is.
    track.dispatchEvent(new Event('ended'));
  });
}
