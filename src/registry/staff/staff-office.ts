import type { Clock, RandomBytes } from '#domain/clock.ts';
import type { StaffRole } from '#domain/staff/role.ts';
import { signBadge } from '#protocol/badge.ts';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import { makePinVerifier, PIN_SALT_BYTES } from '#protocol/pin-verifier.ts';
import { parseNonce, signUnlock } from '#protocol/unlock.ts';
import type { DataFolder } from '../founding/found-registry.ts';
import { ensureSecret } from '../founding/secret-files.ts';
import { type StaffBook, staffBook } from './staff-book.ts';

const DAY_MS = 86_400_000;
/** An unlock is read out or carried over within the shift in which it was asked for. */
const UNLOCK_MS = DAY_MS;
/** Eight digits; a registry that draws them gives nobody's birthday. */
const DRAWN_PIN_DIGITS = 8;

export interface IssuedBadge {
  /** `EIDB1:` text for the QR code. */
  readonly badge: string;
  /** Told once, to the member alone. */
  readonly pin: string;
}

/** What whoever runs the registry does about staff: badges, their withdrawal, and unlocks of a blocked console. */
export interface StaffOffice {
  readonly publicKey: Uint8Array;
  readonly book: StaffBook;
  /** A new badge and PIN; those that the member had before are worth nothing once stations have the new list. */
  issueBadge(order: {
    readonly staffId: string;
    readonly role: StaffRole;
    readonly days: number;
  }): Promise<IssuedBadge>;
  withdrawBadge(staffId: string): Promise<boolean>;
  /** `EIDU1:` text, or null when `nonce` is not what a console shows. */
  unlock(order: { readonly stationId: string; readonly nonce: string }): string | null;
}

/** Opens the office of a founded registry; a registry from before there was staff gets its key now. */
export async function openStaffOffice(options: {
  readonly folder: DataFolder;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}): Promise<StaffOffice> {
  const { folder, clock, randomBytes } = options;
  const signer: Signer = nodeSigner(await ensureSecret(folder.keys, 'staff', randomBytes));
  const book = staffBook({ path: folder.staffList, signer });
  return {
    publicKey: signer.publicKey,
    book,
    async issueBadge({ staffId, role, days }) {
      const now = clock.now();
      const badge = {
        staffId,
        role,
        badgeId: randomBytes(8),
        issuedAt: now,
        validUntil: now + days * DAY_MS,
      };
      const code = signBadge({ badge, signer });
      const pin = drawPin(randomBytes);
      const octets = new TextEncoder().encode(pin);
      const verifier = await makePinVerifier({ pin: octets, salt: randomBytes(PIN_SALT_BYTES) });
      octets.fill(0);
      const { badgeId, validUntil } = badge;
      await book.put({ staffId, role, badgeId, validUntil, pin: verifier }, now);
      return { badge: code, pin };
    },
    withdrawBadge: (staffId) => book.remove(staffId, clock.now()),
    unlock({ stationId, nonce }) {
      const drawn = parseNonce(nonce);
      if (drawn === undefined) return null;
      return signUnlock({ unlock: { stationId, nonce: drawn, expiresAt: clock.now() + UNLOCK_MS }, signer });
    },
  };
}

/** Every digit alike likely: octets of 250 and more are drawn again. */
function drawPin(randomBytes: RandomBytes): string {
  let pin = '';
  while (pin.length < DRAWN_PIN_DIGITS) {
    for (const octet of randomBytes(16)) {
      if (octet < 250 && pin.length < DRAWN_PIN_DIGITS) pin += String(octet % 10);
    }
  }
  return pin;
}
