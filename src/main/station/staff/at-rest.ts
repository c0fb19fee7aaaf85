import { createCipheriv, createDecipheriv } from 'node:crypto';
import { err, ok, type Result } from '#domain/result.ts';

/**
 * AES-256-GCM (NIST SP 800-38D) for what lies on the station's disk and must be read again:
 *
 * | bytes | content |
 * |---|---|
 * | 0-11 | nonce, random |
 * | 12- | ciphertext |
 * | last 16 | tag, over the ciphertext and what it belongs to |
 */
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function encryptAtRest(request: {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** 12 random bytes. */
  readonly nonce: Uint8Array;
  readonly plain: Uint8Array;
  /** Names the place, so that what is moved to another one does not open there. */
  readonly belongsTo: string;
}): Uint8Array {
  const cipher = createCipheriv(CIPHER, request.key, request.nonce);
  cipher.setAAD(Buffer.from(request.belongsTo, 'utf8'));
  const parts = [request.nonce, cipher.update(request.plain), cipher.final(), cipher.getAuthTag()];
  return Uint8Array.from(Buffer.concat(parts));
}

/** What it returns is the caller's to wipe. */
export function decryptAtRest(request: {
  readonly key: Uint8Array;
  readonly octets: Uint8Array;
  readonly belongsTo: string;
}): Result<Uint8Array, 'not-ours'> {
  const { octets } = request;
  if (octets.length < NONCE_BYTES + TAG_BYTES) return err('not-ours');
  const decipher = createDecipheriv(CIPHER, request.key, octets.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(request.belongsTo, 'utf8'));
  decipher.setAuthTag(octets.subarray(octets.length - TAG_BYTES));
  const begun = decipher.update(octets.subarray(NONCE_BYTES, octets.length - TAG_BYTES));
  try {
    decipher.final();
  } catch {
    begun.fill(0);
    return err('not-ours'); // the tag does not fit: another key, or somebody changed it
  }
  return ok(new Uint8Array(begun.buffer, begun.byteOffset, begun.byteLength));
}
