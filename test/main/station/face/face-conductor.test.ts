import { describe, expect, test } from 'vitest';
import type { Action } from '#domain/liveness/action.ts';
import { judgeEvidence } from '#domain/liveness/judge-evidence.ts';
import { decodeTrace, encodeTrace } from '#domain/liveness/trace.ts';
import { nodeDigests } from '#protocol/digests.ts';
import { CITIZEN, SimulatedTerminal } from './simulated-terminal.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a citizen who does what is asked', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('passes, whatever the plan (seed %i)', async (seed) => {
    const terminal = new SimulatedTerminal({ seed });
    const told = await terminal.tryOnce();
    expect(told.verdict).toMatchObject({ result: 'live' });
    expect(told.logged).toEqual([]);
    expect(terminal.time.now).toBeLessThan(22_000);
  });

  test.each([5, 8, 30])('passes on %i frames a second', async (perSecond) => {
    const told = await new SimulatedTerminal({ perSecond }).tryOnce();
    expect(told.verdict).toMatchObject({ result: 'live' });
  });

  test('passes on a channel that takes 180 ms', async () => {
    const told = await new SimulatedTerminal({ delayMs: () => 180 }).tryOnce();
    expect(told.verdict).toMatchObject({ result: 'live' });
  });

  test.each([1, 2, 3, 4])(
    'passes on a busy machine: 6 frames a second, messages up to 500 ms late (%i)',
    async (seed) => {
      let turn = seed * 7;
      const delayMs = () => {
        turn = (turn * 31 + 17) % 491;
        return 10 + turn;
      };
      const told = await new SimulatedTerminal({ seed, perSecond: 6, delayMs }).tryOnce();
      expect(told.verdict).toMatchObject({ result: 'live' });
      expect(told.logged).toEqual([]);
    },
  );

  test('passes although the station once stood still for a second', async () => {
    const terminal = new SimulatedTerminal({
      delayMs: () => (terminal.time.now > 5000 && terminal.time.now < 6000 ? 6000 - terminal.time.now : 20),
    });
    const told = await terminal.tryOnce();
    expect(told.verdict).toMatchObject({ result: 'live' });
    expect(told.logged).toEqual([]);
  });

  test('who stands a little far away passes too, after a hint to come closer for the portrait', async () => {
    const base = { ...CITIZEN.base, distance: 58 };
    const { verdict, views } = await new SimulatedTerminal({ citizen: { ...CITIZEN, base } }).tryOnce();
    expect(verdict).toMatchObject({ result: 'live' });
    expect(views).toContainEqual({ phase: 'positioning', hint: 'too-far' });
  });

  test('sees one prompt at a time, each after the last was answered', async () => {
    const { views } = await new SimulatedTerminal().tryOnce();
    const phases = views.map((view) => (view.phase === 'prompt' ? `prompt ${view.index}` : view.phase));
    expect(phases).toEqual([
      'starting-camera',
      'positioning',
      'hold-still',
      'prompt 0',
      'between',
      'prompt 1',
      'between',
      'prompt 2',
      'between',
      'portrait',
      'checking',
    ]);
  });

  test('is told what to change until the face stands well', async () => {
    const terminal = new SimulatedTerminal({ citizen: { ...CITIZEN, comesAt: 6000 } });
    const { views } = await terminal.tryOnce();
    expect(views).toContainEqual({ phase: 'positioning', hint: 'no-face' });
  });

  test('leaves evidence that another judge agrees with, byte for byte through the codec', async () => {
    const terminal = new SimulatedTerminal();
    await terminal.tryOnce();
    const evidence = terminal.conductor.evidence();
    expect(evidence.portrait?.scores['eye-distance']).toBeGreaterThan(70);
    expect(evidence.tries[0]?.keyFrames.map(({ purpose }) => purpose).sort()).toEqual(
      ['neutral', ...(evidence.tries[0]?.prompts.map(({ action }) => action) ?? [])].sort(),
    );
    const carried = {
      ...evidence,
      tries: evidence.tries.map((liveness) => {
        const trace = decodeTrace(encodeTrace(liveness.trace));
        if (!trace.ok) throw new Error(trace.error);
        return { ...liveness, trace: trace.value };
      }),
    };
    const judged = judgeEvidence(carried, nodeDigests);
    expect(judged).toMatchObject({ differs: false, verdict: { result: 'live' } });
    expect(judged.verdict).toEqual(evidence.tries[0]?.verdict);
  });

  test('needs at most 40 KB of trace', async () => {
    const terminal = new SimulatedTerminal({ perSecond: 30, citizen: { ...CITIZEN, reactsAfterMs: 3500 } });
    await terminal.tryOnce();
    const trace = terminal.conductor.evidence().tries[0]?.trace ?? [];
    const seconds = ((trace.at(-1)?.at ?? 0) - (trace[0]?.at ?? 0)) / 1000;
    expect(encodeTrace(trace).length / seconds).toBeLessThan(40_000 / 30);
  });
});

