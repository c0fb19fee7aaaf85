import { describe, expect, it } from 'vitest';
import { isTyping } from '#shell/typed-key.ts';

interface Held {
  readonly control?: boolean;
  readonly alt?: boolean;
  readonly meta?: boolean;
}

const press = (key: string, held: Held = {}) =>
  isTyping({ key, control: false, alt: false, meta: false, ...held });

describe('what a keyboard may do at the terminal', () => {
  it.each([
    'a',
    'Z',
    '7',
    'X',
    ' ',
    '·',
    '张',
    '𠮷',
    'Enter',
    'Backspace',
    'Tab',
    'Escape',
    'ArrowLeft',
    'Shift',
  ])('types %s', (key) => expect(press(key)).toBe(true));

  it('lets staff call the console', () => {
    expect(press('F2')).toBe(true);
    expect(press('F2', { control: true })).toBe(false);
  });

  it.each(['@', '€', '\\', '{', '~'])('types %s with AltGr', (key) =>
    expect(press(key, { control: true, alt: true })).toBe(true),
  );

  it.each<[string, Held, string]>([
    ['p', { control: true }, 'print'],
    ['s', { control: true }, 'save'],
    ['o', { control: true }, 'open a file'],
    ['n', { control: true }, 'a new window'],
    ['t', { control: true }, 'a new tab'],
    ['w', { control: true }, 'close'],
    ['q', { control: true }, 'quit'],
    ['r', { control: true }, 'reload'],
    ['u', { control: true }, 'source text'],
    ['f', { control: true }, 'search'],
    ['I', { control: true }, 'developer tools'],
    ['Delete', { control: true, alt: true }, 'restart'],
    ['t', { control: true, alt: true }, 'a terminal'],
    ['+', { control: true }, 'zoom'],
    ['0', { control: true }, 'zoom'],
    ['F4', { alt: true }, 'close'],
    ['Tab', { alt: true }, 'another window'],
    ['ArrowLeft', { alt: true }, 'the page before'],
    ['d', { meta: true }, 'the desktop'],
    ['Meta', {}, 'the system’s menu'],
    ['Control', {}, 'half a shortcut'],
    ['Alt', {}, 'the menu'],
    ['F1', {}, 'help'],
    ['F5', {}, 'reload'],
    ['F11', {}, 'leave the full screen'],
    ['F12', {}, 'developer tools'],
    ['PrintScreen', {}, 'a picture of the screen'],
    ['ContextMenu', {}, 'the context menu'],
    ['BrowserBack', {}, 'the page before'],
    ['LaunchApplication1', {}, 'another program'],
    ['ZoomIn', {}, 'zoom'],
    ['Unidentified', {}, 'anything'],
  ])('does not pass %s with %j on: %s', (key, held) => expect(press(key, held)).toBe(false));
});
