import { describe, expect, test } from 'vitest';
import { FLASH_COLOURS } from '#domain/liveness/flash-colour.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { faceFrame, GOOD_LIGHT } from '../../../domain/liveness/synthetic-face.ts';
import { CITIZEN, SimulatedTerminal } from './simulated-terminal.ts';

/** A terminal whose honest renderer has sent for some seconds to an empty room; then the forged input comes in its stead. */
async function underWay(): Promise<SimulatedTerminal> {
  const terminal = new SimulatedTerminal({ citizen: { ...CITIZEN, comesAt: 1e9 } });
  await terminal.conductor.begin(1, []);
  terminal.time.runTo(4010);
  expect(terminal.told.logged).toEqual([]);
  return terminal;
}

function send(
  terminal: SimulatedTerminal,
  frames: readonly LandmarkFrame[],
  { sentAt = terminal.rendererNow, attempt = 1 as 1 | 2 } = {},
): readonly string[] {
  terminal.conductor.frames({ attempt, sentAt, frames });
  return terminal.told.logged;
}

const GREY = { red: 0.4, green: 0.4, blue: 0.4 };
const MALFORMED: Readonly<Record<string, Partial<LandmarkFrame>>> = {
  'a pattern that is not a number': { texture: { moire: Number.NaN, bezel: 0 } },
  'a pattern beyond all measure': { texture: { moire: 1e9, bezel: 0 } },
  'more frame than there is picture': { texture: { moire: 10, bezel: 2 } },
  'a face of no colour': { colour: { face: { ...GREY, red: Number.NaN }, surround: GREY } },
  'a colour brighter than white': { colour: { face: GREY, surround: { ...GREY, blue: 1.5 } } },
  'a digest that is not whole': { digest: 0.5 },
  'a digest of too many bits': { digest: 2 ** 32 },
  'a digest below nothing': { digest: -1 },
  'an endless background': { light: { ...GOOD_LIGHT, background: Number.POSITIVE_INFINITY } },
};
const at = (terminal: SimulatedTerminal, offset: number) => faceFrame({ at: terminal.rendererNow + offset });

