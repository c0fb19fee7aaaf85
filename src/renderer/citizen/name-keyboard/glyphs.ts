const SIDE = 24;
/** Nothing is ever assigned here, so that no font draws it. */
const UNDRAWN = '\u{10fffd}';

/**
 * Tells whether any font of the page draws a character, by drawing it: what is drawn like a character that no font has,
 * or not at all, is missing. Remembers its answers once the page's fonts have come.
 */
export function glyphWatch(family: string): (character: string) => boolean {
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const known = new Map<string, boolean>();
  const drawn = (character: string): string | null => {
    if (pen === null) return null;
    pen.clearRect(0, 0, SIDE, SIDE);
    pen.font = `${SIDE - 4}px ${family}`;
    pen.textBaseline = 'middle';
    pen.fillText(character, 2, SIDE / 2);
    return pen.getImageData(0, 0, SIDE, SIDE).data.join();
  };
  return (character) => {
    const remembered = known.get(character);
    if (remembered !== undefined) return remembered;
    const picture = drawn(character);
    const has = picture === null || (picture !== drawn(UNDRAWN) && /[1-9]/.test(picture));
    if (document.fonts.status === 'loaded') known.set(character, has);
    return has;
  };
}
