import type { CitizenControls, CitizenMode } from '../citizen-controls.ts';
import { isAction } from '../citizen-controls.ts';
import type { HeadPose } from '../head-pose.ts';
import { handHeld, idle } from '../performance.ts';
import { actingOn } from '../reaction.ts';
import { CitizenScene, HEIGHT, type Sight, WIDTH } from './citizen-scene.ts';
import { FrameCache } from './frame-cache.ts';
import { loadHead } from './load-head.ts';

/*
 * A citizen in front of the camera who does what the screen asks. The page's camera stream is this person; the
 * screen is read as a person reads it, from what it shows.
 */
const FRAME_INTERVAL = 1000 / 30;

const painted = new Map<string, Promise<FrameCache>>();
let painting: Promise<unknown> = Promise.resolve();

/** Renders a head's pictures once; heads are rendered one after the other. */
export function prepare(head: string): Promise<FrameCache> {
  const known = painted.get(head);
  if (known) return known;
  const made = painting.then(async () => {
    const canvas = document.createElement('canvas');
    const scene = new CitizenScene(canvas, { smooth: false });
    const folder = import.meta.url;
    const [own, other] = await Promise.all([
      loadHead(folder, head),
      loadHead(folder, head === 'lin' ? 'mei' : 'lin'),
    ]);
    const cache = await FrameCache.render({ scene, canvas, head: own, other });
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
    context.drawImage(cache.nearest('nobody', pose), 0, 0);
    context.translate(WIDTH / 2 + dx, HEIGHT / 2 + dy);
    context.rotate(-tilt);
    context.drawImage(cache.nearest(sightOf(mode), pose), -WIDTH / 2, -HEIGHT / 2);
    if (mode === 'dark') {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.fillStyle = 'rgba(0, 0, 0, 0.88)';
      context.fillRect(0, 0, WIDTH, HEIGHT);
    }
  }
  show(performance.now());
  return stream;
}

/** At the eyes' distance from the camera. */
const PIXELS_PER_DECIMETRE = HEIGHT / (2 * 6.2 * Math.tan((15 * Math.PI) / 180));

function askedAction() {
  const screen = document.querySelector<HTMLElement>('[data-screen="face"]');
  const asked = screen?.dataset.action;
  return asked !== undefined && isAction(asked) ? asked : null;
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
