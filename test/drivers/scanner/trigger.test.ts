import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AFTER_SCAN,
  AFTER_SILENCE,
  COMMAND_GAP,
  initialTriggerState,
  LOOK_AGAIN,
  MOST_REPEATS,
  SETTLE_TIME,
  stepTrigger,
  type TriggerCommand,
  type TriggerEffect,
  type TriggerEvent,
  type TriggerWords,
  triggerDue,
} from '#drivers/scanner/trigger.ts';

const command = (name: string, code: number): TriggerCommand => ({ name, bytes: Uint8Array.of(code) });
const ON = command('on', 1);
const OFF = command('off', 2);
const ENABLE = command('enable', 3);
const MUTE: TriggerWords = { on: [ON], off: [OFF], opening: [OFF], answerTime: null };
const ANSWERING: TriggerWords = { on: [ENABLE, ON], off: [OFF], opening: [OFF], answerTime: 2000 };
const NAMES = ['', 'on', 'off', 'enable'];

function told(effect: TriggerEffect): string {
  if (effect.do === 'unanswered') return `unanswered ${effect.inARow}`;
  return effect.do === 'write' ? (NAMES[effect.bytes[0] ?? 0] ?? '?') : effect.do;
}

/** A trigger, and the time it lives in. */
function trigger(words: TriggerWords) {
  let state = initialTriggerState(words);
  let now = 1000;
  const log: string[] = [];
  const step = (event: TriggerEvent) => {
    const next = stepTrigger(state, event, now);
    state = next.state;
    log.push(...next.effects.map((effect) => `${now}: ${told(effect)}`));
  };
  return {
    log,
    step,
    on: () => step({ type: 'wanted', what: 'on' }),
    off: () => step({ type: 'wanted', what: 'off' }),
    ack: () => step({ type: 'answered', command: null, refusal: null }),
    due: () => triggerDue(state),
    /** Lets time pass, waking the trigger when it asks for it. */
    pass(milliseconds: number) {
      const end = now + milliseconds;
      for (let due = triggerDue(state); due !== null && due <= end; due = triggerDue(state)) {
        now = Math.max(now, due);
        step({ type: 'elapsed' });
      }
      now = end;
    },
  };
}

describe('a scanner that answers nothing', () => {
  it('is told to be still on a fresh line, after it has settled', () => {
    const line = trigger(MUTE);
    line.step({ type: 'opened' });
    line.pass(10_000);
    expect(line.log).toEqual([`${1000 + SETTLE_TIME}: off`]);
    expect(line.due()).toBeNull();
  });

  it('is told to look when a code is wanted, again and again, and to stop', () => {
    const line = trigger(MUTE);
    line.step({ type: 'opened' });
    line.pass(1000);
    line.on();
    line.pass(2 * LOOK_AGAIN);
    line.off();
    line.pass(2 * LOOK_AGAIN);
    expect(line.log.slice(1)).toEqual([
      '2000: on',
      `${2000 + LOOK_AGAIN}: on`,
      `${2000 + 2 * LOOK_AGAIN}: on`,
      `${2000 + 2 * LOOK_AGAIN + COMMAND_GAP}: off`,
    ]);
  });

  it('is told to look anew soon after a code, and not when no more is wanted', () => {
    const line = trigger(MUTE);
    line.step({ type: 'opened' });
    line.on();
    line.pass(1000);
    line.step({ type: 'looked' });
    line.pass(AFTER_SCAN);
    line.step({ type: 'looked' });
    line.off();
    line.pass(10_000);
    expect(line.log).toEqual([
      `${1000 + SETTLE_TIME}: on`,
      `${2000 + AFTER_SCAN}: on`,
      `${2000 + AFTER_SCAN + COMMAND_GAP}: off`,
    ]);
  });

  it('is told what is wanted now after it was away', () => {
    const line = trigger(MUTE);
    line.on();
    expect(line.log).toEqual([]);
    line.step({ type: 'opened' });
    line.pass(1000);
    line.step({ type: 'closed' });
    line.pass(20_000);
    line.step({ type: 'opened' });
    line.pass(1000);
    expect(line.log).toEqual([`${1000 + SETTLE_TIME}: on`, `${22_000 + SETTLE_TIME}: on`]);
  });
});

