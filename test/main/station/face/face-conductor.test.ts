import { describe, expect, test } from 'vitest';
import type { FaceEmbedding } from '#domain/comparison/embedding.ts';
import type { Action } from '#domain/liveness/action.ts';
import { FLASH_COLOURS, FLASH_MS } from '#domain/liveness/flash-colour.ts';
import { judgeEvidence } from '#domain/liveness/judge-evidence.ts';
import { decodeTrace, encodeTrace } from '#domain/liveness/trace.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { nodeDigests } from '#protocol/digests.ts';
import type { EmbeddingFault, FaceEmbedder } from '#station/ports.ts';
import { CITIZEN, EMBEDDING, SimulatedTerminal } from './simulated-terminal.ts';

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

describe('flashes', () => {
  test('come after the neutral face and before the first prompt, and are kept with their times', async () => {
    const terminal = new SimulatedTerminal({ conductor: { flash: true } });
    const { views, failed } = await terminal.tryOnce();
    expect(failed).toBeNull();
    const phases = views.map(({ phase }) => phase);
    expect(phases.slice(0, 9)).toEqual([
      'starting-camera',
      'positioning',
      'hold-still',
      ...Array.from({ length: FLASH_COLOURS.length }, () => 'flash'),
      'hold-still',
      'prompt',
    ]);
    const { flashes = [], prompts = [] } = terminal.conductor.evidence().tries[0] ?? {};
    expect(flashes.map(({ colour }) => colour).toSorted()).toEqual(FLASH_COLOURS.toSorted());
    expect(flashes.at(-1)?.shownAt ?? 0).toBeLessThan(prompts[0]?.shownAt ?? 0);
    for (const [index, { shownAt }] of flashes.entries())
      if (index > 0) expect(shownAt - (flashes[index - 1]?.shownAt ?? 0)).toBeGreaterThanOrEqual(FLASH_MS);
    expect(judgeEvidence(terminal.conductor.evidence(), nodeDigests).differs).toBe(false);
  });

  test('that a page never paints cost the citizen nothing but time, and are told', async () => {
    const terminal = new SimulatedTerminal({ conductor: { flash: true } });
    terminal.conductor.flashShown = () => {};
    const { verdict, logged } = await terminal.tryOnce();
    expect(verdict).toMatchObject({ result: 'live' });
    expect(logged).toEqual(['flash-not-painted']);
    expect(terminal.conductor.evidence().tries[0]?.flashes).toEqual([]);
  });

  test('of which a page paints only some are kept as far as they came', async () => {
    const terminal = new SimulatedTerminal({ conductor: { flash: true } });
    const honest = terminal.conductor.flashShown.bind(terminal.conductor);
    terminal.conductor.flashShown = (flash) => {
      if (flash.index < 2) honest(flash);
    };
    const { verdict, failed } = await terminal.tryOnce();
    expect(failed).toBeNull();
    expect(terminal.conductor.evidence().tries[0]?.flashes).toHaveLength(2);
    expect(verdict).toMatchObject({ result: 'referred', reason: 'no-flash-response' });
  });
});

describe('the portrait', () => {
  const retaking = (says: (typeof CITIZEN)['says']) =>
    new SimulatedTerminal({ citizen: { ...CITIZEN, says } });

  test('is shown, and kept without a word', async () => {
    const terminal = retaking(() => 'nothing');
    const { verdict, portraits } = await terminal.tryOnce();
    expect(verdict).toMatchObject({ result: 'live' });
    expect(portraits).toEqual([terminal.conductor.evidence().portrait?.jpeg]);
  });

  test('is taken again twice at most; those before are zeroed', async () => {
    let number = 0;
    const terminal = retaking(() => 'retake');
    const taken: Uint8Array[] = [];
    terminal.picture = () => {
      const jpeg = Uint8Array.of(0xff, 0xd8, 40 + number++, 1, 1, 0xff, 0xd9);
      taken.push(jpeg);
      return jpeg;
    };
    const { verdict, portraits, views, commands } = await terminal.tryOnce();
    expect(verdict).toMatchObject({ result: 'live' });
    expect(views.flatMap((view) => (view.phase === 'portrait' ? [view.retakesLeft] : []))).toEqual([2, 1, 0]);
    expect(commands.filter(({ type }) => type === 'forget')).toHaveLength(2);
    const { portrait, tries } = terminal.conductor.evidence();
    expect(portrait?.jpeg).toEqual(portraits[2]);
    const kept = [portrait?.jpeg, ...(tries[0]?.keyFrames.map(({ jpeg }) => jpeg) ?? [])];
    for (const jpeg of taken) expect(jpeg.every((octet) => octet === 0)).toBe(!kept.includes(jpeg));
  });

  test('stays when the citizen walks away while choosing; what came after it is no evidence', async () => {
    const terminal = retaking(() => 'nothing');
    const chosenFrom = () => terminal.told.views.some(({ phase }) => phase === 'portrait');
    let framesAt = 0;
    terminal.edit = (frame) => {
      if (!chosenFrom()) {
        framesAt = frame.at;
        return frame;
      }
      return { ...frame, faces: 0, points: null, light: null };
    };
    const { verdict } = await terminal.tryOnce();
    expect(verdict).toMatchObject({ result: 'live' });
    const { trace = [] } = terminal.conductor.evidence().tries[0] ?? {};
    expect(trace.at(-1)?.at ?? 0).toBeLessThanOrEqual(framesAt + 1);
  });

  test('stays when somebody else takes the place for the retake', async () => {
    const terminal = retaking(() => 'retake');
    terminal.edit = (frame) =>
      terminal.told.portraits.length > 0 ? { ...frame, faces: 2, secondFaceShare: 0.9 } : frame;
    const { verdict, portraits } = await terminal.tryOnce();
    expect(verdict).toMatchObject({ result: 'live' });
    expect(portraits).toHaveLength(1);
  });
});

