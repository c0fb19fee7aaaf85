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
