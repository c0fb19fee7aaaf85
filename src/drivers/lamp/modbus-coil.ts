/**
 * Modbus-RTU, function 05 (write single coil), to station 1. Channel 1 is coil 0. The answer is the request again; a
 * refusal is the function with bit 7 set and an exception code.
 *
 *     01 05 00 cc FF 00 crc crc    coil cc on (00 00: off); the CRC's low octet comes first
 *     01 85 ee crc crc             refused, exception ee
 */
const STATION = 1;
const WRITE_COIL = 0x05;
const REFUSED = 0x85;
export const REFUSAL_LENGTH = 5;

export function coilFrame(relay: { readonly channel: number; readonly on: boolean }): Uint8Array {
  const { channel, on } = relay;
  const coil = channel - 1;
  return withCrc([STATION, WRITE_COIL, coil >> 8, coil & 0xff, on ? 0xff : 0x00, 0x00]);
}

export type CoilAnswer = 'more-to-come' | 'done' | 'refused' | 'damaged';

/** What has come so far, as the answer to a frame. */
export function readCoilAnswer(received: Uint8Array, frame: Uint8Array): CoilAnswer {
  const isRefusal = received[0] === STATION && received[1] === REFUSED;
  const wanted = isRefusal ? REFUSAL_LENGTH : frame.length;
  if (received.length < wanted) return 'more-to-come';
  if (received.length > wanted) return 'damaged';
  if (isRefusal) return isWhole(received) ? 'refused' : 'damaged';
  return received.every((octet, index) => octet === frame[index]) ? 'done' : 'damaged';
}

/** CRC-16 of Modbus: polynomial A001 (8005 mirrored), begun at FFFF. */
export function crc16(octets: Iterable<number>): number {
  let crc = 0xffff;
  for (const octet of octets) {
    crc ^= octet;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 0 ? crc >> 1 : (crc >> 1) ^ 0xa001;
  }
  return crc;
}

function withCrc(octets: readonly number[]): Uint8Array {
  const crc = crc16(octets);
  return Uint8Array.of(...octets, crc & 0xff, crc >> 8);
}

/** The CRC over a frame and its own CRC is nought. */
function isWhole(frame: Uint8Array): boolean {
  return crc16(frame) === 0;
}