describe('frames that no camera sends are refused by name', () => {
  test('sent from the future', async () => {
    const terminal = await underWay();
    expect(send(terminal, [at(terminal, 0)], { sentAt: terminal.rendererNow + 400 })).toEqual([
      'frames-from-the-future',
    ]);
  });

  test('sent long ago', async () => {
    const terminal = await underWay();
    expect(send(terminal, [at(terminal, -2400)], { sentAt: terminal.rendererNow - 2400 })).toEqual([
      'frames-late',
    ]);
  });

  test('a clock that is slowed down, fifteen milliseconds a batch', async () => {
    const terminal = await underWay();
    terminal.edit = () => null;
    let skew = 0;
    terminal.time.every(100, () => {
      skew += 15;
      send(terminal, [at(terminal, -skew)], { sentAt: terminal.rendererNow - skew });
    });
    terminal.time.runTo(15_000);
    expect(terminal.told.logged).toContain('frames-late');
  });

  test.each<[string, string, (t: SimulatedTerminal) => readonly LandmarkFrame[]]>([
    ['out of order', 'frames-out-of-order', (t: SimulatedTerminal) => [at(t, -5), at(t, -8)]],
    ['older than the last batch', 'frames-out-of-order', (t: SimulatedTerminal) => [at(t, -700)]],
    ['after their own sending', 'frames-from-the-future', (t: SimulatedTerminal) => [at(t, 20)]],
    [
      'more than a camera has',
      'frames-too-many-frames',
      (t: SimulatedTerminal) => Array.from({ length: 60 }, () => at(t, 0)),
    ],
    [
      'more than a batch holds',
      'frames-too-many-frames',
      (t: SimulatedTerminal) => Array.from({ length: 65 }, () => at(t, 0)),
    ],
    ['not a time', 'frames-malformed-frame', (t: SimulatedTerminal) => [{ ...at(t, 0), at: Number.NaN }]],
    ['an endless width', 'frames-malformed-frame', (t: SimulatedTerminal) => [{ ...at(t, 0), width: 1e9 }]],
    [
      'points of another mesh',
      'frames-malformed-frame',
      (t: SimulatedTerminal) => [{ ...at(t, 0), points: new Int16Array(9) }],
    ],
    [
      'points without a face',
      'frames-malformed-frame',
      (t: SimulatedTerminal) => [{ ...at(t, 0), faces: 0 }],
    ],
    [
      'light that is not a number',
      'frames-malformed-frame',
      (t: SimulatedTerminal) => {
        const frame = at(t, 0);
        return [{ ...frame, light: frame.light && { ...frame.light, mean: Number.NaN } }];
      },
    ],
    [
      'a second face without end',
      'frames-malformed-frame',
      (t: SimulatedTerminal) => [{ ...at(t, 0), secondFaceShare: Number.POSITIVE_INFINITY }],
    ],
    ...Object.entries(MALFORMED).map(
      ([what, change]): [string, string, (t: SimulatedTerminal) => readonly LandmarkFrame[]] => [
        what,
        'frames-malformed-frame',
        (t) => [{ ...at(t, 0), ...change }],
      ],
    ),
  ])('%s', async (_, reason, frames) => {
    const terminal = await underWay();
    expect(send(terminal, frames(terminal))).toEqual([reason]);
    expect(terminal.told.audit.at(-1)).toMatchObject({ type: 'liveness.input-refused', fields: { reason } });
  });

  test('a time that is not one for the whole batch', async () => {
    const terminal = await underWay();
    expect(send(terminal, [at(terminal, 0)], { sentAt: Number.NaN })).toEqual(['frames-malformed']);
  });

  test('a flood of one kind is logged once, and the honest frames between still count', async () => {
    const terminal = new SimulatedTerminal();
    terminal.time.every(35, () => send(terminal, [at(terminal, 50)]));
    const told = await terminal.tryOnce();
    expect(told.verdict).toMatchObject({ result: 'live' });
    expect(told.logged).toEqual(['frames-from-the-future']);
  });

  test('of another try, or before any, they are nobody’s', async () => {
    const terminal = await underWay();
    expect(send(terminal, [at(terminal, 500)], { attempt: 2 })).toEqual([]);
    const idle = new SimulatedTerminal();
    expect(send(idle, [at(idle, 500)])).toEqual([]);
  });
});

