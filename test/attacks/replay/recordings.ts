import { packedStore, type RecordStore } from '../run/record-store.ts';
import { REPLAYS } from '../species/replays.ts';
import type { Presentation } from '../species/species.ts';
import { type Recording, readRecording, writeRecording } from './recording.ts';

/** Of each species. */
const RECORDED = 3;

/** Replays that never look at what is asked: the first presentations of each of their species. */
export function replayedAgainstPlans(): readonly {
  readonly species: string;
  readonly presentations: readonly Presentation[];
}[] {
  return REPLAYS.map(({ id, presentations }) => ({
    species: id,
    presentations: presentations().slice(0, RECORDED),
  }));
}

export function recordingStore(folder: string): RecordStore<Recording> {
  return packedStore(folder, { ending: 'recordings', write: writeRecording, read: readRecording });
}
