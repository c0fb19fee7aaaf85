import type { Enrolment } from '#domain/enrolment/enrolment.ts';
import { assertNever } from '#domain/result.ts';

/**
 * When the citizen stood at the terminal, as far as its word is believed; milliseconds since 1970.
 *
 * Nobody enrols after the packet has arrived, so that a date beyond that is cut to the arrival: a terminal that is ahead
 * makes no minor of age and ends no card. What it says of the time before is believed, because a packet may travel for
 * weeks. A station's clock never falls below the last time that the registry proved to it, so that one that is behind
 * lets a card pass that expired since then at most; and it only makes people younger.
 */
export function enrolledAt(packet: DatedPacket): number {
  return Math.min(packet.enrolment.createdAt, packet.receivedAt);
}

/**
 * The latest that a loss report can have been made: it ends what was issued by then. A terminal that does not vouch for
 * its clock may be years behind, and would find that nothing had been issued yet; of its report the arrival counts. What
 * was issued between making and arrival is then ended too, if the password is its own: whoever reports a loss is safe.
 */
export function reportedBy(packet: DatedPacket): number {
  switch (packet.enrolment.clockTrust) {
    case 'synchronised':
    case 'drifting':
      return enrolledAt(packet);
    case 'doubtful':
    case 'unknown':
      return packet.receivedAt;
    default:
      return assertNever(packet.enrolment.clockTrust);
  }
}

interface DatedPacket {
  readonly enrolment: Enrolment;
  readonly receivedAt: number;
}