describe('prompts and pictures that were not asked for', () => {
  test('a prompt reported before it was given', async () => {
    const terminal = await underWay();
    terminal.conductor.promptShown({ attempt: 1, index: 0, action: 'blink', at: terminal.rendererNow });
    expect(terminal.told.logged).toEqual(['prompt-not-asked']);
  });

  test('a prompt that was painted before it was given, later than now, or is another one', async () => {
    const terminal = new SimulatedTerminal();
    await terminal.conductor.begin(1, []);
    const honest = terminal.conductor.promptShown.bind(terminal.conductor);
    let reported = false;
    terminal.conductor.promptShown = (prompt) => {
      if (!reported) {
        reported = true;
        honest({ ...prompt, at: prompt.at - 2000 });
        honest({ ...prompt, at: prompt.at + 2000 });
        honest({ ...prompt, at: Number.NaN });
        honest({ ...prompt, index: prompt.index + 1 });
        honest({ ...prompt, action: prompt.action === 'blink' ? 'open-mouth' : 'blink' });
        expect(terminal.told.logged).toEqual(['prompt-time', 'prompt-another']);
      }
      honest(prompt);
    };
    await terminal.run(40_000);
    expect(reported).toBe(true);
    expect(terminal.told.verdict).toMatchObject({ result: 'live' });
  });

  test('a flash reported before it was given, or where none is', async () => {
    const terminal = await underWay();
    terminal.conductor.flashShown({ attempt: 1, index: 0, colour: 'white', at: terminal.rendererNow });
    expect(terminal.told.logged).toEqual(['flash-not-asked']);
  });

  test('a flash that was painted before it was given, later than now, twice, or is another one', async () => {
    const terminal = new SimulatedTerminal({ conductor: { flash: true } });
    await terminal.conductor.begin(1, []);
    const honest = terminal.conductor.flashShown.bind(terminal.conductor);
    let reported = false;
    terminal.conductor.flashShown = (flash) => {
      if (reported) return honest(flash);
      reported = true;
      for (const shift of [-2000, 2000, Number.NaN, Number.POSITIVE_INFINITY])
        honest({ ...flash, at: flash.at + shift });
      honest({ ...flash, index: flash.index + 1 });
      honest({ ...flash, colour: flash.colour === 'violet' ? 'green' : 'violet' });
      expect(terminal.told.logged).toEqual(['flash-time', 'flash-another']);
      honest(flash);
      honest(flash);
      expect(terminal.told.logged).toEqual(['flash-time', 'flash-another', 'flash-not-asked']);
    };
    await terminal.run(40_000);
    expect(reported).toBe(true);
    expect(terminal.told.failed).toBeNull();
    expect(terminal.conductor.evidence().tries[0]?.flashes).toHaveLength(FLASH_COLOURS.length);
  });

  test('a word on a portrait that nobody was asked about changes nothing', async () => {
    const terminal = await underWay();
    const before = terminal.told.views.length;
    terminal.conductor.choosePortrait('retake');
    terminal.conductor.choosePortrait('keep');
    expect(terminal.told.views).toHaveLength(before);
    expect(terminal.told.portraits).toEqual([]);
  });

  test('a portrait from before the citizen asked for another one', async () => {
    const terminal = new SimulatedTerminal({
      citizen: { ...CITIZEN, says: (left) => (left > 1 ? 'retake' : 'keep') },
    });
    const honest = terminal.conductor.keyFrame.bind(terminal.conductor);
    let old: number | null = null;
    terminal.conductor.keyFrame = (picture) => {
      const retaking = terminal.told.portraits.length === 1;
      if (!retaking) old = picture.at;
      honest(retaking && old !== null ? { ...picture, at: old } : picture);
    };
    const { verdict, logged, portraits } = await terminal.tryOnce();
    expect(logged).toEqual(['picture-time']);
    expect(portraits.length).toBeGreaterThan(1);
    expect(verdict).toMatchObject({ result: 'live' });
  });

  test('a picture that nobody asked for is refused and zeroed', async () => {
    const terminal = await underWay();
    const jpeg = Uint8Array.of(0xff, 0xd8, 5, 0xff, 0xd9);
    terminal.conductor.keyFrame({ requestId: 4711, at: terminal.rendererNow, jpeg });
    expect(terminal.told.logged).toEqual(['picture-not-asked']);
    expect([...jpeg]).toEqual([0, 0, 0, 0, 0]);
  });

  test.each([
    ['too large', 'picture-too-large', () => new Uint8Array(70_000)],
    ['not a JPEG', 'picture-not-jpeg', () => Uint8Array.of(0x89, 0x50, 0x4e, 0x47)],
    ['empty', 'picture-not-jpeg', () => new Uint8Array(0)],
  ])('a picture that is %s', async (_, reason, picture) => {
    const terminal = new SimulatedTerminal();
    terminal.picture = picture;
    const { failed, logged } = await terminal.tryOnce();
    expect(logged).toEqual([reason]);
    expect(failed).toBe('evidence-incomplete');
  });

  test('a picture from another time', async () => {
    for (const shift of [-60_000, 60_000, Number.NaN]) {
      const terminal = new SimulatedTerminal();
      const honest = terminal.conductor.keyFrame.bind(terminal.conductor);
      terminal.conductor.keyFrame = (picture) => honest({ ...picture, at: picture.at + shift });
      const { failed, logged } = await terminal.tryOnce();
      expect(logged).toContain('picture-time');
      expect(failed).toBe('evidence-incomplete');
    }
  });
});
