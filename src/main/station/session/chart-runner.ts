import { type Actor, createActor } from 'xstate';
import type { Language } from '#domain/language.ts';
import type { ChartState } from '#domain/session/accepts.ts';
import { sessionChart } from '#domain/session/chart.ts';
import { type ChartContext, type ChartInput, DEFAULT_LANGUAGE } from '#domain/session/chart-context.ts';
import type { ChartEvent } from '#domain/session/chart-event.ts';
import { EFFECTS, type Effect } from '#domain/session/chart-setup.ts';
import type { Delays } from '#domain/session/delays.ts';
import type { Timers } from '#drivers/timers.ts';

/** How long a chart that failed rests before a fresh one takes its place. */
const REST_MS = 1_000;

export interface ChartRunner {
  start(): void;
  state(): ChartState;
  send(event: ChartEvent): void;
  stop(): void;
}

/** Runs the chart on the station's timers. A chart that fails, which is a bug, is replaced by a fresh one. */
export function runChart(options: {
  readonly delays: Delays;
  /** Chinese unless set. */
  readonly openingLanguage?: Language;
  readonly timers: Timers;
  readonly perform: (effect: Effect, context: ChartContext) => void;
  /** After every event, with its type; `time` when a limit ended. */
  readonly onStep: (cause: string) => void;
  readonly onFailure: (error: unknown) => void;
  /** A fresh chart knows nothing of the station yet: tell it. */
  readonly onFresh: () => void;
}): ChartRunner {
  const { timers } = options;
  const machine = sessionChart.provide({
    delays: options.delays,
    actions: Object.fromEntries(
      EFFECTS.map((effect) => [
        effect,
        ({ context }: { context: ChartContext }) => options.perform(effect, context),
      ]),
    ),
  });
  let cancelRest: () => void = () => {};
  const { openingLanguage = DEFAULT_LANGUAGE } = options;
  let actor = fresh({ openingLanguage });

  function fresh(input: ChartInput): Actor<typeof sessionChart> {
    const next = createActor(machine, {
      input,
      clock: {
        setTimeout: (action: () => void, milliseconds: number) => timers.after(milliseconds, action),
        clearTimeout: (cancel?: () => void) => cancel?.(),
      },
      inspect: (inspection) => {
        if (inspection.type !== '@xstate.snapshot' || next.getSnapshot().status !== 'active') return;
        options.onStep(inspection.event.type.startsWith('xstate.') ? 'time' : inspection.event.type);
      },
    });
    next.subscribe({
      error: (error) => {
        options.onFailure(error);
        cancelRest = timers.after(REST_MS, () => {
          const { card, cardLeft } = next.getSnapshot().context.station;
          actor = fresh({ unfinished: true, cardLeft: cardLeft || card !== 'away', openingLanguage });
          begin();
        });
      },
    });
    return next;
  }

  function begin(): void {
    actor.start();
    options.onFresh();
  }

  return {
    start: begin,
    state: () => actor.getSnapshot(),
    // What happens while a failed chart rests is told to the fresh one by whoever knows the station.
    send(event) {
      if (actor.getSnapshot().status === 'active') actor.send(event);
    },
    stop() {
      cancelRest();
      actor.stop();
    },
  };
}
