import { NOTE_SUBJECTS, type NotedState, type NoteSubject } from './scanner-protocol.ts';

/** What there is to tell of a connected scanner. */
export type ScannerNotes = {
  readonly [Subject in NoteSubject]?: { readonly detail: string; readonly state: NotedState } | null;
};

/** How a connected scanner stands, from all that is noted about it: the worst of it. */
export function standing(notes: ScannerNotes): {
  readonly state: NotedState;
  readonly detail: string | null;
} {
  const all = NOTE_SUBJECTS.flatMap((subject) => notes[subject] ?? []);
  const worst = (['out-of-service', 'connecting'] as const).find((state) =>
    all.some((each) => each.state === state),
  );
  return {
    state: worst ?? 'ready',
    detail: all.length === 0 ? null : all.map((each) => each.detail).join('; '),
  };
}
