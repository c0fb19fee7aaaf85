import { describe, expect, it } from 'vitest';
import type { FacePhase } from '#domain/session/face-phase.ts';
import type { Screen, Snapshot } from '#domain/session/snapshot.ts';
import { rootMarks } from '#renderer/citizen/root-marks.ts';

const snapshotOf = (screen: Screen): Snapshot => ({
  number: 1,
  language: 'en',
  screen,
  progress: null,
  canGoBack: false,
  canCancel: false,
  helpOpen: false,
  cancelAsked: false,
  idleSecondsLeft: null,
  notices: { simulated: true, offline: false, stationName: '' },
});
const face = (view: FacePhase) =>
  rootMarks(snapshotOf({ name: 'face', attempt: 2, actions: 4, flashes: true, view }));

describe('the marks on the page’s root', () => {
  it('name the screen', () => {
    expect(rootMarks(snapshotOf({ name: 'attract' }))).toEqual({
      screen: 'attract',
      attempt: null,
      phase: null,
      action: null,
    });
  });

  it('name the action only while its prompt is shown', () => {
    expect(face({ phase: 'prompt', index: 0, action: 'blink' })).toEqual({
      screen: 'face',
      attempt: '2',
      phase: 'prompt',
      action: 'blink',
    });
    expect(face({ phase: 'between', index: 0 }).action).toBeNull();
    expect(face({ phase: 'hold-still' })).toMatchObject({ phase: 'hold-still', action: null });
  });
});
