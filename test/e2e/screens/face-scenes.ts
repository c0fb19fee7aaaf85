import { ACTIONS } from '#domain/liveness/action.ts';
import { FLASH_COLOURS } from '#domain/liveness/flash-colour.ts';
import { LIVENESS_REASONS } from '#domain/liveness/verdict.ts';
import type { FacePhase } from '#domain/session/face-phase.ts';
import type { CameraProblem } from '#domain/session/snapshot.ts';
import { PORTRAIT_JPEG } from './samples.ts';
import { allOf, OFFLINE, type Scene, scene } from './scene.ts';

const face = (name: string, view: FacePhase, pictured = true) =>
  scene(`face-${name}`, { name: 'face', attempt: 1, actions: 3, flashes: true, view }, { pictured });

const cameraProblems = allOf<CameraProblem>({
  missing: true,
  refused: true,
  busy: true,
  'too-slow': true,
  'too-small': true,
  'upside-down': true,
  virtual: true,
  'tracker-failed': true,
});
/** The face step, what can go wrong in it, and the movements that are left out of it. */
export const FACE_SCENES: readonly Scene[] = [
  face('starting', { phase: 'starting-camera' }),
  face('positioning', { phase: 'positioning', hint: null }),
  ...LIVENESS_REASONS.map((hint, index) => face(`hint-${hint}`, { phase: 'positioning', hint }, index === 0)),
  face('hold-still', { phase: 'hold-still' }),
  ...FLASH_COLOURS.filter((colour) => colour !== 'dark').map((colour, index) =>
    face(`flash-${colour}`, { phase: 'flash', index, colour }, colour === 'green'),
  ),
  ...ACTIONS.map((action, index) => face(`prompt-${action}`, { phase: 'prompt', index, action })),
  face('between', { phase: 'between', index: 1 }),
  // Apart from the others: no colour gives way to the next before it has stood for a while.
  face('flash-dark', { phase: 'flash', index: 3, colour: 'dark' }),
  face('portrait', { phase: 'portrait', jpegBase64: PORTRAIT_JPEG, retakesLeft: 2 }),
  face('portrait-last', { phase: 'portrait', jpegBase64: PORTRAIT_JPEG, retakesLeft: 0 }),
  face('checking', { phase: 'checking' }),
  ...LIVENESS_REASONS.map((reason, index) =>
    scene(`face-failed-${reason}`, { name: 'face-failed', reason, triesLeft: 1 }, { pictured: index === 0 }),
  ),
  scene('face-failed-last', { name: 'face-failed', reason: 'too-slow', triesLeft: 0 }),
  scene('exchange', { name: 'exchange', exchanged: [] }),
  scene(
    'exchange-chosen',
    { name: 'exchange', exchanged: ['turn-left', 'turn-right'] },
    { notices: OFFLINE },
  ),
  scene('exchange-all', { name: 'exchange', exchanged: ACTIONS }, { notices: OFFLINE }),
  ...cameraProblems.map((problem, index) =>
    scene(`camera-problem-${problem}`, { name: 'camera-problem', problem }, { pictured: index === 0 }),
  ),
];
