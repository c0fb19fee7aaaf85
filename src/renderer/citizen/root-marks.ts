import type { Snapshot } from '#domain/session/snapshot.ts';

/**
 * What the page's root element says about the screen, as data attributes: `screen`, and on the face screen `attempt`,
 * `phase` and, only while a prompt is shown, `action`. A null value means that the attribute is absent.
 */
export interface RootMarks {
  readonly screen: string;
  readonly attempt: string | null;
  readonly phase: string | null;
  readonly action: string | null;
}

export function rootMarks(snapshot: Snapshot): RootMarks {
  const { screen } = snapshot;
  if (screen.name !== 'face') return { screen: screen.name, attempt: null, phase: null, action: null };
  return {
    screen: 'face',
    attempt: String(screen.attempt),
    phase: screen.view.phase,
    action: screen.view.phase === 'prompt' ? screen.view.action : null,
  };
}

/** Writes the marks to the root element. */
export function markRoot(root: HTMLElement, marks: RootMarks): void {
  for (const [name, value] of Object.entries(marks)) {
    if (value === null) delete root.dataset[name];
    else root.dataset[name] = value;
  }
}