describe('the audit trail', () => {
  test('holds the commitment before anything is shown, and its end', async () => {
    const terminal = new SimulatedTerminal();
    const beginning = terminal.conductor.begin(1, []);
    expect(terminal.told.views).toEqual([]);
    await beginning;
    expect(terminal.told.audit.map(({ type }) => type)).toEqual(['liveness.committed']);
    expect(terminal.told.views).toHaveLength(1);
    terminal.conductor.abandon();
    expect(terminal.told.audit.map(({ type }) => type)).toEqual(['liveness.committed', 'liveness.abandoned']);
    expect(terminal.told.audit[1]?.fields.commitment).toBe(terminal.told.audit[0]?.fields.commitment);
  });

  test('says used once a try was judged, and an abandon after that says nothing', async () => {
    const terminal = new SimulatedTerminal();
    const { audit } = await terminal.tryOnce();
    terminal.conductor.abandon();
    terminal.conductor.wipe();
    expect(audit.map(({ type }) => type)).toEqual(['liveness.committed', 'liveness.used']);
    expect(audit[1]?.fields).toMatchObject({ attempt: 1, result: 'live', reason: 'passed' });
  });

  test('carries neither seed nor plan', async () => {
    const terminal = new SimulatedTerminal({ seed: 0xab });
    const { audit } = await terminal.tryOnce();
    expect(JSON.stringify(audit)).not.toContain('abababab');
    expect(JSON.stringify(audit[0])).not.toMatch(/turn|blink|mouth/);
  });

  test('a session left while the registry is asked for its nonce commits to nothing', async () => {
    let answer: (nonce: null) => void = () => {};
    const terminal = new SimulatedTerminal({
      conductor: {
        registryNonce: () =>
          new Promise((resolve) => {
            answer = resolve;
          }),
      },
    });
    const beginning = terminal.conductor.begin(1, []);
    terminal.conductor.abandon();
    answer(null);
    await beginning;
    expect(terminal.told.audit).toEqual([]);
    expect(terminal.told.views).toEqual([]);
  });
});

