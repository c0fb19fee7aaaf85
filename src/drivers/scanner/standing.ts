import { NOTE_SUBJECTS, type NoteSubject } from './scanner-protocol.ts';

/** What there is to tell of a connected scanner. */
export type ScannerNotes = {
  readonly [Subject in NoteSubject]?: { readonly detail: string; readonly outOfService: boolean } | null;
};

/** How a connected scanner stands, from all that is noted about it. */
export function standing(notes: ScannerNotes): {
  readonly state: 'ready' | 'out-of-service';
  readonly detail: string | null;
} {
  const all = NOTE_SUBJECTS.flatMap((subject) => notes[subject] ?? []);
  return {
    state: all.some((each) => each.outOfService) ? 'out-of-service' : 'ready',
    detail: all.length === 0 ? null : all.map((each) => each.detail).join('; '),
  };
}
