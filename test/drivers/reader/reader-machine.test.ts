import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { DriverReportSchema } from '#contract/driver-messages.ts';
import type { CommandFault } from '#drivers/command-session/command.ts';
import { stepReader } from '#drivers/reader/reader-machine.ts';
import type { ReaderAction, ReaderEvent } from '#drivers/reader/reader-state.ts';
import { initialReaderState } from '#drivers/reader/reader-state.ts';
import { SDT_COMMANDS } from '#drivers/reader/sdt-commands.ts';

const STATUSES = [
  0x90, 0x9f, 0x91, 0x80, 0x81, 0x40, 0x41, 0x47, 0x31, 0x32, 0x33, 0x10, 0x11, 0x21, 0x23, 0x24, 0x60, 0x66,
  0x00,
];
const DATA_LENGTHS = [0, 4, 8, 16, 70, 4 + 256, 4 + 256 + 1024, 6 + 256, 6 + 256 + 1024 + 512];
const FAULTS: readonly CommandFault[] = [
  { reason: 'timeout' },
  { reason: 'cut-short', received: 500 },
  { reason: 'damaged' },
  { reason: 'out-of-step' },
  { reason: 'no-barrier' },
  { reason: 'lost', detail: 'unplugged' },
];

/** Every answer that the session would let through to this command. */
function possibleAnswers(command: keyof typeof SDT_COMMANDS) {
  const answers = STATUSES.flatMap((status) =>
    DATA_LENGTHS.map((length) => ({ sw1: 0, sw2: 0, status, data: new Uint8Array(length) })),
  );
  for (const { data } of answers) {
    if (data.length >= 260) data.set([1, 0, data.length > 1024 ? 4 : 0, 0]);
    if (data.length > 1284) data.set([2, 0], 4);
  }
  return answers.filter((answer) => SDT_COMMANDS[command].accepts(answer));
}

/** What can come of an action, chosen by a number. */
function outcome(action: ReaderAction, choice: number, at: number): ReaderEvent {
  const pick = <T>(list: readonly T[]): T => list[choice % list.length] as T;
  switch (action.do) {
    case 'connect':
      return pick<ReaderEvent>([
        { type: 'connected', line: null },
        { type: 'connected', line: null },
        { type: 'connect-failed', detail: 'busy' },
      ]);
    case 'wait':
      return pick<ReaderEvent>([
        ...Array.from({ length: 9 }, () => ({ type: 'elapsed' }) as const),
        { type: 'lost', detail: 'unplugged' },
      ]);
    case 'disconnect':
      return { type: 'elapsed' };
    case 'ask': {
      const events: ReaderEvent[] = possibleAnswers(action.command).map((response) => ({
        type: 'answered',
        response,
        at,
      }));
      // What leads on is tried as often as everything else together, so that walks get far.
      const leadsOn = action.command === 'extra-address' ? events.slice(-1) : events.slice(0, 1);
      const faults: ReaderEvent[] = FAULTS.map((fault) => ({ type: 'failed', fault }));
      return choice % 4 !== 3 ? pick(leadsOn) : pick([...events, ...faults]);
    }
  }
}

const quirksOf = fc.record({
  readsFingerprints: fc.boolean(),
  presence: fc.constantFrom('newest-address', 'find'),
});
const mode = fc.constantFrom<ReaderEvent>({ type: 'mode', mode: 'read' }, { type: 'mode', mode: 'watch' });
const walk = fc.array(fc.oneof({ weight: 12, arbitrary: fc.nat(10_000) }, { weight: 1, arbitrary: mode }), {
  minLength: 60,
  maxLength: 200,
});

describe('the reader’s rules, whatever happens', () => {
  it('always do one thing at a time, never stop, and tell only what is so', () => {
    let read = 0;
    fc.assert(
      fc.property(walk, quirksOf, (choices, quirks) => {
        let state = initialReaderState({ model: 'Bench', pollInterval: 200, simulated: true, quirks });
        let action: ReaderAction | null = null;
        let connected = false;
        let laid = false;
        const run = (event: ReaderEvent) => {
          const before = state;
          const step = stepReader(state, event);
          state = step.state;
          for (const report of step.reports) {
            expect(v.safeParse(DriverReportSchema, report).success).toBe(true);
            if (report.type === 'device') {
              connected = report.state === 'ready';
              laid = false;
            } else {
              expect(connected || report.type === 'card.fault').toBe(true);
            }
            if (report.type === 'card.laid') {
              expect(laid).toBe(false);
              laid = true;
            }
            if (report.type === 'card.removed') laid = false;
            if (report.type === 'card.read') {
              read += 1;
              expect(laid).toBe(true);
              expect(before.mode).toBe('read');
              expect(state.mode).toBe('watch');
            }
            if (report.type === 'card.fault') expect(state.mode).toBe('read');
          }
          if (event.type === 'mode') expect(step.action).toBeNull();
          else {
            // Something is always under way, so that the reader cannot fall asleep.
            expect(step.action).not.toBeNull();
            action = step.action;
          }
        };
        run({ type: 'start' });
        choices.forEach((choice, index) => {
          if (typeof choice !== 'number') run(choice);
          else if (action) run(outcome(action, choice, index));
        });
      }),
      { numRuns: 500 },
    );
    expect(read).toBeGreaterThan(100);
  });
});
