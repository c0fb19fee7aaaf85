import type { FlashColour } from '../../../src/domain/liveness/flash-colour.ts';
import { type CitizenControls, type CitizenMode, type HeadId, isAction } from '../citizen-controls.ts';
import type { HeadPose } from '../head-pose.ts';
import { handHeld, idle } from '../performance.ts';
import { actingOn } from '../reaction.ts';
import { AIM_BELOW_EYES, DISTANCE, FIELD_OF_VIEW, HEIGHT, WIDTH } from '../scene-view.ts';
import { CitizenScene } from './citizen-scene.ts';
import { FlashGlow, isFlashColour } from './flash-glow.ts';
import { FrameCache, type Sight } from './frame-cache.ts';
import { loadHead } from './load-head.ts';
import { NoiseSheet } from './noise-sheet.ts';

/*
 * A citizen in front of the camera who does what the screen asks. The page's camera stream is this person; the
 * screen is read as a person reads it, from what it shows.
 */
const FRAME_INTERVAL = 1000 / 30;

const painted = new Map<HeadId, Promise<FrameCache>>();
let painting: Promise<unknown> = Promise.resolve();

/** Renders a head's pictures once, and only of heads that are wanted; one head after the other. */
export function prepare(head: HeadId): Promise<FrameCache> {
  const known = painted.get(head);
  if (known) return known;
  const made = painting.then(async () => {
    const scene = new CitizenScene();
    const other: HeadId = head === 'mei' ? 'lin' : 'mei';
    for (const id of [head, other]) await scene.load(await loadHead(import.meta.url, id));
    const cache = await FrameCache.render({ scene, head, other });
    scene.dispose();
    return cache;
  });
  painting = made;
  painted.set(head, made);
  return made;
}

/** A camera that shows the citizen, as `getUserMedia` would give it. */
export async function openCamera(controls: CitizenControls): Promise<MediaStream> {
  let head = controls.head;
  let cache = await prepare(head);
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2d canvas');
  const react = actingOn({ random: Math.random });
  const noise = new NoiseSheet(1);
  const glow = new FlashGlow();
  const stream = canvas.captureStream(30);
  const [track] = stream.getVideoTracks();
  if (!track) throw new Error('the canvas gives no track');
  Object.defineProperty(track, 'label', { value: 'Rendered citizen' });

  const timer = setInterval(() => {
    if (track.readyState === 'ended') {
      clearInterval(timer);
      return;
    }
    if (head !== controls.head) {
      head = controls.head;
      void prepare(head).then((other) => {
        cache = other;
      });
    }
    show(performance.now());
  }, FRAME_INTERVAL);

  function show(now: number): void {
    if (!context) return;
    const mode = controls.mode;
    const asked = askedAction();
    const pose = poseFor(mode, now, react({ now, asked: mode === 'live' ? asked : null }));
    context.setTransform(1, 0, 0, 1, 0, 0);
    const tilt = (pose.roll * Math.PI) / 180;
    const [dx, dy] = [pose.x * PIXELS_PER_DECIMETRE, -pose.y * PIXELS_PER_DECIMETRE];
    context.drawImage(cache.around('nobody', pose).from, 0, 0);
    context.translate(WIDTH / 2 + dx, HEIGHT / 2 + dy);
    context.rotate(-tilt);
    const { from, to, share } = cache.around(sightOf(mode), pose);
    context.drawImage(from, -WIDTH / 2, -HEIGHT / 2);
    if (share > 0) {
      context.globalAlpha = share;
      context.drawImage(to, -WIDTH / 2, -HEIGHT / 2);
      context.globalAlpha = 1;
    }
    const flash = shownFlash();
    if (flash && mode !== 'nobody') {
      context.translate(0, FACE_BELOW_MIDDLE);
      glow.shine(context, flash);
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    if (mode === 'dark') {
      context.fillStyle = 'rgba(0, 0, 0, 0.88)';
      context.fillRect(0, 0, WIDTH, HEIGHT);
    }
    noise.layOver(context);
  }
  show(performance.now());
  return stream;
}

/** At the eyes' distance from the camera. */
const PIXELS_PER_DECIMETRE = HEIGHT / (2 * DISTANCE * Math.tan((FIELD_OF_VIEW * Math.PI) / 360));
/** From the middle of the picture to that of a face, which lies a little below its eyes, pixels. */
const FACE_BELOW_MIDDLE = (0.3 - AIM_BELOW_EYES) * PIXELS_PER_DECIMETRE;

function askedAction() {
  const screen = document.querySelector<HTMLElement>('[data-screen="face"]');
  const asked = screen?.dataset.action;
  return asked !== undefined && isAction(asked) ? asked : null;
}

/** The colour that the screen shows at this moment, if it shows one. */
function shownFlash(): FlashColour | null {
  const shown = document.querySelector<HTMLElement>('[data-flash]')?.dataset.flash;
  return shown !== undefined && isFlashColour(shown) ? shown : null;
}

function poseFor(mode: CitizenMode, now: number, move: ((held: HeadPose) => HeadPose) | null): HeadPose {
  if (mode === 'photo') return handHeld(now, 0);
  const held = idle(now, { blinking: move === null });
  return move ? move(held) : held;
}

function sightOf(mode: CitizenMode): Sight {
  switch (mode) {
    case 'photo':
    case 'nobody':
    case 'two-people':
      return mode;
    case 'live':
    case 'passive':
    case 'dark':
      return 'person';
  }
}
