/** Movements that a citizen can be asked for. Left and right are the citizen's own. */
export const ACTIONS = ['turn-left', 'turn-right', 'nod', 'open-mouth', 'smile', 'blink'] as const;
export type Action = (typeof ACTIONS)[number];
