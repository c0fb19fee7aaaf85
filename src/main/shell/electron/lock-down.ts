import { app, type BrowserWindow, Menu, type Session } from 'electron';
import { SECURITY_HEADERS } from '../content-security-policy.ts';

/**
 * Everything that would let a citizen out of the page, or let a page ask for more than the camera. Runs before the
 * first window opens.
 */
export function lockDown(origin: string): void {
  Menu.setApplicationMenu(null);
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => {
      if (!event.url.startsWith(`${origin}/`)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.on('before-input-event', (event, input) => {
      const shortcut = input.control || input.alt || input.meta || /^F\d+$/.test(input.key);
      if (shortcut) event.preventDefault();
    });
    contents.on('context-menu', (event) => event.preventDefault());
  });
}

/** The camera and our own origin: nothing else is granted, loaded or saved in this session. */
export function restrictSession(kiosk: Session, origin: string): void {
  kiosk.setPermissionRequestHandler((contents, permission, answer, details) => {
    const camera =
      permission === 'media' &&
      'mediaTypes' in details &&
      details.mediaTypes?.every((type) => type === 'video');
    answer(camera === true && contents.getURL().startsWith(`${origin}/`));
  });
  kiosk.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) =>
      permission === 'media' && requestingOrigin.startsWith(origin),
  );
  kiosk.setDevicePermissionHandler(() => false);
  kiosk.on('will-download', (event) => event.preventDefault());
  kiosk.webRequest.onBeforeRequest((request, answer) =>
    answer({ cancel: !request.url.startsWith(`${origin}/`) }),
  );
  kiosk.webRequest.onHeadersReceived((details, answer) =>
    answer({ responseHeaders: { ...details.responseHeaders, ...SECURITY_HEADERS } }),
  );
}

/** Keeps the page at its drawn size: no zoom by wheel, keys or pinch. */
export function fixZoom(window: BrowserWindow): void {
  window.webContents.setVisualZoomLevelLimits(1, 1).catch((error: unknown) => {
    throw error;
  });
  window.webContents.on('zoom-changed', () => window.webContents.setZoomFactor(1));
}
