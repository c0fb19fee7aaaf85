import { describe, expect, test } from 'vitest';
import type { Action } from '#domain/liveness/action.ts';
import { type JudgedTry, judgeTry } from '#domain/liveness/judge.ts';
import { allowedSequences } from '#domain/liveness/plan.ts';
import { during, withLight } from './changed-frames.ts';
import { planOf, rehearse, SAME_FACE, WILLING } from './rehearsal.ts';
import { emptyFrame, FRONT, faceFrame, swell } from './synthetic-face.ts';

const PLAN = planOf('turn-left', 'open-mouth', 'blink');

function reasonOf(judged: JudgedTry): string {
  const verdict = judgeTry(judged);
  return verdict.result === 'live' ? 'live' : verdict.reason;
}

describe('a living person', () => {
  test.each(allowedSequences([]).map((sequence) => [sequence.join(', '), sequence] as const))(
    'who does what is asked passes: %s',
    (_, sequence) => {
      expect(judgeTry(rehearse({ plan: planOf(...sequence) }))).toMatchObject({ result: 'live' });
    },
  );

  test.each([5, 8, 15, 30])('passes on a camera of %i frames a second', (perSecond) => {
    const judged = rehearse({ plan: PLAN, performer: { ...WILLING, perSecond } });
    expect(judgeTry(judged)).toMatchObject({ result: 'live' });
  });

  test.each([400, 1500, 3000])('passes when reacting after %i ms', (delayMs) => {
    const judged = rehearse({ plan: PLAN, performer: { ...WILLING, delayMs } });
    expect(judgeTry(judged)).toMatchObject({ result: 'live' });
  });

  test('may blink unasked, and look about for a moment before a prompt', () => {
    const judged = rehearse({
      plan: planOf('turn-left', 'turn-right', 'open-mouth'),
      edit: (frames, prompts) => {
        const first = prompts[0]?.shownAt ?? 0;
        const blinking = during(frames, { from: first - 900, until: first - 700 }, ({ at }) =>
          faceFrame({ at, pose: { ...FRONT, eyes: 0.05 } }),
        );
        return during(blinking, { from: first - 700, until: first + 100 }, ({ at }) =>
          faceFrame({ at, pose: { ...FRONT, yaw: -14 * swell(at, first - 700, 200) } }),
        );
      },
    });
    expect(judgeTry(judged)).toMatchObject({ result: 'live' });
  });

  test('with narrow eyes and a face tipped a little passes by their own baseline', () => {
    const base = { ...FRONT, eyes: 0.6, roll: 6, pitch: -14 };
    const judged = rehearse({ plan: PLAN, performer: { ...WILLING, base } });
    expect(judgeTry(judged)).toMatchObject({ result: 'live' });
  });

  test('every check is told with value and threshold', () => {
    const { checks, judgeVersion } = judgeTry(rehearse({ plan: PLAN }));
    expect(judgeVersion).toBe(1);
    expect(checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'frame-rate',
        'face-share',
        'eye-distance',
        'jump',
        'step-1-turn-left',
        'depth',
      ]),
    );
    expect(checks.every(({ value, threshold }) => Number.isFinite(value) && Number.isFinite(threshold))).toBe(
      true,
    );
    expect(checks.every(({ passed }) => passed)).toBe(true);
  });
});

