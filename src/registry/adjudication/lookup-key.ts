import { createHmac } from 'node:crypto';

/**
 * Under what a person is found again: HMAC-SHA-256(registry secret, citizen number). A bare hash would be no cover at
 * all, since the numbers that exist can be tried out in minutes.
 */
export function lookupKey(secret: Uint8Array, citizenNumber: string): Uint8Array {
  return new Uint8Array(
    createHmac('sha256', secret).update('eid-registry/person/v1\0').update(citizenNumber).digest(),
  );
}
