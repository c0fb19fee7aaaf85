import type { EventTable } from '../event-type.ts';

/** E-6000 to E-6999: slips and e-IDs that were shown to the terminal to be checked. */
export const CHECK_EVENTS = {} as const satisfies EventTable;