describe('whose face the pictures show', () => {
  test('stands beside every key frame and the portrait', async () => {
    const terminal = new SimulatedTerminal();
    await terminal.tryOnce();
    const { tries, portrait } = terminal.conductor.evidence();
    expect(portrait?.embedding).toEqual(EMBEDDING);
    expect(tries[0]?.keyFrames.map(({ embedding }) => embedding)).toEqual(
      tries[0]?.keyFrames.map(() => EMBEDDING),
    );
  });

  test('is asked with copies, which are zeroed', async () => {
    const asked: Uint8Array[] = [];
    const embedder: FaceEmbedder = {
      embed: async ({ bytes, from }) => {
        expect(from).toBe('frame');
        expect(bytes[0]).toBe(0xff);
        asked.push(bytes);
        return ok(EMBEDDING.slice());
      },
    };
    const terminal = new SimulatedTerminal({ conductor: { embedder } });
    await terminal.tryOnce();
    expect(asked.length).toBeGreaterThan(4);
    for (const bytes of asked) expect(bytes.every((octet) => octet === 0)).toBe(true);
    expect(terminal.conductor.evidence().portrait?.jpeg[0]).toBe(0xff);
  });

  test.each<[string, FaceEmbedder['embed']]>([
    ['never answers', () => new Promise<never>(() => {})],
    ['cannot tell', async () => err('no-face')],
    ['fails', () => Promise.reject(new Error('a bug'))],
  ])('is judged without when the one who tells %s, three seconds later at most', async (_, embed) => {
    const terminal = new SimulatedTerminal({ conductor: { embedder: { embed } } });
    const { verdict } = await terminal.tryOnce();
    expect(verdict).toMatchObject({ result: 'referred', reason: 'identity-not-followed' });
    expect(terminal.time.now).toBeLessThan(26_000);
  });

  test('is dropped and zeroed when it is told after the wipe', async () => {
    const answers: ((embedding: FaceEmbedding) => void)[] = [];
    const embed: FaceEmbedder['embed'] = () =>
      new Promise<Result<FaceEmbedding, EmbeddingFault>>((resolve) =>
        answers.push((embedding) => resolve(ok(embedding))),
      );
    const terminal = new SimulatedTerminal({ conductor: { embedder: { embed } } });
    await terminal.conductor.begin(1, []);
    await terminal.run(6000);
    terminal.conductor.wipe();
    const late = EMBEDDING.slice();
    answers[0]?.(late);
    await settled();
    expect(late.every((value) => value === 0)).toBe(true);
  });

  test('another one in the pictures of the actions fails the try', async () => {
    let pictures = 0;
    const other = EMBEDDING.map((value) => -value);
    const embed: FaceEmbedder['embed'] = async () => ok((pictures++ > 3 ? other : EMBEDDING).slice());
    const terminal = new SimulatedTerminal({ conductor: { embedder: { embed } } });
    expect((await terminal.tryOnce()).failed).toBe('face-changed');
  });
});

describe('an operator’s own network', () => {
  test('gives every key frame its score', async () => {
    const terminal = new SimulatedTerminal({ conductor: { passive: { score: async () => 0.9 } } });
    const { verdict } = await terminal.tryOnce();
    expect(verdict).toMatchObject({ result: 'live' });
    const { tries } = terminal.conductor.evidence();
    expect(tries[0]?.keyFrames.map(({ passive }) => passive)).toEqual([0.9, 0.9, 0.9, 0.9]);
  });

  test('can refer a try to a person, and what is no score says nothing', async () => {
    const attack = new SimulatedTerminal({ conductor: { passive: { score: async () => 0.01 } } });
    expect((await attack.tryOnce()).verdict).toMatchObject({ result: 'referred', reason: 'passive-network' });
    const nonsense = new SimulatedTerminal({ conductor: { passive: { score: async () => Number.NaN } } });
    expect((await nonsense.tryOnce()).verdict).toMatchObject({ result: 'live' });
  });

  test('that is slow costs no embedding', async () => {
    const passive = { score: () => new Promise<never>(() => {}) };
    const { verdict } = await new SimulatedTerminal({ conductor: { passive } }).tryOnce();
    expect(verdict).toMatchObject({ result: 'live' });
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
