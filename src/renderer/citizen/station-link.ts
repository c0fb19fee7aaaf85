import { type ReadonlySignal, signal } from '@preact/signals';
import type { Channel } from '#contract/channel.ts';
import { CallError, type Client, connect } from '#contract/rpc.ts';
import {
  CITIZEN_METHODS,
  CITIZEN_PUSHES,
  type CitizenMethods,
  type CitizenPushes,
} from '#contract/station-api.ts';
import type { CitizenEvent } from '#domain/session/citizen-event.ts';
import type { Snapshot } from '#domain/session/snapshot.ts';

export type StationClient = Client<CitizenMethods, CitizenPushes>;

/** The station as the screens see it: what to show, and what a touch says. Keeps nothing else. */
export interface StationLink {
  /** Null until the station has answered for the first time. */
  readonly snapshot: ReadonlySignal<Snapshot | null>;
  /** Sends a touch. One at a time: a second touch while the first is under way is dropped. */
  act(event: CitizenEvent): void;
  /** 18 characters. */
  submitNumber(entry: { readonly number: string }): Promise<void>;
  submitName(entry: { readonly name: string }): Promise<void>;
  /** `repeat` is null for the password of an e-ID that exists. */
  submitPassword(entries: { readonly password: string; readonly repeat: string | null }): Promise<void>;
  /** Somebody is at the screen. Never stands in the way of a touch. */
  noteActivity(): void;
  readonly client: StationClient;
}

/** What became of an entry comes with the next snapshot. */
const ignoreAnswer = () => {};

/** How long to wait before asking a station that did not answer again, milliseconds. */
const RETRY_AFTER = 1000;

/** Attaches to the station and follows its snapshots. */
export function linkStation(options: {
  readonly channel: Channel;
  /** Runs `task` after `milliseconds`; the page passes `setTimeout`. */
  readonly later: (task: () => void, milliseconds: number) => void;
  /** Told of a call that failed: the station has logged why. */
  readonly onFault: (error: CallError) => void;
}): StationLink {
  const snapshot = signal<Snapshot | null>(null);
  const client = connect({ channel: options.channel, methods: CITIZEN_METHODS, pushes: CITIZEN_PUSHES });
  let acting = false;

  function show(next: Snapshot): void {
    const shown = snapshot.peek();
    if (shown === null || next.number > shown.number) snapshot.value = next;
  }

  client.on('snapshot', show);

  async function attach(): Promise<void> {
    try {
      show(await client.call('attach', {}));
    } catch (error) {
      report(error);
      options.later(() => void attach(), RETRY_AFTER);
    }
  }

  function report(error: unknown): void {
    if (!(error instanceof CallError)) throw error;
    options.onFault(error);
  }

  async function act(event: CitizenEvent): Promise<void> {
    if (acting) return;
    acting = true;
    try {
      await client.call('act', { event });
    } catch (error) {
      report(error);
    } finally {
      acting = false;
    }
  }

  void attach();
  return {
    snapshot,
    act: (event) => void act(event),
    submitNumber: (entry) => client.call('submitNumber', entry).then(ignoreAnswer, report),
    submitName: (entry) => client.call('submitName', entry).then(ignoreAnswer, report),
    submitPassword: (entries) => client.call('submitPassword', entries).then(ignoreAnswer, report),
    noteActivity() {
      client.call('act', { event: { type: 'more-time' } }).catch(report);
    },
    client,
  };
}
