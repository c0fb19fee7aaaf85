import type { EventTable } from '../event-type.ts';

/** E-5000 to E-5999: staff at the terminal: log-in, console, unlock. A badge has a random id; a name is never kept. */
export const STAFF_EVENTS = {} as const satisfies EventTable;
