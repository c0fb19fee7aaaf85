import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pinyinTable } from './pinyin-table.ts';

/** SHA-256 of the table that the pinned packages and our own lists give. A change of either is to be seen in review. */
export const TABLE_PIN = '6f6992efb13416560177dafdc5358bc5a1a8f2d96127d897f451114ed882b0b8';

/** Packages of the npm registry whose readings the table holds; both MIT, their notices stand in the table. */
const SOURCES = ['pinyin-pro', 'pinyinlite'] as const;

/** Writes the table to `target` unless the pinned one already stands there. */
export function buildPinyin(paths: {
  readonly packagesFolder: string;
  readonly target: string;
}): 'built' | 'present' {
  if (hashOf(paths.target) === TABLE_PIN) return 'present';
  const table = assembledTable(paths.packagesFolder);
  const hash = sha256(table);
  if (hash !== TABLE_PIN) {
    throw new Error(`the pinyin table has SHA-256 ${hash}, not the pinned ${TABLE_PIN}`);
  }
  mkdirSync(dirname(paths.target), { recursive: true });
  // Renamed into place, so that a build that is broken off never leaves half a table behind.
  const unfinished = `${paths.target}.${process.pid}.part`;
  writeFileSync(unfinished, table);
  renameSync(unfinished, paths.target);
  return 'built';
}

export function assembledTable(packagesFolder: string): string {
  return pinyinTable(
    SOURCES.map((name) => `${name}\n${readFileSync(join(packagesFolder, name, 'LICENSE'), 'utf8')}`),
  );
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function hashOf(path: string): string | null {
  try {
    return sha256(readFileSync(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
