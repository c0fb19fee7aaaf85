import { existsSync } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RandomBytes } from '#domain/clock.ts';

/**
 * Secrets of the registry, one file of 32 bytes each, so that every module can be given its own and no other. A pilot
 * puts root and issuer into a hardware module.
 */
export const SECRET_NAMES = [
  /** Ed25519 seed: signs trust lists and station certificates. */
  'root',
  /** Ed25519 seed: signs acknowledgements, refusals and HTTP answers. */
  'acknowledgement',
  /** X25519 secret key: opens packets. */
  'sealing',
  /** Ed25519 seed: signs decisions, e-IDs and status lists. */
  'issuer',
  /** X25519 secret key: opens password verifiers. */
  'credential',
  /** Ed25519 seed: signs settings for stations. */
  'settings',
  /** Ed25519 seed: signs badges, the staff list and unlocks of consoles. */
  'staff',
  /** HMAC key of citizen numbers. */
  'lookup',
  /** HMAC key of password verifiers. */
  'pepper',
] as const;
type SecretName = (typeof SECRET_NAMES)[number];

const SECRET_BYTES = 32;

/** Makes every secret. Throws when a file is there already: a secret is never overwritten. */
export async function makeSecrets(folder: string, randomBytes: RandomBytes): Promise<void> {
  for (const name of SECRET_NAMES) await makeSecret(folder, name, randomBytes);
}

/** Reads a secret that registries of earlier versions were founded without, and makes it where it is missing. */
export async function ensureSecret(
  folder: string,
  name: SecretName,
  randomBytes: RandomBytes,
): Promise<Uint8Array> {
  if (!existsSync(fileOf(folder, name))) await makeSecret(folder, name, randomBytes);
  return readSecret(folder, name);
}

async function makeSecret(folder: string, name: SecretName, randomBytes: RandomBytes): Promise<void> {
  const file = await open(fileOf(folder, name), 'wx', 0o600);
  try {
    await file.writeFile(randomBytes(SECRET_BYTES));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Throws when the file is missing, has another length, or can be read by others. */
export async function readSecret(folder: string, name: SecretName): Promise<Uint8Array> {
  const path = fileOf(folder, name);
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) {
    throw new Error(`${path} can be read by others; set its mode to 0600`);
  }
  const secret = new Uint8Array(await readFile(path));
  if (secret.length !== SECRET_BYTES) throw new Error(`${path} must hold ${SECRET_BYTES} bytes`);
  return secret;
}

function fileOf(folder: string, name: SecretName): string {
  return join(folder, `${name}.key`);
}
