import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

export const RESERVE_BYTES = 64 * 1024 * 1024;
const BLOCK_BYTES = 1024 * 1024;

/** Space set aside on the disk, given up when it is full so that what is under way can still be saved. */
export interface ReserveFile {
  /** True while the space is set aside. */
  held(): boolean;
  /** Gives the space back to the disk. True when there was any. */
  release(): boolean;
  /** Sets the space aside; false when the disk has no room for it. Yields between blocks. */
  refill(): Promise<boolean>;
}

export function reserveFile(options: { readonly folder: string; readonly bytes: number }): ReserveFile {
  const path = join(options.folder, 'reserve');
  const partPath = `${path}.part`;
  const held = () => existsSync(path) && statSync(path).size >= options.bytes;
  return {
    held,
    release: () => {
      const had = held();
      rmSync(path, { force: true });
      rmSync(partPath, { force: true });
      return had;
    },
    refill: async () => {
      if (held()) return true;
      const filled = await fill(partPath, options.bytes);
      if (filled) await rename(partPath, path);
      else await rm(partPath, { force: true });
      return filled;
    },
  };
}

async function fill(path: string, bytes: number): Promise<boolean> {
  let file: FileHandle | null = null;
  try {
    file = await open(path, 'w', 0o600);
    // Random, because a file system that compresses or keeps holes would set no space aside for zeros.
    const block = randomBytes(Math.min(BLOCK_BYTES, bytes));
    for (let written = 0; written < bytes; written += block.length) {
      await file.write(block, 0, Math.min(block.length, bytes - written), written);
    }
    await file.sync();
    return true;
  } catch (error) {
    if (isOutOfSpace(error)) return false;
    throw error;
  } finally {
    await file?.close();
  }
}

function isOutOfSpace(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}
