import { ok, type Result } from '#domain/result.ts';
import { STAFF_ROLES, type StaffRole } from '#domain/staff/role.ts';
import { staffId } from './badge.ts';
import { field, list, record } from './codec/containers.ts';
import { bytes, choice, integer, time } from './codec/scalars.ts';
import type { FindVerifier, Signer } from './keys/signer.ts';
import { type PinVerifier, pinVerifierCodec } from './pin-verifier.ts';
import { type MessageFault, signedMessage } from './signed-message.ts';

/** Who may log in at stations. Whoever is not on the newest list does not, whatever badge is shown. */
export interface StaffList {
  /** Never decreases. */
  readonly version: number;
  readonly issuedAt: number;
  readonly staff: readonly StaffEntry[];
}

export interface StaffEntry {
  readonly staffId: string;
  readonly role: StaffRole;
  /** Of the badge in force, 8 bytes. */
  readonly badgeId: Uint8Array;
  readonly validUntil: number;
  readonly pin: PinVerifier;
}

export const staffEntryCodec = record<StaffEntry>('staff entry', {
  staffId: field(1, staffId),
  role: field(2, choice(STAFF_ROLES)),
  badgeId: field(3, bytes(8), 'of the badge in force'),
  validUntil: field(4, time),
  pin: field(5, pinVerifierCodec),
});

export const MOST_STAFF = 500;

export const staffListMessage = signedMessage<StaffList>(
  'staff-list',
  record('staff list', {
    version: field(1, integer(1, 0xffff_ffff), 'never decreases'),
    issuedAt: field(2, time),
    staff: field(3, list(staffEntryCodec, MOST_STAFF)),
  }),
);

/** `signer` is the registry's key of use `staff`. */
export function signStaffList(request: {
  readonly list: StaffList;
  readonly signer: Signer;
}): Uint8Array<ArrayBuffer> {
  return staffListMessage.sign(request.list, request.signer);
}

export function openStaffList(request: {
  readonly octets: Uint8Array;
  readonly findVerifier: FindVerifier;
}): Result<StaffList, MessageFault> {
  const opened = staffListMessage.open(request.octets, request.findVerifier);
  return opened.ok ? ok(opened.value.value) : opened;
}
