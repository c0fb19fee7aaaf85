import type { SlipDrawer } from '#station/session/session-ports.ts';

/** Draws with what is loaded for the first slip: fonts and the PDF writer take longer than the whole start. */
export const drawOwnSlip: SlipDrawer = async (slip) => (await import('./draw-slip.ts')).drawSlip(slip);
