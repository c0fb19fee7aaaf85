import { describe, expect, test } from 'vitest';
import { EMBEDDING_LENGTH, EMBEDDING_UNIT, toEmbedding } from '#domain/comparison/embedding.ts';
import { FLASH_COLOURS, FLASH_RGB } from '#domain/liveness/flash-colour.ts';
import { type JudgedTry, judgeTry } from '#domain/liveness/judge.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import {
  LIVENESS_REASONS,
  type LivenessReason,
  REFERRAL_REASONS,
  type ReferralReason,
} from '#domain/liveness/verdict.ts';
import { during, withLight } from './changed-frames.ts';
import { planOf, rehearse, SAME_FACE, WILLING } from './rehearsal.ts';
import { emptyFrame, FRONT, faceFrame, type Pose } from './synthetic-face.ts';

const PLAN = planOf('turn-left', 'open-mouth', 'blink');
const standing = (base: Partial<Pose>) =>
  rehearse({ plan: PLAN, performer: { ...WILLING, base: { ...FRONT, ...base } } });
const edited = (edit: (frames: LandmarkFrame[]) => LandmarkFrame[]) => rehearse({ plan: PLAN, edit });
const whole = rehearse({ plan: PLAN });
const grey = (value: number) => ({ red: value, green: value, blue: value });
const textured = (moire: number, bezel: number) =>
  edited((frames) =>
    frames.map((frame, index) => ({ ...frame, texture: index % 3 === 0 ? { moire, bezel } : null })),
  );
const another = toEmbedding(Array.from({ length: EMBEDDING_LENGTH }, (_, index) => Math.sin(index) / 8));

/** For every reason a try that is turned away for exactly it, by the judge alone. */
const TURNED_AWAY: Readonly<Record<LivenessReason, () => JudgedTry>> = {
  'no-face': () => edited((frames) => frames.map(({ at }) => emptyFrame(at))),
  'two-people': () =>
    edited((frames) =>
      during(frames, { from: 5000, until: 6000 }, (frame) => ({ ...frame, faces: 2, secondFaceShare: 0.9 })),
    ),
  'too-far': () => standing({ distance: 90 }),
  'too-close': () => standing({ distance: 30 }),
  'turned-away': () => standing({ yaw: 25 }),
  'too-dark': () => edited(withLight({ mean: 0.05 })),
  'light-behind': () =>
    edited((frames) =>
      withLight({ mean: 0.05 })(frames).map((frame) => ({
        ...frame,
        colour: { face: grey(0.01), surround: grey(0.8) },
      })),
    ),
  'too-bright': () => edited(withLight({ mean: 0.95 })),
  blurred: () => edited(withLight({ sharpness: 1 })),
  'eyes-shut': () => standing({ eyes: 0.1 }),
  'wrong-action': () =>
    rehearse({
      plan: PLAN,
      performer: { ...WILLING, does: (asked) => (asked === 'turn-left' ? 'turn-right' : asked) },
    }),
  'too-slow': () => rehearse({ plan: PLAN, endsAt: 0, performer: { ...WILLING, does: () => 'nothing' } }),
  'face-changed': () =>
    edited((frames) =>
      during(frames, { from: 6000, until: 6400 }, ({ at }) => faceFrame({ at, pose: { ...FRONT, x: 16 } })),
    ),
  'looks-flat': () => standing({ depth: 0 }),
  'picture-repeats': () =>
    edited((frames) => frames.map((frame, index) => ({ ...frame, digest: frames[index % 20]?.digest ?? 1 }))),
  'upside-down': () => standing({ roll: 178 }),
  'camera-too-slow': () => rehearse({ plan: PLAN, performer: { ...WILLING, perSecond: 3 } }),
  'evidence-incomplete': () => ({ ...whole, keyFrames: whole.keyFrames.slice(1) }),
};

const REFERRED: Readonly<Record<ReferralReason, () => JudgedTry>> = {
  'actions-exchanged': () => ({ ...whole, exchanges: ['nod'] }),
  'no-turn': () => rehearse({ plan: planOf('open-mouth', 'blink', 'smile') }),
  'stiff-face': () =>
    rehearse({
      plan: planOf('turn-left', 'nod', 'turn-right'),
      performer: { ...WILLING, blinks: false },
    }),
  'screen-texture': () => textured(300, 0),
  'screen-edges': () => textured(18, 0.9),
  'no-flash-response': () => flashed(0),
  'identity-not-followed': () => ({
    ...whole,
    keyFrames: whole.keyFrames.map((picture) => ({ ...picture, embedding: null })),
  }),
  'passive-network': () => ({
    ...whole,
    keyFrames: whole.keyFrames.map((picture, index) => ({ ...picture, passive: index === 1 ? 0.2 : 0.9 })),
  }),
};

