import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceCommand } from '#drivers/command-session/command.ts';
import { createCommandSession } from '#drivers/command-session/command-session.ts';
import type { SdtResponse } from '#drivers/framing/sdt.ts';
import {
  encodeSdtRequest,
  encodeSdtResponse,
  sdtRequestDeframer,
  sdtResponseDeframer,
} from '#drivers/framing/sdt.ts';
import { SDT_COMMANDS, sdtBarriers } from '#drivers/reader/sdt-commands.ts';
import { memoryTransport } from '#drivers/transport/memory.ts';
import type { ManualTimers } from '../manual-timers.ts';
import { manualTimers } from '../manual-timers.ts';

const { find, select, status } = SDT_COMMANDS;

interface Answer {
  readonly after: number;
  readonly bytes: Uint8Array | null;
}

/** A device that hears commands and answers as the test says, one after the other, as real ones do. */
async function bench(answerTo: (code: number, nth: number) => Answer) {
  const timers: ManualTimers = manualTimers();
  const deframer = sdtResponseDeframer();
  const { transport, device } = memoryTransport({ path: '/dev/bench' });
  const ear = sdtRequestDeframer();
  const heard: number[] = [];
  let freeAt = 0;
  device.onWrite((bytes) => {
    for (const request of ear.push(bytes)) {
      const code = (request.command << 8) | request.parameter;
      heard.push(code);
      const { after, bytes: answer } = answerTo(code, heard.length);
      freeAt = Math.max(freeAt, timers.monotonic()) + after;
      if (answer) timers.after(freeAt - timers.monotonic(), () => device.emit(answer));
    }
  });
  const lost: string[] = [];
  const counts = { frames: 0, damaged: 0, timeouts: 0 };
  await transport.open();
  const session = createCommandSession({
    transport,
    deframer,
    baudRate: 115200,
    barriers: sdtBarriers(SDT_COMMANDS),
    timers,
    onLost: (detail) => lost.push(detail),
    count: (what, times) => {
      counts[what] += times;
    },
  });
  /** Asks, and lets time pass until the answer is there. */
  const ask = async (command: typeof find) => {
    let result: Awaited<ReturnType<typeof session.request>> | null = null;
    void session.request(command).then((value) => {
      result = value;
    });
    await timers.until(() => result !== null);
    return result as Awaited<ReturnType<typeof session.request>> | null;
  };
  return { timers, device, deframer, session, heard, lost, counts, ask };
}

const plain = (code: number) => encodeSdtResponse({ status: code });
const FOUND = encodeSdtResponse({ status: 0x9f, data: new Uint8Array(4) });
const SELECTED = encodeSdtResponse({ status: 0x90, data: new Uint8Array(8) });
const at = (after: number, bytes: Uint8Array | null): Answer => ({ after, bytes });
const SAM_ID = encodeSdtResponse({ status: 0x90, data: new Uint8Array(16) });
const SOUND_ANSWERS: Readonly<Record<number, Uint8Array>> = {
  8193: FOUND,
  8194: SELECTED,
  4863: SAM_ID,
};
/** What a sound reader says. */
const sound = (code: number): Answer => at(10, SOUND_ANSWERS[code] ?? plain(0x90));

