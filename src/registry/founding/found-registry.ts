import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { RandomBytes } from '#domain/clock.ts';
import { makeSecrets } from './secret-files.ts';
import { makeTlsIdentity } from './tls-identity.ts';

/** What lies where in the registry's data folder. All of it is readable by its owner only. */
export interface DataFolder {
  readonly root: string;
  readonly keys: string;
  readonly tls: string;
  readonly database: string;
  /** Who may log in at stations, signed. */
  readonly staffList: string;
}

export function dataFolderAt(root: string): DataFolder {
  return {
    root,
    keys: join(root, 'keys'),
    tls: join(root, 'tls'),
    database: join(root, 'registry.sqlite'),
    staffList: join(root, 'staff-list.cose'),
  };
}

export function isFounded(folder: DataFolder): boolean {
  return existsSync(folder.keys);
}

/**
 * Makes a registry: its keys and its TLS identity. Throws when the folder holds anything already, because a second
 * founding would leave stations with keys that nobody holds any more.
 */
export async function foundRegistry(request: {
  readonly folder: DataFolder;
  readonly hosts: readonly string[];
  readonly randomBytes: RandomBytes;
}): Promise<void> {
  const { folder, hosts, randomBytes } = request;
  await mkdir(folder.root, { recursive: true, mode: 0o700 });
  if ((await readdir(folder.root)).length > 0) {
    throw new Error(`${folder.root} is not empty; a registry is founded in a folder of its own`);
  }
  await chmod(folder.root, 0o700);
  await mkdir(folder.tls, { mode: 0o700 });
  await makeTlsIdentity(folder.tls, hosts);
  // Renamed last, because a folder with keys counts as founded.
  const unfinished = `${folder.keys}.unfinished`;
  await mkdir(unfinished, { mode: 0o700 });
  await makeSecrets(unfinished, randomBytes);
  await rename(unfinished, folder.keys);
}
