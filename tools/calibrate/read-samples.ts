import type { FaceReader } from '#faces/face-reader.ts';
import type { Sample } from './sample.ts';

export interface KnownPicture {
  readonly person: string;
  readonly name: string;
  readonly from: 'frame' | 'card';
  readonly bytes: () => Uint8Array;
}

/** Embeds one picture after the other, as the station does, and wipes its bytes. */
export async function readSamples(
  reader: FaceReader,
  pictures: readonly KnownPicture[],
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (const { person, name, from, bytes: load } of pictures) {
    const bytes = load();
    const began = performance.now();
    const found = await reader.embed({ bytes, from });
    const tookMs = performance.now() - began;
    bytes.fill(0);
    const read = found.ok ? { embedding: found.value, fault: null } : { embedding: null, fault: found.error };
    samples.push({ person, name, from, ...read, tookMs });
    process.stderr.write(`\r${samples.length} of ${pictures.length} pictures`);
  }
  process.stderr.write('\n');
  return samples;
}
