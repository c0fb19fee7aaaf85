import { describe, expect, test } from 'vitest';
import { ACTIONS, type Action } from '#domain/liveness/action.ts';
import { personalBaseline } from '#domain/liveness/baseline.ts';
import { DETECTORS } from '#domain/liveness/detectors/detectors.ts';
import { positionHint } from '#domain/liveness/hints.ts';
import { type JudgedTry, judgeTry } from '#domain/liveness/judge.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { isNeutral, NOTHING_SEEN, watchNeutral } from '#domain/liveness/neutral-watch.ts';
import { readSignals, smoothSignals } from '#domain/liveness/signals.ts';
import { thin } from '#domain/liveness/thinning.ts';
import { READING_MS } from '#domain/liveness/thresholds.ts';
import { decodeTrace, encodeTrace } from '#domain/liveness/trace.ts';
import { MOVEMENT_AT, recordedNames, recordedTrace } from './recorded-trace.ts';
import { pictureAt, planOf, SAME_FACE } from './rehearsal.ts';

const HEADS = ['lin', 'mei', 'kofi', 'vera'] as const;
const PHOTOS = ['photo-still', 'photo-tilted'] as const;
const SEGMENT_MS = 5600;
const START = 10_000;

/** A try played from recordings, one for each action asked: the prompt stands 300 ms before the movement begins. */
function play(asked: readonly Action[], recordings: readonly string[]): JudgedTry {
  const frames: LandmarkFrame[] = [];
  const prompts = asked.map((action, index) => {
    const from = START + index * SEGMENT_MS;
    // The recordings of one head all begin with the same pictures, which no camera's would.
    const salt = Math.imul(index + 1, 0x9e3779b1) >>> 0;
    for (const frame of recordedTrace(recordings[index] ?? '', from))
      frames.push({ ...frame, digest: (frame.digest ^ salt) >>> 0 });
    const shownAt = from + MOVEMENT_AT - 300;
    const opensAt = shownAt + READING_MS;
    return { action, shownAt, opensAt, closesAt: opensAt + 5000 };
  });
  const plan = planOf(...asked);
  const sooner = { ...plan, steps: plan.steps.map((step) => ({ ...step, gapMs: 400 })) };
  const trace = thin(undefined, frames);
  return {
    plan: sooner,
    exchanges: [],
    prompts,
    flashes: [],
    trace,
    keyFrames: [
      pictureAt('neutral', START + 1800),
      ...prompts.map(({ action, shownAt }) => pictureAt(action, shownAt + 900)),
    ],
    portrait: { at: START + 1500, embedding: SAME_FACE },
  };
}

function outcome(judged: JudgedTry): string {
  const verdict = judgeTry(judged);
  return verdict.result === 'live' ? 'live' : verdict.reason;
}

describe.each(HEADS)('%s before the real tracker', (head) => {
  test.each([...ACTIONS])('%s: its own detector finds it, and no other does', (action) => {
    const frames = thin(undefined, recordedTrace(`${head}-${action}`));
    const signals = frames.flatMap((frame) => readSignals(frame) ?? []);
    const baseline = personalBaseline(signals.filter(({ at }) => at < START + 1800));
    if (baseline === null) throw new Error('no baseline');
    const observed = {
      signals: smoothSignals(signals),
      baseline,
      from: START + 2000,
      until: START + SEGMENT_MS,
    };
    const found = ACTIONS.filter((name) => DETECTORS[name](observed).state === 'done');
    expect(found).toEqual([action]);
  });

  test.each([
    ['turn-left', 'open-mouth', 'blink'],
    ['blink', 'turn-right', 'turn-left'],
    ['open-mouth', 'blink', 'turn-right'],
  ] as const)('%s, %s, %s: live', (...asked) => {
    expect(
      outcome(
        play(
          asked,
          asked.map((action) => `${head}-${action}`),
        ),
      ),
    ).toBe('live');
  });

  test('the depth of a turned head stands far above the gate', () => {
    for (const action of ['turn-left', 'turn-right'] as const) {
      const { checks } = judgeTry(play([action], [`${head}-${action}`]));
      expect(checks.find(({ name }) => name === 'depth')?.value).toBeGreaterThan(0.1);
    }
  });

  test('a recording that answers in another order does not pass', () => {
    const order = ['turn-left', 'open-mouth', 'blink'].map((action) => `${head}-${action}`);
    expect(outcome(play(['turn-right', 'open-mouth', 'blink'], order))).toBe('wrong-action');
    expect(outcome(play(['open-mouth', 'turn-left', 'blink'], order))).toBe('wrong-action');
    expect(outcome(play(['blink', 'open-mouth', 'turn-left'], order))).toBe('wrong-action');
  });

  test('standing there and blinking now and then answers nothing', () => {
    for (const asked of ['turn-left', 'turn-right', 'open-mouth'] as const) {
      expect(outcome(play([asked], [`${head}-neutral`]))).toBe('too-slow');
    }
  });

  test.each(PHOTOS)('%s answers nothing', (photo) => {
    for (const asked of ACTIONS) expect(outcome(play([asked], [`${head}-${photo}`]))).toBe('too-slow');
  });

  test('a photo put in after an honest beginning does not pass', () => {
    const asked = ['turn-left', 'blink'] as const;
    expect(judgeTry(play(asked, [`${head}-turn-left`, `${head}-photo-still`])).result).toBe('not-live');
  });

  test('two people, nobody, darkness: each by its name', () => {
    expect(outcome(play(['turn-left'], [`${head}-two-people`]))).toBe('two-people');
    expect(outcome(play(['turn-left'], [`${head}-nobody`]))).toBe('no-face');
    const dark = thin(undefined, recordedTrace(`${head}-dark`));
    expect(new Set(dark.map((frame) => positionHint(frame, readSignals(frame))))).toEqual(
      new Set(['too-dark']),
    );
  });

  test('the neutral face is found within the first two seconds', () => {
    let watch = NOTHING_SEEN;
    const frames = thin(undefined, recordedTrace(`${head}-neutral`));
    const first = frames.find((frame) => {
      watch = watchNeutral(watch, frame);
      return isNeutral(watch, frame.at);
    });
    expect((first?.at ?? Number.NaN) - START).toBeLessThan(2200);
  });
});

test('every recording goes through the codec exactly, in less than 40 KB for 30 s', () => {
  const names = recordedNames();
  expect(names.length).toBeGreaterThanOrEqual(20);
  for (const name of names) {
    const frames = thin(undefined, recordedTrace(name));
    const bytes = encodeTrace(frames);
    expect(decodeTrace(bytes)).toEqual({ ok: true, value: frames });
    expect(bytes.length / frames.length).toBeLessThan(40_000 / (30 * 12.5));
  }
});
