/** A key press as Electron and the DOM name it: `key` after the UI Events specification. */
export interface KeyPress {
  readonly key: string;
  readonly control: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
}

/**
 * Whether a key press is typing, which the page gets, and not a shortcut of browser or system, which nobody gets.
 * An allow-list: letters and what moves through a form. AltGr arrives as control and alt together and types a letter on
 * many layouts.
 *
 * The function names nothing outside itself: the Chromium host hands its text to the page.
 */
export function isTyping(press: KeyPress): boolean {
  const moving = [
    'Tab',
    'Enter',
    'Backspace',
    'Delete',
    'Escape',
    'ArrowUp',
    'ArrowDown',
    'ArrowLeft',
    'ArrowRight',
    'Home',
    'End',
    'PageUp',
    'PageDown',
    'Shift',
    'CapsLock',
    'AltGraph',
    'Dead',
    'Process',
    // Calls the console, see docs/console.md.
    'F2',
  ];
  const letter = [...press.key].length === 1;
  if (press.meta) return false;
  if (press.control || press.alt) {
    return press.control && press.alt && letter && !/^[\p{Lu}\p{Ll}\p{Nd} ]$/u.test(press.key);
  }
  return letter || moving.includes(press.key);
}
