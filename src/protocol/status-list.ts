import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { field, record } from './codec/containers.ts';
import { numericDate } from './codec/numeric-date.ts';
import { bytesUpTo, constant, unsigned } from './codec/scalars.ts';
import type { FindVerifier, Signer } from './keys/signer.ts';
import { type MessageFault, signedMessage } from './signed-message.ts';
import { deflate, inflate } from './text/zlib.ts';

/** Places in one block. An e-ID's `statusIndex` counts through all blocks. */
export const STATUS_BLOCK_PLACES = 2 ** 20;
/** One bit a place. */
export const STATUS_BLOCK_BYTES = STATUS_BLOCK_PLACES / 8;
/** A block of 2^20 e-IDs is the last that a `statusIndex` of 32 bits can name. */
export const LAST_STATUS_BLOCK = 2 ** 32 / STATUS_BLOCK_PLACES - 1;
/** What zlib makes of octets that cannot be compressed: five more for every 16 KiB, and its own frame. */
const LARGEST_COMPRESSED = STATUS_BLOCK_BYTES + 1024;

/** Which e-IDs of a block were revoked, as the issuer knew it at a moment. */
export interface StatusList {
  /** `statusIndex` divided by {@link STATUS_BLOCK_PLACES}, rounded down. */
  readonly block: number;
  /** Milliseconds since 1970, whole seconds. */
  readonly issuedAt: number;
  /** Milliseconds since 1970, whole seconds. From here on the list tells nothing about e-IDs that it does not name. */
  readonly expiresAt: number;
  /** {@link STATUS_BLOCK_BYTES} bytes; place n is bit n mod 8 of byte n / 8, counted from the least significant. */
  readonly places: Uint8Array;
}

interface WireStatusList extends Omit<StatusList, 'places'> {
  readonly bits: 1;
  readonly compressed: Uint8Array;
}

/**
 * After the IETF's draft-ietf-oauth-status-list, section 4: a CWT with dates and a compressed bit array, of which bit 0
 * stands for place 0. Where the draft has text keys and an address, ours has integer keys and the number of a block.
 */
export const statusListMessage = signedMessage<WireStatusList>(
  'status-list',
  record('status list', {
    expiresAt: field(4, numericDate, '`exp`'),
    issuedAt: field(6, numericDate, '`iat`'),
    block: field(-70_006, unsigned(LAST_STATUS_BLOCK), 'of 2^20 places each'),
    bits: field(-70_007, constant(1), 'bits a place; 1 is revoked'),
    compressed: field(-70_008, bytesUpTo(LARGEST_COMPRESSED), 'zlib (RFC 1950) of 131072 octets'),
  }),
);

export async function signStatusList(request: {
  readonly list: StatusList;
  /** The issuer. */
  readonly signer: Signer;
}): Promise<Uint8Array<ArrayBuffer>> {
  const { places, ...dates } = request.list;
  if (places.length !== STATUS_BLOCK_BYTES) throw new RangeError(`a block has ${STATUS_BLOCK_BYTES} octets`);
  const compressed = await deflate(places);
  return statusListMessage.sign({ ...dates, bits: 1, compressed }, request.signer);
}

/**
 * Opens a list with the issuer's key and inflates no more than a block has. Whether it is still in force is the caller's
 * to judge, who knows what the clock here is worth.
 */
export async function openStatusList(request: {
  readonly octets: Uint8Array;
  readonly findVerifier: FindVerifier;
}): Promise<Result<StatusList, MessageFault>> {
  const opened = statusListMessage.open(request.octets, request.findVerifier);
  if (!opened.ok) return opened;
  const { block, issuedAt, expiresAt, compressed } = opened.value.value;
  if (expiresAt < issuedAt) {
    return err({ reason: 'malformed', where: 'status-list.expiresAt', problem: 'lies before issuedAt' });
  }
  const places = await inflate(compressed, STATUS_BLOCK_BYTES);
  if (!places.ok || places.value.length !== STATUS_BLOCK_BYTES) {
    const problem = `must inflate to ${STATUS_BLOCK_BYTES} octets`;
    return err({ reason: 'malformed', where: 'status-list.compressed', problem });
  }
  return ok({ block, issuedAt, expiresAt, places: places.value });
}

/** The block that a place belongs to. */
export function statusBlockOf(statusIndex: number): number {
  return Math.floor(statusIndex / STATUS_BLOCK_PLACES);
}

/** What a list says of one e-ID, by its `statusIndex`. */
export function statusAt(
  list: Pick<StatusList, 'block' | 'places'>,
  statusIndex: number,
): 'valid' | 'revoked' | 'not-in-this-block' {
  if (statusBlockOf(statusIndex) !== list.block) return 'not-in-this-block';
  const place = statusIndex % STATUS_BLOCK_PLACES;
  const octet = list.places[Math.floor(place / 8)] ?? 0;
  return ((octet >> (place % 8)) & 1) === 1 ? 'revoked' : 'valid';
}

/** The octets of a block of which these places are revoked. */
export function placesOf(revoked: Iterable<number>): Uint8Array {
  const places = new Uint8Array(STATUS_BLOCK_BYTES);
  for (const statusIndex of revoked) {
    const place = statusIndex % STATUS_BLOCK_PLACES;
    const at = Math.floor(place / 8);
    places[at] = (places[at] ?? 0) | (1 << (place % 8));
  }
  return places;
}
