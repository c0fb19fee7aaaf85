/** How long the portrait is shown before it is kept without a word from the citizen, milliseconds. */
export const PORTRAIT_CHOICE_MS = 12_000;
/** How often a citizen may have another one taken. */
export const PORTRAIT_RETAKES = 2;
