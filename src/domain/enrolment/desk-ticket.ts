import type { DeskTicket, TicketReason } from '../session/snapshot.ts';

/** Letters that are not mistaken for digits when they are called out or read from a distance. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const NUMBERS = 999;

/** How many labels there are before they begin again. */
export const TICKET_LABELS = LETTERS.length * NUMBERS;

/**
 * A ticket that a desk continues from. It says where and why the terminal stopped, and nothing about the person.
 * `serial` counts the station's tickets; `A-001` to `Z-999` repeat after {@link TICKET_LABELS}.
 */
export function deskTicket(request: {
  readonly station: string;
  readonly at: number;
  readonly step: string;
  readonly reason: TicketReason;
  readonly serial: number;
}): DeskTicket {
  const { serial, ...ticket } = request;
  const place = ((serial % TICKET_LABELS) + TICKET_LABELS) % TICKET_LABELS;
  const letter = LETTERS.charAt(Math.floor(place / NUMBERS));
  const number = String((place % NUMBERS) + 1).padStart(3, '0');
  return { ...ticket, label: `${letter}-${number}` };
}