describe('what a person is told', () => {
  test('nobody there: no-face', () => {
    const judged = rehearse({ plan: PLAN, edit: (frames) => frames.map(({ at }) => emptyFrame(at)) });
    expect(reasonOf(judged)).toBe('no-face');
    expect(reasonOf({ ...judged, prompts: [] })).toBe('no-face');
  });

  test('a second person as near as the first: two-people', () => {
    const judged = rehearse({
      plan: PLAN,
      edit: (frames) =>
        during(frames, { from: 5000, until: 6000 }, (frame) => ({
          ...frame,
          faces: 2,
          secondFaceShare: 0.9,
        })),
    });
    expect(reasonOf(judged)).toBe('two-people');
  });

  test('someone waiting behind does not matter', () => {
    const judged = rehearse({
      plan: PLAN,
      edit: (frames) => frames.map((frame) => ({ ...frame, faces: 2, secondFaceShare: 0.35 })),
    });
    expect(reasonOf(judged)).toBe('live');
  });

  test.each([
    ['too far away', 'too-far', { ...FRONT, distance: 90 }],
    ['too close', 'too-close', { ...FRONT, distance: 30 }],
    ['turned to the side all along', 'turned-away', { ...FRONT, yaw: 25 }],
    ['looking at the floor', 'turned-away', { ...FRONT, pitch: -40 }],
    ['eyes shut all along', 'eyes-shut', { ...FRONT, eyes: 0.1 }],
  ] as const)('%s: %s', (_, reason, base) => {
    expect(reasonOf(rehearse({ plan: PLAN, performer: { ...WILLING, base } }))).toBe(reason);
  });

  test.each([
    ['a dark hall', 'too-dark', { mean: 0.05 }],
    ['a lamp in the face', 'too-bright', { mean: 0.95 }],
    ['a smeared lens', 'blurred', { sharpness: 1 }],
  ] as const)('%s: %s', (_, reason, light) => {
    expect(reasonOf(rehearse({ plan: PLAN, edit: withLight(light) }))).toBe(reason);
  });

  test('a portrait with burnt-out skin: too-bright, although everything else passed', () => {
    expect(reasonOf(rehearse({ plan: PLAN, edit: withLight({ overexposed: 0.2 }) }))).toBe('too-bright');
  });

  test('right when left was asked: wrong-action', () => {
    const mirrored = (asked: Action): Action => (asked === 'turn-left' ? 'turn-right' : asked);
    expect(reasonOf(rehearse({ plan: PLAN, performer: { ...WILLING, does: mirrored } }))).toBe(
      'wrong-action',
    );
  });

  test('the mouth instead of a blink: wrong-action', () => {
    const does = (asked: Action): Action => (asked === 'blink' ? 'open-mouth' : asked);
    expect(reasonOf(rehearse({ plan: planOf('turn-left', 'blink'), performer: { ...WILLING, does } }))).toBe(
      'wrong-action',
    );
  });

  test.each([0, 1, 2])('nothing done at prompt %i: too-slow', (idle) => {
    const does = (asked: Action, index: number) => (index === idle ? ('nothing' as const) : asked);
    const judged = rehearse({ plan: PLAN, endsAt: idle, performer: { ...WILLING, does } });
    expect(reasonOf(judged)).toBe('too-slow');
  });

  test('done before a person could have answered is not an answer: too-slow', () => {
    const judged = rehearse({ plan: PLAN, endsAt: 0, performer: { ...WILLING, delayMs: 100 } });
    expect(reasonOf(judged)).toBe('too-slow');
  });

  test('half a turn is no turn: too-slow', () => {
    const judged = rehearse({ plan: PLAN, endsAt: 0, performer: { ...WILLING, turnDegrees: 14 } });
    expect(reasonOf(judged)).toBe('too-slow');
  });

  test('one ordinary blink is no answer, of both eyes or of one: too-slow', () => {
    for (const eyes of [0.05, { right: 0.05, left: 1 }]) {
      const judged = rehearse({
        plan: planOf('turn-left', 'blink'),
        performer: { ...WILLING, does: (asked) => (asked === 'blink' ? 'nothing' : asked) },
        edit: (frames, prompts) => {
          const shown = prompts[1]?.shownAt ?? 0;
          return during(frames, { from: shown + 900, until: shown + 1100 }, ({ at }) =>
            faceFrame({ at, pose: { ...FRONT, eyes } }),
          );
        },
      });
      expect(reasonOf(judged)).toBe('too-slow');
    }
  });

  test('eyes kept shut long after a blink was asked: eyes-shut', () => {
    const judged = rehearse({
      plan: planOf('turn-left', 'blink'),
      edit: (frames, prompts) => {
        const shown = prompts[1]?.shownAt ?? 0;
        const longer = frames.concat(
          Array.from({ length: 40 }, (_, index) =>
            faceFrame({ at: (frames.at(-1)?.at ?? 0) + (index + 1) * 83 }),
          ),
        );
        return during(longer, { from: shown + 900, until: shown + 4500 }, ({ at }) =>
          faceFrame({ at, pose: { ...FRONT, eyes: 0.05 } }),
        );
      },
    });
    expect(reasonOf(judged)).toBe('eyes-shut');
  });

  test('another face pushed in: face-changed', () => {
    const judged = rehearse({
      plan: PLAN,
      edit: (frames) =>
        frames.map((frame) =>
          frame.at > 6000 && frame.at < 6400
            ? faceFrame({ at: frame.at, pose: { ...FRONT, x: 16, y: 0 } })
            : frame,
        ),
    });
    expect(reasonOf(judged)).toBe('face-changed');
  });

  test('a picture of another size at the same place: face-changed', () => {
    const judged = rehearse({
      plan: PLAN,
      edit: (frames) =>
        during(frames, { from: 6000, until: 9000 }, ({ at }) =>
          faceFrame({ at, pose: { ...FRONT, distance: 75 } }),
        ),
    });
    expect(reasonOf(judged)).toBe('face-changed');
  });

  test('the face gone for a second and a half in between: face-changed', () => {
    const judged = rehearse({
      plan: PLAN,
      edit: (frames) => during(frames, { from: 6000, until: 7500 }, ({ at }) => emptyFrame(at)),
    });
    expect(reasonOf(judged)).toBe('face-changed');
  });

  test('a flat face that claims to turn: looks-flat', () => {
    const base = { ...FRONT, depth: 0 };
    const judged = rehearse({ plan: PLAN, performer: { ...WILLING, base } });
    expect(reasonOf(judged)).toBe('looks-flat');
    expect(reasonOf({ ...judged, switches: { depth: false } })).toBe('live');
  });

  test('three frames a second, or a hole of two seconds: camera-too-slow', () => {
    expect(reasonOf(rehearse({ plan: PLAN, performer: { ...WILLING, perSecond: 3 } }))).toBe(
      'camera-too-slow',
    );
    const holed = rehearse({
      plan: PLAN,
      edit: (frames) => frames.filter(({ at }) => at < 5200 || at > 7300),
    });
    expect(reasonOf(holed)).toBe('camera-too-slow');
  });
});

