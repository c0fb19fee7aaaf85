import { open, readFile, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { KeyStore } from '#station/ports.ts';

export const SEED_BYTES = 32;

/** Why a key file cannot be used; the message names the file and never its content. */
export class KeyFileError extends Error {
  readonly reason: 'wrong-length' | 'open-to-others';
  constructor(reason: 'wrong-length' | 'open-to-others', path: string) {
    super(
      reason === 'wrong-length'
        ? `${path} is not a station key: it must be ${SEED_BYTES} bytes`
        : `${path} can be read by other users; give it mode 0600`,
    );
    this.reason = reason;
  }
}

/**
 * The station's seed in a file that only its user can read. Whoever takes the disk takes the key: for demonstrations
 * and tests, and shown as such on the console.
 */
export function fileKeyStore(options: { readonly path: string }): KeyStore {
  const { path } = options;
  return {
    kind: 'file',
    demoOnly: true,
    unwrapSeed: async () => {
      let seed: Buffer;
      try {
        seed = await readFile(path);
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw error;
      }
      if (((await stat(path)).mode & 0o077) !== 0) throw new KeyFileError('open-to-others', path);
      if (seed.length !== SEED_BYTES) throw new KeyFileError('wrong-length', path);
      return new Uint8Array(seed);
    },
    storeSeed: async (seed) => {
      if (seed.length !== SEED_BYTES) throw new KeyFileError('wrong-length', path);
      // Written beside and renamed, and both synced: after a power cut there is the old key or the new one.
      const part = join(dirname(path), `.${process.pid}.key.part`);
      const file = await open(part, 'w', 0o600);
      try {
        await file.chmod(0o600);
        await file.writeFile(seed);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(part, path);
      const folder = await open(dirname(path), 'r');
      try {
        await folder.sync();
      } finally {
        await folder.close();
      }
    },
  };
}
