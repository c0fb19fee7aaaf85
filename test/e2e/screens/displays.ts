/** The displays that the screens are drawn for: a kiosk's, one that lies across, and a laptop at a desk. */
export const DISPLAYS = {
  '1080x1920': { width: 1080, height: 1920 },
  '1920x1080': { width: 1920, height: 1080 },
  '1366x768': { width: 1366, height: 768 },
} as const;
