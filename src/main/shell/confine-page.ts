import { isTyping, type KeyPress } from './typed-key.ts';

/**
 * Runs in every page of ours before its own scripts: what a page can be made to do by hand, and should not. Electron's
 * preload calls it; the Chromium host hands its text to the page, so that it names nothing outside itself.
 */
export function confinePage(typing: (press: KeyPress) => boolean): void {
  const prevent = (event: Event) => event.preventDefault();
  const capture = { capture: true, passive: false };
  for (const kind of ['contextmenu', 'dragstart', 'dragover', 'drop', 'auxclick', 'gesturestart']) {
    globalThis.addEventListener(kind, prevent, capture);
  }
  const keys = (event: KeyboardEvent) => {
    const { key, ctrlKey: control, altKey: alt, metaKey: meta } = event;
    if (typing({ key, control, alt, meta })) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  globalThis.addEventListener('keydown', keys, capture);
  // A wheel turned with control held, and a pinch on a touch pad, zoom.
  const wheel = (event: WheelEvent) => {
    if (event.ctrlKey) event.preventDefault();
  };
  globalThis.addEventListener('wheel', wheel, capture);
  // The first touch is a citizen's; a second finger pinches.
  const touch = (event: TouchEvent) => {
    if (event.touches.length > 1) event.preventDefault();
  };
  globalThis.addEventListener('touchmove', touch, capture);
}

/** The same as text, for a host that cannot share functions with its page. */
export const CONFINE_PAGE_SCRIPT = `(${confinePage.toString()})(${isTyping.toString()});`;
