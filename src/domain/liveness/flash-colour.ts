/**
 * Colours that the screen lights a face with, one after the other. None is a saturated red, neighbours differ in a
 * channel that the camera sees by itself, and {@link FLASH_MS} keeps them below three flashes a second (WCAG 2.2, 2.3.1).
 */
export const FLASH_COLOURS = ['white', 'green', 'violet', 'dark'] as const;
export type FlashColour = (typeof FLASH_COLOURS)[number];

/** How long each colour stands, ms. */
export const FLASH_MS = 340;

/** As the screen paints them, sRGB 0 to 255. */
export const FLASH_RGB: Readonly<Record<FlashColour, readonly [number, number, number]>> = {
  white: [255, 255, 255],
  green: [70, 235, 120],
  violet: [190, 110, 255],
  dark: [24, 30, 40],
};
