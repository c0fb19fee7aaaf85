import { type ReadonlySignal, signal } from '@preact/signals';
import type * as v from 'valibot';
import type { Channel } from '#contract/channel.ts';
import { DOCK_METHODS, DOCK_PUSHES, type DockMethods } from '#contract/dock-api.ts';
import { CallError, connect } from '#contract/rpc.ts';

export type DockState = v.InferOutput<DockMethods['state']['output']>;
export type DockAction = Exclude<keyof DockMethods, 'state'>;
export type DockInput<M extends DockAction> = v.InferOutput<DockMethods[M]['input']>;
export type DockOutput<M extends DockAction> = v.InferOutput<DockMethods[M]['output']>;

/** The simulators as the dock sees them. */
export interface DockLink {
  /** Null until they have answered for the first time. */
  readonly state: ReadonlySignal<DockState | null>;
  /** Why the last action failed; null when it did not. */
  readonly fault: ReadonlySignal<string | null>;
  readonly lost: ReadonlySignal<boolean>;
  /** Null when it failed. */
  act<M extends DockAction>(method: M, input: DockInput<M>): Promise<DockOutput<M> | null>;
}

/** How often the dock looks how things stand: cards and plugs can be moved from elsewhere, too. Milliseconds. */
const LOOK_EVERY = 700;

export function linkDock(options: {
  readonly channel: Channel;
  readonly later: (task: () => void, milliseconds: number) => void;
}): DockLink {
  const client = connect({ channel: options.channel, methods: DOCK_METHODS, pushes: DOCK_PUSHES });
  const state = signal<DockState | null>(null);
  const fault = signal<string | null>(null);
  const lost = signal(false);

  async function look(): Promise<void> {
    try {
      state.value = await client.call('state', {});
      lost.value = false;
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      lost.value = true;
    }
  }

  async function watch(): Promise<void> {
    await look();
    options.later(() => void watch(), LOOK_EVERY);
  }

  void watch();
  return {
    state,
    fault,
    lost,
    async act(method, input) {
      const answer = await client.call(method, input).catch((error: unknown) => {
        if (!(error instanceof CallError)) throw error;
        fault.value = describe(error);
        return null;
      });
      if (answer !== null) fault.value = null;
      await look();
      return answer;
    },
  };
}

function describe({ fault }: CallError): string {
  switch (fault.reason) {
    case 'failed':
      return `${fault.reason} (${fault.id})`;
    case 'bad-input':
      return `${fault.reason}: ${fault.where}`;
    case 'unknown-method':
    case 'closed':
      return fault.reason;
  }
}
