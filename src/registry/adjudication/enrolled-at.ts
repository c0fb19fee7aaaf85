import type { Enrolment } from '#domain/enrolment/enrolment.ts';

/**
 * When the citizen stood at the terminal, as far as its word is believed; milliseconds since 1970.
 *
 * Nobody enrols after the packet has arrived, so that a date beyond that is cut to the arrival: a terminal that is ahead
 * makes no minor of age and ends no card. What it says of the time before is believed, because a packet may travel for
 * weeks. A station's clock never falls below the last time that the registry proved to it, so that one that is behind
 * lets a card pass that expired since then at most; and it only makes people younger.
 */
export function enrolledAt(packet: { readonly enrolment: Enrolment; readonly receivedAt: number }): number {
  return Math.min(packet.enrolment.createdAt, packet.receivedAt);
}
