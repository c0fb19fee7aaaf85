import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FuseConfig, FuseState, FuseV1Options, flipFuses, getCurrentFuseWire } from '@electron/fuses';

/** The bytes before the fuses in every Electron binary, as Electron's documentation of fuses names them. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

export type FuseReading = 'on' | 'off' | 'removed' | 'inherited';

/** Names of the fuses in the order of the wire. */
const FUSE_NAMES = Object.values(FuseV1Options).filter((name) => typeof name === 'string');

/** What `@electron/fuses` reads in a binary, fuse by fuse. */
export async function readFuses(binary: string): Promise<Readonly<Record<string, FuseReading>>> {
  const wire = await getCurrentFuseWire(binary);
  return Object.fromEntries(
    FUSE_NAMES.map((name) => [name, reading(wire[FuseV1Options[name as keyof typeof FuseV1Options]])]),
  );
}

/** What a packaged Electron will read: the configuration is written to a stand-in and read back. */
export async function fusesWritten(config: FuseConfig): Promise<Readonly<Record<string, FuseReading>>> {
  const folder = mkdtempSync(join(tmpdir(), 'eid-fuses-'));
  try {
    const binary = join(folder, 'electron');
    writeFileSync(binary, binaryWithFuses());
    await flipFuses(binary, config);
    return await readFuses(binary);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * The part of an Electron binary that fuses live in, with Electron's own defaults: sentinel, version of the wire, its
 * length, one character for each fuse.
 */
export function binaryWithFuses(wire = '101100011'): Buffer {
  return Buffer.concat([
    Buffer.from('stand-in for an Electron binary\0'),
    Buffer.from(SENTINEL),
    Buffer.from([1, wire.length]),
    Buffer.from(wire),
    Buffer.from('\0end\n'),
  ]);
}

function reading(state: FuseState | undefined): FuseReading {
  switch (state) {
    case FuseState.ENABLE:
      return 'on';
    case FuseState.DISABLE:
      return 'off';
    case FuseState.REMOVED:
      return 'removed';
    default:
      return 'inherited';
  }
}
