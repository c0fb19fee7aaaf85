import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { find, type Needle } from '../../needles.ts';

export interface LivingProcess {
  readonly pid: number;
  readonly command: string;
}

/** A process and all that descend from it. */
export function familyOf(root: number): LivingProcess[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const parent = parentOf(Number(entry));
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const family = [root];
  for (const pid of family) family.push(...(children.get(pid) ?? []));
  return family.map((pid) => ({ pid, command: commandOf(pid) })).filter(({ command }) => command !== '');
}

function parentOf(pid: number): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);
  } catch {
    return null; // it has ended since the folder was read
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

/** Searches every writable page of a living process. `searched` is how many octets could be read. */
export function searchMemory(
  pid: number,
  needles: readonly Needle[],
): { readonly hits: Map<string, number>; readonly searched: number } {
  const hits = new Map<string, number>();
  let searched = 0;
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').trim().split('\n')) {
      const [, from = '', to = '', rights = ''] = /^([0-9a-f]+)-([0-9a-f]+) (\S+)/.exec(line) ?? [];
      if (!rights.startsWith('rw')) continue;
      const begin = BigInt(`0x${from}`);
      const size = Number(BigInt(`0x${to}`) - begin);
      for (let offset = 0; offset < size; offset += CHUNK) {
        // Chunks overlap, so that nothing hides on a seam.
        const block = readBlock(memory, begin + BigInt(offset), Math.min(CHUNK + OVERLAP, size - offset));
        if (block === null) continue;
        searched += Math.min(block.length, CHUNK);
        for (const [label, count] of find(block, needles)) hits.set(label, (hits.get(label) ?? 0) + count);
      }
    }
  } finally {
    closeSync(memory);
  }
  return { hits, searched };
}

const CHUNK = 16 * 1024 * 1024;
const OVERLAP = 512;

function readBlock(memory: number, at: bigint, length: number): Buffer | null {
  const block = Buffer.allocUnsafe(length);
  try {
    return block.subarray(0, readSync(memory, block, 0, length, at));
  } catch {
    return null; // reserved but never backed by memory
  }
}
