import type { HeadId } from '../citizen-controls.ts';
import type { PackedHead } from '../head-data.ts';

/** Fetches a committed head from beside this module. */
export async function loadHead(folder: string, id: HeadId): Promise<PackedHead> {
  const url = new URL(`heads/${id}.json.gz`, folder);
  const answer = await fetch(url);
  if (!answer.ok || !answer.body) throw new Error(`no head at ${url}: ${answer.status}`);
  const unpacked = answer.body.pipeThrough(new DecompressionStream('gzip'));
  return new Response(unpacked).json();
}
