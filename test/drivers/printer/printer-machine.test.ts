import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepPrinter } from '#drivers/printer/printer-machine.ts';
import { initialPrinterState, type PrinterEvent } from '#drivers/printer/printer-state.ts';

const PROFILE = { model: 'Bench printer', simulated: true, place: '/dev/bench-printer' };

const at = fc.integer({ min: 0, max: 100_000 });
const happening: fc.Arbitrary<Exclude<PrinterEvent, { type: 'print' | 'start' }> | { type: 'print' }> =
  fc.oneof(
    fc.constant({ type: 'connected' as const }),
    fc.constant({ type: 'connect-failed' as const, detail: 'missing' }),
    fc.record({ type: fc.constant('status' as const), octet: fc.constantFrom(0x12, 0x1a, 0x32, 0x72), at }),
    fc.record({ type: fc.constant('silent' as const), at }),
    fc.constant({ type: 'told-in-turn' as const }),
    fc.constant({ type: 'elapsed' as const }),
    fc.constant({ type: 'print' as const }),
    fc.record({ type: fc.constant('sent' as const), lineTime: fc.constant(400), at }),
    fc.constant({ type: 'lost' as const, detail: 'unplugged' }),
  );

describe('the rules of a printer, whatever happens in whatever order', () => {
  it('tell what became of each receipt once at most, and never that an unsent one is printed', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60 }), (events) => {
        let { state } = stepPrinter(initialPrinterState(PROFILE), { type: 'start' });
        const told = new Map<number, string | null>();
        const sent = new Set<number>();
        let request = 0;
        for (const event of events) {
          if (event.type === 'print') request += 1;
          const before = state;
          const step = stepPrinter(state, event.type === 'print' ? { type: 'print', request } : event);
          if (step.actions.some((action) => action.do === 'send')) sent.add(step.state.job?.request ?? -1);
          for (const report of step.reports) {
            if (report.type !== 'printed') continue;
            expect(told.has(report.request)).toBe(false);
            told.set(report.request, report.fault);
            if (report.fault === null || report.fault === 'unknown')
              expect(sent.has(report.request)).toBe(true);
          }
          // A job ends with a word, and only so.
          if (before.job !== null && step.state.job?.request !== before.job.request)
            expect(told.has(before.job.request)).toBe(true);
          expect(step.actions.filter((action) => action.do === 'ask').length).toBeLessThanOrEqual(1);
          state = step.state;
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('always have something under way: a question, a pause, a connection, a receipt on the line', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60 }), (events) => {
        let { state } = stepPrinter(initialPrinterState(PROFILE), { type: 'start' });
        for (const event of events) {
          const step = stepPrinter(state, event.type === 'print' ? { type: 'print', request: 1 } : event);
          // A new place in the rules never comes without its action.
          if (step.state.phase !== state.phase) expect(step.actions.length).toBeGreaterThan(0);
          state = step.state;
        }
      }),
    );
  });
});
