import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { STAFF_ROLES, type StaffRole } from '#domain/staff/role.ts';
import { field, record } from './codec/containers.ts';
import { bytes, choice, stationId, time } from './codec/scalars.ts';
import type { FindVerifier, Signer } from './keys/signer.ts';
import { type MessageFault, signedMessage } from './signed-message.ts';
import { base45Decode, base45Encode } from './text/base45.ts';

/**
 * What a staff member carries: it names the person and proves nothing more. A copy of it is worth nothing, because the
 * PIN is asked for always and what a PIN is compared with stands in the staff list, never on the badge.
 */
export interface Badge {
  readonly staffId: string;
  readonly role: StaffRole;
  /** Random, 8 bytes: a badge that was replaced has another one than the staff list names. */
  readonly badgeId: Uint8Array;
  readonly issuedAt: number;
  readonly validUntil: number;
}

export const BADGE_PREFIX = 'EIDB1:';
/** Ours has about 330 characters. */
const LONGEST_CODE = 1200;

/** A code of letters and digits, drawn by whoever runs the registry; a name has nothing to do here. */
export const staffId = stationId;

export const badgeMessage = signedMessage<Badge>(
  'badge',
  record('badge', {
    staffId: field(1, staffId, 'a code, not a name'),
    role: field(2, choice(STAFF_ROLES)),
    badgeId: field(3, bytes(8), 'random'),
    issuedAt: field(4, time),
    validUntil: field(5, time),
  }),
);

/** `EIDB1:` and Base45 of the signed badge. `signer` is the registry's key of use `staff`. */
export function signBadge(request: { readonly badge: Badge; readonly signer: Signer }): string {
  return `${BADGE_PREFIX}${base45Encode(badgeMessage.sign(request.badge, request.signer))}`;
}

/** `not-ours` is any other code. Validity is the caller's to judge. */
export function openBadge(request: {
  readonly code: string;
  readonly findVerifier: FindVerifier;
}): Result<Badge, { readonly reason: 'not-ours' } | MessageFault> {
  const { code, findVerifier } = request;
  if (!code.startsWith(BADGE_PREFIX)) return err({ reason: 'not-ours' });
  const octets = code.length > LONGEST_CODE ? undefined : base45Decode(code.slice(BADGE_PREFIX.length));
  if (octets === undefined) return err({ reason: 'malformed', where: 'badge' });
  const opened = badgeMessage.open(octets, findVerifier);
  return opened.ok ? ok(opened.value.value) : opened;
}
