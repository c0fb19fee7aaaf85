/**
 * Entry point of the simulators' process. Started with Node's `fork` (or with the same JSON as its only argument), it
 * takes one message `{type: 'start', folder, people, registryAddress?, counter?}`, answers `{type: 'started', …}` or
 * `{type: 'failed', message}`, and from then on serves the dock's methods as `contract/rpc.ts` writes them, each
 * message a string. It ends with its parent.
 */
import * as v from 'valibot';
import type { Channel } from '#contract/channel.ts';
import { DOCK_METHODS, DOCK_PUSHES } from '#contract/dock-api.ts';
import { serve } from '#contract/rpc.ts';
import '../../require-node.mjs';
import { DemoPeopleSchema, loadPeople } from './people.ts';
import { startSimulators } from './start-simulators.ts';

const StartSchema = v.strictObject({
  type: v.literal('start'),
  folder: v.pipe(v.string(), v.startsWith('/')),
  /** The people themselves, or the file that holds them. */
  people: v.union([v.string(), DemoPeopleSchema]),
  registryAddress: v.optional(
    v.strictObject({
      host: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
      port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65535)),
    }),
  ),
  counter: v.optional(v.boolean(), false),
});

function post(message: unknown): void {
  if (process.connected) process.send?.(message, undefined, {}, () => {});
  else console.log(JSON.stringify(message));
}

/** The dock's calls are strings; everything else on the pipe is not for it. */
function dockChannel(): Channel {
  return {
    send: post,
    onMessage: (listener) => {
      process.on('message', (message) => {
        if (typeof message === 'string') listener(message);
      });
    },
    onClose: (listener) => {
      process.on('disconnect', listener);
    },
    close: () => process.disconnect(),
  };
}

let stop: () => Promise<void> = () => Promise.resolve();
function end(code: number): void {
  setTimeout(() => process.exit(code), 2000).unref();
  void stop().finally(() => process.exit(code));
}

async function start(message: unknown): Promise<void> {
  const checked = v.safeParse(StartSchema, message);
  if (!checked.success) {
    throw new Error(`the start message is wrong at "${v.getDotPath(checked.issues[0]) ?? 'type'}"`);
  }
  const { folder, people, registryAddress, counter } = checked.output;
  const simulators = await startSimulators({
    folder,
    people: typeof people === 'string' ? loadPeople(people) : people,
    counter,
    ...(registryAddress ? { registryAddress } : {}),
  });
  stop = simulators.stop;
  serve({
    channel: dockChannel(),
    methods: DOCK_METHODS,
    pushes: DOCK_PUSHES,
    handlers: simulators.dock,
    largestMessage: 40_000,
    onException(error, method) {
      const text = error instanceof Error ? error.message : String(error);
      console.error(`simulators: ${method}: ${text}`);
      return method;
    },
    onUnreadable: (length) => console.error(`simulators: ${length} characters that are no call`),
  });
  const { readerPath, scannerPath, list, networkPort } = simulators;
  post({ type: 'started', readerPath, scannerPath, devices: list, networkPort });
}

function begin(message: unknown): void {
  start(message).catch((error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    post({ type: 'failed', message: text });
    console.error(`simulators: ${text}`);
    end(1);
  });
}

const argument = process.argv[2];
if (argument !== undefined) begin(JSON.parse(argument));
else if (process.send) process.once('message', begin);
else {
  console.error(
    'Start the simulators with fork or with a JSON argument {"type":"start","folder":…,"people":…}',
  );
  process.exit(1);
}
process.on('disconnect', () => end(0));
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => end(0));
