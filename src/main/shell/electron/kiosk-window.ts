import { BrowserWindow, type Session } from 'electron';

/** One window over the whole display, without anything of a window about it. */
export function kioskWindow(options: {
  /** Path of the built preload. */
  readonly preload: string;
  readonly session: Session;
}): BrowserWindow {
  return new BrowserWindow({
    kiosk: true,
    fullscreen: true,
    frame: false,
    resizable: false,
    movable: false,
    minimizable: false,
    closable: false,
    autoHideMenuBar: true,
    skipTaskbar: true,
    backgroundColor: '#ffffff',
    webPreferences: {
      preload: options.preload,
      session: options.session,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      devTools: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      disableDialogs: true,
      // A middle click would open a link in a window of its own.
      disableBlinkFeatures: 'Auxclick',
      // The face tracker's page must not be slowed down while its window is being brought up.
      backgroundThrottling: false,
    },
  });
}