describe('a command session', () => {
  it('brings a new line into step before the first command', async () => {
    const { ask, heard } = await bench(sound);
    expect(await ask(find)).toMatchObject({ ok: true, value: { status: 0x9f } });
    expect(await ask(select)).toMatchObject({ ok: true, value: { status: 0x90 } });
    expect(heard).toEqual([0x11ff, 0x2001, 0x2002]);
  });

  it('refuses a second command while one is under way', async () => {
    const { session } = await bench(sound);
    void session.request(find);
    await expect(session.request(select)).rejects.toThrow('while another command is under way');
  });

  it('gives up after thinking time and the time of the bytes', async () => {
    const { ask, timers } = await bench((code) => (code === 0x2001 ? at(0, null) : sound(code)));
    await ask(status);
    const before = timers.monotonic();
    expect(await ask(find)).toEqual({ ok: false, error: { reason: 'timeout' } });
    // 1000 ms for the reader, 10 + 15 bytes of ten bits at 115200 baud.
    expect(timers.monotonic() - before).toBe(1003);
  });

  it('never takes a late answer for the answer to the next command', async () => {
    // The first find is answered after 1.2 s, when it has been given up.
    let finds = 0;
    const { ask, heard } = await bench((code) => {
      if (code !== 0x2001) return sound(code);
      finds += 1;
      return finds === 1 ? at(1200, FOUND) : at(10, plain(0x80));
    });
    expect(await ask(find)).toEqual({ ok: false, error: { reason: 'timeout' } });
    expect(await ask(find)).toMatchObject({ ok: true, value: { status: 0x80 } });
    expect(heard).toEqual([0x11ff, 0x2001, 0x11ff, 0x2001]);
  });

  it('sends a second barrier when a late answer looked like the answer to the first', async () => {
    // The status is answered after it was given up, looks like the barrier's answer, and that one follows.
    const { ask, heard } = await bench((code, nth) => {
      if (nth === 2) return at(1100, plain(0x90));
      return nth === 3 ? at(40, plain(0x90)) : sound(code);
    });
    expect(await ask(status)).toEqual({ ok: false, error: { reason: 'timeout' } });
    expect(await ask(find)).toMatchObject({ ok: true, value: { status: 0x9f } });
    expect(heard).toEqual([0x11ff, 0x11ff, 0x11ff, 0x12ff, 0x2001]);
  });

  it('does not take the first barrier’s late answer for the second’s', async () => {
    const { ask, heard, timers } = await bench((code, nth) =>
      nth === 1 ? at(1365, plain(0x90)) : sound(code),
    );
    expect(await ask(find)).toMatchObject({ ok: true, value: { status: 0x9f } });
    expect(heard).toEqual([0x11ff, 0x12ff, 0x2001]);
    expect(timers.monotonic()).toBeGreaterThan(1365 + 80);
  });

  it('names an answer that cannot be this command’s, and comes back into step', async () => {
    const { ask, heard } = await bench((code, nth) => (nth === 2 ? at(10, SELECTED) : sound(code)));
    expect(await ask(find)).toEqual({ ok: false, error: { reason: 'out-of-step' } });
    expect(await ask(find)).toMatchObject({ ok: true, value: { status: 0x9f } });
    expect(heard).toEqual([0x11ff, 0x2001, 0x11ff, 0x2001]);
  });

  it('comes back into step after an answer that nobody asked for', async () => {
    const { ask, device, timers, heard } = await bench(sound);
    await ask(find);
    device.emit(FOUND);
    await timers.advance(10);
    await ask(find);
    expect(heard).toEqual([0x11ff, 0x2001, 0x11ff, 0x2001]);
  });

  it('tells a damaged answer as soon as the line is quiet, long before the time is up', async () => {
    const bad = FOUND.slice();
    bad[bad.length - 1] = 0x55;
    const { ask, timers } = await bench((code) => (code === 0x2001 ? at(10, bad) : sound(code)));
    await ask(status);
    const before = timers.monotonic();
    expect(await ask(find)).toEqual({ ok: false, error: { reason: 'damaged' } });
    expect(timers.monotonic() - before).toBeLessThan(400);
  });

  it('tells an answer that breaks off', async () => {
    const { ask } = await bench((code) => (code === 0x2001 ? at(10, FOUND.slice(0, 9)) : sound(code)));
    expect(await ask(find)).toEqual({ ok: false, error: { reason: 'cut-short', received: 8 } });
  });

  it('says that there is no barrier behind a live cable with a dead reader', async () => {
    const { ask } = await bench(() => at(0, null));
    expect(await ask(find)).toEqual({ ok: false, error: { reason: 'no-barrier' } });
  });

  it('says that there is no barrier on a line that never falls quiet', async () => {
    const { ask, device, timers } = await bench(sound);
    const chatter = () => {
      device.emit(Uint8Array.of(0x41, 0x54));
      timers.after(50, chatter);
    };
    chatter();
    expect(await ask(find)).toEqual({ ok: false, error: { reason: 'no-barrier' } });
  });

  it('takes a module that refuses to work for a barrier: the line is in step', async () => {
    const { ask } = await bench(() => at(10, plain(0x60)));
    expect(await ask(find)).toMatchObject({ ok: true, value: { status: 0x60 } });
  });

  it('answers with the loss when the plug is pulled, then and later', async () => {
    const { ask, device, lost, timers } = await bench((code) =>
      code === 0x2001 ? at(0, null) : sound(code),
    );
    await ask(status);
    timers.after(5, () => device.unplug('bad file descriptor'));
    const gone = { ok: false, error: { reason: 'lost', detail: 'bad file descriptor' } };
    expect(await ask(find)).toEqual(gone);
    expect(await ask(find)).toEqual(gone);
    expect(lost).toEqual(['bad file descriptor']);
  });

  it('passes zeros over that fill up reports, and answers that are spread over reports', async () => {
    const inReports = (frame: Uint8Array) => {
      const padded = new Uint8Array(64 * (Math.ceil(frame.length / 64) + 1));
      padded.set(frame);
      return padded;
    };
    const { ask, heard, counts, device, timers } = await bench((code) => {
      const { after, bytes } = sound(code);
      return at(after, bytes && inReports(bytes));
    });
    expect(await ask(find)).toMatchObject({ ok: true, value: { status: 0x9f } });
    device.emit(new Uint8Array(64));
    await timers.advance(10);
    expect(await ask(select)).toMatchObject({ ok: true, value: { status: 0x90 } });
    expect(heard).toEqual([0x11ff, 0x2001, 0x2002]);
    expect(counts).toEqual({ frames: 3, damaged: 0, timeouts: 0 });
  });

  it('does not take its own question, sent back by an adapter, for an answer', async () => {
    // One with data looks like an answer.
    const radio: DeviceCommand = {
      ...SDT_COMMANDS.status,
      name: 'set-radio-bytes',
      frame: encodeSdtRequest({ command: 0x61, parameter: 0xff, data: Uint8Array.of(0x50) }),
    };
    const echoing = await bench((code) =>
      at(10, code === 0x61ff ? Uint8Array.from([...radio.frame, ...plain(0x90)]) : sound(code).bytes),
    );
    expect(await echoing.ask(radio)).toMatchObject({ ok: true, value: { status: 0x90 } });
    expect(echoing.counts.damaged).toBe(1);
  });

  it('calls it damage, not silence, when only rubbish comes', async () => {
    const { ask, counts } = await bench((code) =>
      at(10, code === 0x2001 ? new Uint8Array(9).fill(0x41) : sound(code).bytes),
    );
    expect(await ask(find)).toEqual({ ok: false, error: { reason: 'damaged' } });
    expect(counts).toEqual({ frames: 1, damaged: 1, timeouts: 0 });
  });

  it('counts what was whole, what was not, and what never came', async () => {
    const answers = [
      plain(0x90), // the barrier
      FOUND,
      null,
      plain(0x90), // the barrier again
      FOUND.with(-1, 0x55),
      plain(0x90),
      FOUND.slice(0, 9),
      plain(0x90),
      SELECTED, // a stranger
    ];
    const { ask, counts, heard } = await bench((_, nth) => at(10, answers[nth - 1] ?? null));
    for (let time = 0; time < 5; time += 1) await ask(find);
    expect(heard.length).toBe(answers.length);
    expect(counts).toEqual({ frames: 5, damaged: 3, timeouts: 1 });
  });

  it('zeroes a late answer: it may be a card', async () => {
    const late: SdtResponse[] = [];
    const card = encodeSdtResponse({ status: 0x90, data: new Uint8Array(1284).fill(7) });
    const { ask, deframer, heard } = await bench((code, nth) => (nth === 2 ? at(1200, card) : sound(code)));
    const { push } = deframer;
    deframer.push = (chunk) => {
      const frames = push(chunk);
      late.push(...frames.filter(({ data }) => data.length === 1284));
      return frames;
    };
    await ask(find);
    await ask(find);
    expect(heard).toEqual([0x11ff, 0x2001, 0x11ff, 0x2001]);
    expect(late.map(({ data }) => data)).toEqual([new Uint8Array(1284)]);
  });

  it('knocks with one barrier alone: somebody answers', async () => {
    const { session, timers, heard, ask } = await bench(sound);
    let answer: unknown = null;
    void session.knock().then((value) => {
      answer = value;
    });
    await timers.until(() => answer !== null);
    expect(answer).toEqual({ ok: true, value: undefined });
    expect(heard).toEqual([0x11ff]);
    await ask(find);
    expect(heard).toEqual([0x11ff, 0x2001]);
  });

  it('knocks with one barrier alone: nobody answers, within little more than a second', async () => {
    const { session, timers, heard } = await bench(() => at(0, null));
    let answer: unknown = null;
    void session.knock().then((value) => {
      answer = value;
    });
    await timers.until(() => answer !== null);
    expect(answer).toEqual({ ok: false, error: { reason: 'no-barrier' } });
    expect(heard).toEqual([0x11ff]);
    expect(timers.monotonic()).toBeLessThan(1200);
  });

  it('gives every command its own answer or none, however late, damaged or missing the answers are', async () => {
    const mishap = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ after: fc.integer({ min: 1, max: 200 }), how: fc.constant('whole') }),
      },
      {
        weight: 3,
        arbitrary: fc.record({
          after: fc.integer({ min: 500, max: 4000 }),
          how: fc.constantFrom('whole', 'cut', 'damaged', 'twice'),
        }),
      },
      { weight: 1, arbitrary: fc.record({ after: fc.constant(0), how: fc.constant('never') }) },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(find, select), { minLength: 1, maxLength: 6 }),
        fc.array(mishap, { maxLength: 12 }),
        async (commands, mishaps) => {
          // Each answer carries the number of its command, so that a mix-up shows.
          let number = 0;
          const { ask } = await bench((code, nth) => {
            const frame =
              code === 0x2001 || code === 0x2002
                ? encodeSdtResponse({
                    status: code === 0x2001 ? 0x9f : 0x90,
                    data: new Uint8Array(code === 0x2001 ? 4 : 8).fill(number),
                  })
                : code === 0x12ff
                  ? SAM_ID
                  : plain(0x90);
            const { after, how } = mishaps[nth - 1] ?? { after: 10, how: 'whole' };
            if (how === 'never') return at(0, null);
            if (how === 'cut') return at(after, frame.slice(0, -2));
            if (how === 'damaged') return at(after, frame.with(-1, (frame.at(-1) ?? 0) ^ 0x55));
            if (how === 'twice') return at(after, Uint8Array.from([...frame, ...frame]));
            return at(after, frame);
          });
          for (const command of commands) {
            number += 1;
            const heard = await ask(command);
            if (heard?.ok) expect([...new Set(heard.value.data)]).toEqual([number]);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