describe('evidence that does not hold together', () => {
  const whole = rehearse({ plan: PLAN });

  test('a missing prompt, and prompts in another order than planned', () => {
    expect(reasonOf({ ...whole, prompts: whole.prompts.slice(0, 2) })).toBe('evidence-incomplete');
    expect(reasonOf({ ...whole, plan: planOf('turn-left', 'blink', 'open-mouth') })).toBe(
      'evidence-incomplete',
    );
  });

  test('a prompt more than planned', () => {
    const prompts = [...whole.prompts, ...whole.prompts.slice(-1)];
    expect(reasonOf({ ...whole, prompts })).toBe('evidence-incomplete');
  });

  test('a window longer than planned', () => {
    const prompts = whole.prompts.map((prompt) => ({ ...prompt, closesAt: prompt.closesAt + 1 }));
    expect(reasonOf({ ...whole, prompts })).toBe('evidence-incomplete');
  });

  test('a prompt that came before its gap was over', () => {
    const early = rehearse({ plan: PLAN, performer: { ...WILLING, delayMs: 400 } });
    const prompts = early.prompts.map((prompt, index) =>
      index === 0
        ? prompt
        : {
            ...prompt,
            shownAt: prompt.shownAt - 1500,
            opensAt: prompt.opensAt - 1500,
            closesAt: prompt.closesAt - 1500,
          },
    );
    expect(reasonOf({ ...early, prompts })).toBe('evidence-incomplete');
  });

  test('a missing picture of an action, or one from another time', () => {
    expect(reasonOf({ ...whole, keyFrames: whole.keyFrames.slice(1) })).toBe('evidence-incomplete');
    const keyFrames = whole.keyFrames.map((picture) =>
      picture.purpose === 'blink' ? { ...picture, at: 1500 } : picture,
    );
    expect(reasonOf({ ...whole, keyFrames })).toBe('evidence-incomplete');
  });

  test('no portrait, and a portrait from the middle of a turn', () => {
    expect(judgeTry({ ...whole, portrait: null })).toMatchObject({ result: 'not-live' });
    const turnedAt = (whole.prompts[0]?.shownAt ?? 0) + 1400;
    expect(reasonOf({ ...whole, portrait: { at: turnedAt, embedding: SAME_FACE } })).toBe('turned-away');
  });
});

describe('what a person decides', () => {
  test('exchanged actions are referred, however well they were done', () => {
    const judged = rehearse({ plan: planOf('turn-right', 'open-mouth', 'turn-left') });
    expect(judgeTry({ ...judged, exchanges: ['blink'] })).toMatchObject({
      result: 'referred',
      reason: 'actions-exchanged',
    });
  });

  test('a plan without a turn is referred', () => {
    expect(judgeTry(rehearse({ plan: planOf('open-mouth', 'blink') }))).toMatchObject({
      result: 'referred',
      reason: 'no-turn',
    });
  });
});
