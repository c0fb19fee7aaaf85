/** Splits the package's one data file into the files that its loader script lists with their byte ranges. */
export function packedAssets(packed: {
  readonly loader: string;
  readonly data: Uint8Array;
}): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const range = /"?filename"?:\s*"([^"]+)",\s*"?start"?:\s*(\d+),\s*"?end"?:\s*(\d+)/g;
  for (const [, path = '', start, end] of packed.loader.matchAll(range)) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (Number(end) > packed.data.length) throw new Error(`packed assets end before ${name} does`);
    files.set(name, packed.data.slice(Number(start), Number(end)));
  }
  return files;
}