/** A try that begins with flashes, which the face takes on as told. */
/** A face that throws back so much of the screen's light, channel by channel. */
function flashed(share: number): JudgedTry {
  const flashes = FLASH_COLOURS.map((colour, index) => ({ colour, shownAt: 1100 + index * 380 }));
  const trace = whole.trace.map((frame) => {
    const flash = flashes.findLast(({ shownAt }) => frame.at >= shownAt);
    const [red = 0, green = 0, blue = 0] =
      flash === undefined
        ? []
        : FLASH_RGB[flash.colour].map((level) => Math.round(400 * share * (level / 255) ** 2.2) / 400);
    const face = { red: 0.3 + red, green: 0.3 + green, blue: 0.3 + blue };
    return { ...frame, colour: { face, surround: grey(0.3) } };
  });
  const later = (time: number) => time + 5000;
  // A neutral second and a half before the first flash: the same face, earlier.
  const before = Array.from({ length: 18 }, (_, index) => ({
    ...faceFrame({ at: 4480 + index * 83 }),
    colour: { face: grey(0.3), surround: grey(0.3) },
  }));
  return {
    ...whole,
    flashes: flashes.map((flash) => ({ ...flash, shownAt: later(flash.shownAt) })),
    trace: [...before, ...trace.map((frame) => ({ ...frame, at: later(frame.at) }))],
    prompts: whole.prompts.map((prompt) => ({
      ...prompt,
      shownAt: later(prompt.shownAt),
      opensAt: later(prompt.opensAt),
      closesAt: later(prompt.closesAt),
    })),
    keyFrames: whole.keyFrames.map((picture) => ({ ...picture, at: later(picture.at) })),
    portrait: whole.portrait === null ? null : { ...whole.portrait, at: later(whole.portrait.at) },
  };
}

describe('every reason not to pass has a try that gives exactly it', () => {
  test.each([...LIVENESS_REASONS])('%s', (reason) => {
    const verdict = judgeTry(TURNED_AWAY[reason]());
    expect(verdict).toMatchObject({ result: 'not-live', reason });
    expect(verdict.checks.every(({ weight }) => weight === 'hard')).toBe(true);
    expect(verdict.checks.some(({ passed }) => !passed)).toBe(true);
  });

  test.each([...REFERRAL_REASONS])('%s', (reason) => {
    const verdict = judgeTry(REFERRED[reason]());
    expect(verdict).toMatchObject({ result: 'referred', reason });
    expect(verdict.checks.filter(({ passed }) => !passed).map(({ weight }) => weight)).toContain('soft');
    expect(verdict.checks.every(({ passed, weight }) => passed || weight === 'soft')).toBe(true);
  });
});

describe('soft checks', () => {
  test('are not looked at when a hard one did not pass', () => {
    const verdict = judgeTry({ ...textured(300, 0.9), keyFrames: [] });
    expect(verdict).toMatchObject({ result: 'not-live', reason: 'evidence-incomplete' });
    expect(verdict.checks.map(({ name }) => name)).not.toContain('screen-texture');
  });

  test('are all listed, and the exchange comes first', () => {
    const verdict = judgeTry({ ...textured(300, 0.9), exchanges: ['smile'] });
    expect(verdict).toMatchObject({ result: 'referred', reason: 'actions-exchanged' });
    const failed = verdict.checks.filter(({ passed }) => !passed).map(({ name }) => name);
    expect(failed).toEqual(['exchanged-actions', 'screen-texture', 'screen-edges']);
  });

  test('that measured nothing are not listed, identity is', () => {
    const names = judgeTry(whole).checks.flatMap(({ name, weight }) => (weight === 'soft' ? [name] : []));
    expect(names).toEqual(['exchanged-actions', 'turns', 'identity-missing', 'identity-doubt']);
  });

  test.each([
    ['texture', () => textured(300, 0.9)],
    ['flash', () => flashed(0)],
    ['identity', REFERRED['identity-not-followed']],
    ['passive', REFERRED['passive-network']],
  ] as const)('%s can be switched off', (name, judged) => {
    expect(judgeTry(judged()).result).toBe('referred');
    expect(judgeTry({ ...judged(), switches: { [name]: false } }).result).toBe('live');
  });
});

describe('identity', () => {
  const swapped = (purpose: string): JudgedTry => ({
    ...whole,
    keyFrames: whole.keyFrames.map((picture) =>
      picture.purpose === purpose ? { ...picture, embedding: another } : picture,
    ),
  });

  test.each(['turn-left', 'open-mouth', 'blink'])(
    'another face in the picture of %s: face-changed',
    (name) => {
      expect(judgeTry(swapped(name))).toMatchObject({ result: 'not-live', reason: 'face-changed' });
      expect(judgeTry({ ...swapped(name), switches: { identity: false } }).result).toBe('live');
    },
  );

  test('another face in the portrait: face-changed', () => {
    const portrait = whole.portrait === null ? null : { ...whole.portrait, embedding: another };
    expect(judgeTry({ ...whole, portrait })).toMatchObject({ reason: 'face-changed' });
  });

  test('a picture that is neither clearly the same face nor another one is left to a person', () => {
    const doubtful = toEmbedding(
      Array.from(SAME_FACE, (value, index) => value * EMBEDDING_UNIT + (index === 0 ? 0.6 : 0)),
    );
    const keyFrames = whole.keyFrames.map((picture) =>
      picture.purpose === 'blink' ? { ...picture, embedding: doubtful } : picture,
    );
    expect(judgeTry({ ...whole, keyFrames })).toMatchObject({
      result: 'referred',
      reason: 'identity-not-followed',
    });
  });

  test('one picture that was not compared is forgiven, unless it is the neutral one', () => {
    const without = (purpose: string): JudgedTry => ({
      ...whole,
      keyFrames: whole.keyFrames.map((picture) =>
        picture.purpose === purpose ? { ...picture, embedding: null } : picture,
      ),
    });
    expect(judgeTry(without('blink')).result).toBe('live');
    expect(judgeTry(without('neutral'))).toMatchObject({ reason: 'identity-not-followed' });
  });
});

test('a face that takes on the light of the screen passes with flashes', () => {
  expect(judgeTry(flashed(0.1))).toMatchObject({ result: 'live' });
  // What a screen that is held up throws back.
  expect(judgeTry(flashed(0.02))).toMatchObject({ result: 'referred', reason: 'no-flash-response' });
});