describe('a try that does not pass', () => {
  test('nothing happens: no face', async () => {
    const terminal = new SimulatedTerminal({ citizen: { ...CITIZEN, comesAt: 1e9 } });
    expect((await terminal.tryOnce()).failed).toBe('no-face');
    expect(terminal.time.now).toBeLessThan(35_000);
  });

  test('the camera never delivers: camera-too-slow', async () => {
    const terminal = new SimulatedTerminal();
    terminal.edit = () => null;
    expect((await terminal.tryOnce()).failed).toBe('camera-too-slow');
  });

  test('the citizen does nothing: too-slow, at the end of the first window', async () => {
    const terminal = new SimulatedTerminal({ citizen: { ...CITIZEN, does: () => 'nothing' } });
    const { failed, views } = await terminal.tryOnce();
    expect(failed).toBe('too-slow');
    expect(views.filter(({ phase }) => phase === 'prompt')).toHaveLength(1);
  });

  test('left and right mixed up: wrong-action, at once', async () => {
    const mirror: Partial<Record<Action, Action>> = { 'turn-left': 'turn-right', 'turn-right': 'turn-left' };
    const terminal = new SimulatedTerminal({
      citizen: { ...CITIZEN, does: (asked) => mirror[asked] ?? asked },
    });
    expect((await terminal.tryOnce()).failed).toBe('wrong-action');
  });

  test('someone else leans in: two-people', async () => {
    const terminal = new SimulatedTerminal();
    let since = Number.POSITIVE_INFINITY;
    terminal.onPrompt = () => {
      since = Math.min(since, terminal.rendererNow);
    };
    terminal.edit = (frame) => (frame.at > since ? { ...frame, faces: 2, secondFaceShare: 0.9 } : frame);
    expect((await terminal.tryOnce()).failed).toBe('two-people');
  });

  test('the face leaves after the second prompt: face-changed', async () => {
    const terminal = new SimulatedTerminal();
    let goneAt = Number.POSITIVE_INFINITY;
    terminal.onPrompt = (index) => {
      if (index === 1) goneAt = terminal.rendererNow;
    };
    terminal.edit = (frame) =>
      frame.at > goneAt ? { ...frame, faces: 0, points: null, light: null } : frame;
    expect((await terminal.tryOnce()).failed).toBe('face-changed');
  });

  test('leaving before the first prompt only starts the wait over', async () => {
    const terminal = new SimulatedTerminal();
    let gone = 0;
    terminal.edit = (frame) => {
      const holding = terminal.told.views.some(({ phase }) => phase === 'hold-still');
      if (!holding || gone > 14) return frame;
      gone += 1;
      return { ...frame, faces: 0, points: null, light: null };
    };
    expect((await terminal.tryOnce()).verdict).toMatchObject({ result: 'live' });
  });

  test('a prompt that the renderer never paints: evidence-incomplete or too slow, not a hang', async () => {
    const terminal = new SimulatedTerminal();
    terminal.conductor.promptShown = () => {};
    expect((await terminal.tryOnce()).failed).not.toBeNull();
    expect(terminal.time.now).toBeLessThan(15_000);
  });

  test('no pictures come: evidence-incomplete', async () => {
    const terminal = new SimulatedTerminal();
    terminal.picture = () => Uint8Array.of(1, 2, 3, 4);
    const { failed, logged } = await terminal.tryOnce();
    expect(failed).toBe('evidence-incomplete');
    expect(logged).toEqual(['picture-not-jpeg']);
  });

  test('a second try has its own plan and seed, and its evidence stands beside the first', async () => {
    let times = 0;
    const terminal = new SimulatedTerminal({
      citizen: { ...CITIZEN, does: (asked) => (times++ === 0 ? 'nothing' : asked) },
    });
    expect((await terminal.tryOnce(1)).failed).toBe('too-slow');
    await settled();
    expect((await terminal.tryOnce(2)).verdict).toMatchObject({ result: 'live' });
    const { tries, portrait } = terminal.conductor.evidence();
    expect(tries.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(tries[0]?.commitment).not.toEqual(tries[1]?.commitment);
    expect(portrait?.attempt).toBe(2);
    expect(judgeEvidence(terminal.conductor.evidence(), nodeDigests)).toMatchObject({
      differs: false,
      verdict: { result: 'live' },
    });
  });
});

describe('the wipe', () => {
  test('zeroes every picture, point and seed, of tries judged and under way', async () => {
    const terminal = new SimulatedTerminal();
    await terminal.tryOnce(1);
    const { tries, portrait } = terminal.conductor.evidence();
    const buffers = [
      portrait?.jpeg,
      ...tries.flatMap(({ seed, keyFrames, trace }) => [
        seed,
        ...keyFrames.map(({ jpeg }) => jpeg),
        ...trace.map(({ points }) => points),
      ]),
    ];
    terminal.conductor.wipe();
    expect(buffers.length).toBeGreaterThan(50);
    for (const buffer of buffers) expect(buffer?.every((value) => value === 0) ?? true).toBe(true);
    expect(terminal.conductor.evidence()).toMatchObject({ tries: [], portrait: null });
  });

  test('a picture that comes after it is zeroed too', async () => {
    const terminal = new SimulatedTerminal();
    await terminal.tryOnce(1);
    terminal.conductor.wipe();
    const jpeg = Uint8Array.of(0xff, 0xd8, 7, 0xff, 0xd9);
    terminal.conductor.keyFrame({ requestId: 1, at: terminal.rendererNow, jpeg });
    expect([...jpeg]).toEqual([0, 0, 0, 0, 0]);
  });
});