describe('a scanner that answers', () => {
  function ready() {
    const line = trigger(ANSWERING);
    line.step({ type: 'opened' });
    line.pass(SETTLE_TIME);
    line.ack();
    line.pass(1000 - SETTLE_TIME);
    line.log.length = 0;
    return line;
  }

  it('is told one thing at a time', () => {
    const line = ready();
    line.on();
    line.pass(400);
    expect(line.log).toEqual(['2000: enable']);
    line.ack();
    expect(line.log).toEqual(['2000: enable', '2400: accepted', '2400: on']);
  });

  it('gets no two commands within the gap, however fast it answers', () => {
    const line = ready();
    line.on();
    line.ack();
    line.pass(1000);
    expect(line.log).toEqual(['2000: enable', '2000: accepted', `${2000 + COMMAND_GAP}: on`]);
  });

  it('is told again what it did not answer, off as well as on', () => {
    const line = ready();
    line.off();
    line.on();
    line.pass(2000 + AFTER_SILENCE);
    expect(line.log).toEqual(['2000: enable', '4000: unanswered 1', `${4000 + AFTER_SILENCE}: enable`]);
    line.off();
    line.pass(2000 + AFTER_SILENCE);
    line.pass(2000 + AFTER_SILENCE);
    expect(line.log.slice(3)).toEqual([
      '7000: unanswered 2',
      '8000: off',
      '10000: unanswered 3',
      '11000: off',
    ]);
  });

  it('is not told what is no longer wanted', () => {
    const line = ready();
    line.on();
    line.off();
    line.ack();
    line.pass(1000);
    expect(line.log).toEqual(['2000: enable', '2000: accepted', `${2000 + COMMAND_GAP}: off`]);
  });

  it('counts the answers in a row that do not come, until one does', () => {
    const line = ready();
    line.off();
    line.on();
    line.pass(3 * (2000 + AFTER_SILENCE));
    line.ack();
    line.pass(3000);
    const missed = line.log.filter((each) => each.includes('unanswered')).map((each) => each.at(-1));
    expect(missed).toEqual(['1', '2', '3', '1']);
  });

  it('refuses: that is told, and it is asked anew later', () => {
    const line = ready();
    line.on();
    line.step({ type: 'answered', command: 'enable', refusal: 'nak' });
    line.pass(100);
    expect(line.log).toEqual(['2000: enable', '2000: refused', `${2000 + COMMAND_GAP}: on`]);
  });

  it('asks for a command again: it gets it, but not for ever', () => {
    const line = ready();
    line.on();
    for (let asked = 0; asked <= MOST_REPEATS; asked += 1) {
      line.pass(100);
      line.step({ type: 'repeat' });
    }
    expect(line.log.filter((each) => each.endsWith('enable'))).toHaveLength(1 + MOST_REPEATS);
    expect(line.log.filter((each) => each.endsWith('refused'))).toHaveLength(1);
  });

  it.each([
    ['to nothing', null, ['accepted'], ['stranger']],
    ['to another command', 'other', ['stranger'], ['stranger']],
  ])('answers %s: a stranger', (_, name, first, second) => {
    const line = ready();
    line.on();
    line.log.length = 0;
    const words = () => line.log.splice(0).map((each) => each.split(': ')[1]);
    line.step({ type: 'answered', command: name, refusal: null });
    expect(words()).toEqual(first);
    line.step({ type: 'answered', command: name, refusal: null });
    expect(words()).toEqual(second);
  });
});

describe('whatever happens', () => {
  const event = fc.oneof(
    fc.constantFrom<TriggerEvent>(
      { type: 'opened' },
      { type: 'closed' },
      { type: 'looked' },
      { type: 'repeat' },
      { type: 'wanted', what: 'on' },
      { type: 'wanted', what: 'off' },
      { type: 'answered', command: null, refusal: null },
      { type: 'answered', command: 'on', refusal: 'nak' },
    ),
  );
  const happening = fc.record({ event, pause: fc.oneof(fc.constant(0), fc.nat(7000)) });

  it('commands keep their distance, one awaits its answer, and time never stands still', () => {
    const words = fc.constantFrom(MUTE, ANSWERING);
    fc.assert(
      fc.property(words, fc.array(happening, { maxLength: 60 }), (each, all) => {
        let state = initialTriggerState(each);
        let now = 0;
        let lastWrite = -COMMAND_GAP;
        const step = (what: TriggerEvent) => {
          const awaited = state.awaited;
          const next = stepTrigger(state, what, now);
          state = next.state;
          for (const effect of next.effects) {
            if (effect.do !== 'write') continue;
            expect(now - lastWrite).toBeGreaterThanOrEqual(COMMAND_GAP);
            if (awaited !== null) expect(what.type).not.toBe('elapsed');
            lastWrite = now;
          }
        };
        for (const { event: what, pause } of all) {
          step(what);
          const end = now + pause;
          let wakes = 0;
          for (let due = triggerDue(state); due !== null && due <= end; due = triggerDue(state)) {
            now = Math.max(now, due);
            step({ type: 'elapsed' });
            wakes += 1;
            expect(wakes).toBeLessThan(100);
          }
          now = end;
        }
      }),
      { numRuns: 1000 },
    );
  });
});
