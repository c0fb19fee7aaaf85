import { readFile, rename, writeFile } from 'node:fs/promises';
import { safeStorage } from 'electron';
import type { KeyStore } from '#station/ports.ts';

/**
 * Wraps the station's seed with the system's key ring. On a machine without one, Electron falls back to a key that is
 * in its own source (`basic_text`): that counts as demo only.
 */
export function safeStorageKeyStore(file: string): KeyStore {
  const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'system';
  return {
    kind: 'safe-storage',
    demoOnly: backend === 'basic_text' || backend === 'unknown' || !safeStorage.isEncryptionAvailable(),
    async unwrapSeed() {
      let wrapped: Buffer;
      try {
        wrapped = await readFile(file);
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw error;
      }
      return new Uint8Array(Buffer.from(safeStorage.decryptString(wrapped), 'base64'));
    },
    async storeSeed(seed) {
      const wrapped = safeStorage.encryptString(Buffer.from(seed).toString('base64'));
      await writeFile(`${file}.new`, wrapped, { mode: 0o600, flush: true });
      await rename(`${file}.new`, file);
    },
  };
}
