import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isCurrentRecording, type Recording, record } from '../replay/recording.ts';
import { recordingStore, replayedAgainstPlans } from '../replay/recordings.ts';
import { ATTACK_SPECIES } from '../species/all-species.ts';
import { livePresentations } from '../species/live/live-presentations.ts';
import type { Presentation } from '../species/species.ts';
import type { AttackRecord } from './attack-record.ts';
import type { StageFiles } from './open-stage.ts';
import { type RecordStore, recordStore } from './record-store.ts';
import { isCurrent, runPresentation } from './run-presentation.ts';
import { middleOf } from './shown-view.ts';
import type { Task } from './work-through.ts';

/** What living people are called among the species. */
export const LIVE = 'live';
const THUMBNAIL_WIDTH = 240;

/** Everything that is shown to the terminal, with what was kept of it. */
export interface Programme {
  readonly groups: readonly Group[];
  readonly recordings: readonly RecordingGroup[];
}

export interface Group {
  readonly species: string;
  readonly entries: readonly Entry<AttackRecord>[];
}

export interface RecordingGroup {
  readonly species: string;
  readonly entries: readonly Entry<Recording>[];
}

/** A presentation and its record; null where there is none yet. */
export interface Entry<T> {
  readonly presentation: Presentation;
  readonly record: T | null;
  /** Whether it would be shown, rendered and read in the very same way now. */
  readonly current: boolean;
}

/** Where a run keeps what it saw. */
export interface Kept {
  readonly records: RecordStore<AttackRecord>;
  readonly recordings: RecordStore<Recording>;
  readonly thumbnails: string;
}

export function keptIn(folder: string): Kept {
  return {
    records: recordStore(join(folder, 'records')),
    recordings: recordingStore(join(folder, 'records')),
    thumbnails: join(folder, 'thumbnails'),
  };
}

/** Reads what is kept of the species asked for; all of them and living people when none is named. */
export function readProgramme(options: {
  readonly only: readonly string[];
  /** Of each species, for a quick look; null for all. */
  readonly first?: number | null;
  readonly kept: Kept;
  /** Null where nobody wants to know whether records would be the same now: then all are taken to be. */
  readonly files: StageFiles | null;
}): Programme {
  const { only, kept, files } = options;
  const first = options.first ?? Number.POSITIVE_INFINITY;
  const stillSo = (is: (now: StageFiles) => boolean) => files === null || is(files);
  const wanted = (species: string) => only.length === 0 || only.includes(species);
  const groups = [
    ...ATTACK_SPECIES.map(({ id, presentations }) => ({ species: id, presentations })),
    { species: LIVE, presentations: livePresentations },
  ].filter(({ species }) => wanted(species));
  return {
    groups: groups.map(({ species, presentations }) => ({
      species,
      entries: presentations()
        .slice(0, first)
        .map((presentation) => {
          const found = kept.records.find(species, presentation.id);
          return {
            presentation,
            record: found,
            current: found !== null && stillSo((now) => isCurrent(presentation, found, now)),
          };
        }),
    })),
    recordings: replayedAgainstPlans()
      .filter(({ species }) => wanted(species))
      .map(({ species, presentations }) => ({
        species,
        entries: presentations.slice(0, first).map((presentation) => {
          const found = kept.recordings.find(species, presentation.id);
          const current = found !== null && stillSo((now) => isCurrentRecording(presentation, found, now));
          return { presentation, record: found, current };
        }),
      })),
  };
}

/** What a browser is needed for: all that is not current, or everything anew. */
export function tasksOf(options: {
  readonly programme: Programme;
  readonly anew: boolean;
  readonly kept: Kept;
  readonly files: StageFiles;
}): readonly Task[] {
  const { programme, anew, kept, files } = options;
  const presented = programme.groups.flatMap(({ species, entries }) =>
    entries.flatMap(({ presentation, current }, index): Task[] =>
      current && !anew
        ? []
        : [
            {
              name: presentation.id,
              run: async ({ stage, embed }) => {
                const camera = await stage.begin();
                const seen = await runPresentation({ presentation, camera, embed, files });
                kept.records.keep(species, seen);
                if (index > 0) return;
                const picture = await stage.thumbnail(middleOf(presentation, seen), THUMBNAIL_WIDTH);
                mkdirSync(kept.thumbnails, { recursive: true });
                writeFileSync(join(kept.thumbnails, `${species}.jpg`), picture);
              },
            },
          ],
    ),
  );
  const recorded = programme.recordings.flatMap(({ species, entries }) =>
    entries.flatMap(({ presentation, current }): Task[] =>
      current && !anew
        ? []
        : [
            {
              name: `${presentation.id}, recorded`,
              run: async ({ stage }) => {
                const camera = await stage.begin();
                kept.recordings.keep(species, await record({ presentation, camera, files }));
              },
            },
          ],
    ),
  );
  return [...presented, ...recorded];
}
