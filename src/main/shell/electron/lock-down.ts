import { app, Menu, powerSaveBlocker, type WebContents } from 'electron';
import { isTyping } from '../typed-key.ts';

/**
 * Everything that would let a person out of the page. Runs before the first window opens and holds for every page that
 * is ever made, child windows and developer tools included.
 */
export function lockDown(origin: string): void {
  Menu.setApplicationMenu(null);
  powerSaveBlocker.start('prevent-display-sleep');
  app.on('web-contents-created', (_event, contents) => confine(contents, origin));
  // Electron would show the first certificate that it finds; whoever asks is not ours.
  app.on('select-client-certificate', (event) => event.preventDefault());
}

function confine(contents: WebContents, origin: string): void {
  const within = (url: string) => url.startsWith(`${origin}/`);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (!within(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!within(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!within(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // A page that asks "leave?" would keep a citizen's screen from being renewed.
  contents.on('will-prevent-unload', (event) => event.preventDefault());
  contents.on('before-input-event', (event, input) => {
    if (!isTyping(input)) event.preventDefault();
  });
  contents.on('context-menu', (event) => event.preventDefault());
  contents.on('devtools-opened', () => contents.closeDevTools());
  contents.on('zoom-changed', () => contents.setZoomFactor(1));
  contents.on('did-finish-load', () => {
    contents.setZoomFactor(1);
    // A page that went away meanwhile has no zoom to limit.
    contents.setVisualZoomLevelLimits(1, 1).catch(() => undefined);
  });
}
