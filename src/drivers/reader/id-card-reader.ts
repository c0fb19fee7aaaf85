import type { ReaderDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { assertNever } from '#domain/result.ts';
import type { CommandSession } from '../command-session/command-session.ts';
import { waitForDevice } from '../connection/wait-for-device.ts';
import { type Driver, type DriverParts, HealthCount } from '../driver.ts';
import { createReaderLine } from './reader-line.ts';
import { stepReader } from './reader-machine.ts';
import type { ReaderAction, ReaderEvent } from './reader-state.ts';
import { device as deviceReport, initialReaderState } from './reader-state.ts';
import { type SdtCommandName, sdtCommands } from './sdt-commands.ts';

/** Milliseconds between two reports of a well reader that only tell what went wrong on its line. */
const HEALTH_PAUSE = 10_000;

/** Drives one reader: does what the rules in `reader-machine.ts` say, one thing at a time. */
export function createIdCardReader(options: DriverParts & { readonly device: ReaderDevice }): Driver {
  const { device, connector, timers } = options;
  const health = new HealthCount();
  const commands = sdtCommands(device.thinkingTimes);
  let state = initialReaderState(device);
  let session: CommandSession | null = null;
  let cancelWait: (() => void) | null = null;
  let stopped = false;
  let told = { health: health.counts, at: timers.monotonic() };

  const line = createReaderLine({
    device,
    commands,
    connector,
    timers,
    count: (what, times) => health.add(what, times),
    onLost(detail) {
      // A command under way is answered with the loss by its session; a wait is not.
      if (session === null || cancelWait === null) return;
      cancelWait();
      cancelWait = null;
      dispatch({ type: 'lost', detail });
    },
  });

  function report(message: DriverReport): void {
    if (message.type !== 'device') {
      options.report(message);
      return;
    }
    told = { health: health.counts, at: timers.monotonic() };
    options.report({ ...message, health: told.health });
  }

  /** While nobody waits for a card: to a citizen at the reader, its being ready would be news. */
  function reportHealth(): void {
    const { damaged, timeouts } = health.counts;
    if (damaged === told.health.damaged && timeouts === told.health.timeouts) return;
    if (!state.ready || state.phase.name !== 'ready' || state.mode !== 'watch') return;
    if (timers.monotonic() - told.at >= HEALTH_PAUSE) report(deviceReport(state, 'ready', state.line));
  }

  function dispatch(event: ReaderEvent): void {
    const step = stopped ? null : stepReader(state, event);
    // What was read has been unpacked into the report, or nobody wants it any more; the frame's own copy goes.
    if (event.type === 'answered') event.response.data.fill(0);
    if (step === null) return;
    state = step.state;
    for (const each of step.reports) report(each);
    if (event.type === 'answered') reportHealth();
    if (step.action && !stopped) perform(step.action);
  }

  function wait(milliseconds: number): void {
    cancelWait = timers.after(milliseconds, () => {
      cancelWait = null;
      dispatch({ type: 'elapsed' });
    });
  }

  function waitToConnect(milliseconds: number): void {
    const again = () => {
      cancelWait = null;
      dispatch({ type: 'elapsed' });
    };
    cancelWait = waitForDevice({ connector, timers, milliseconds, again });
  }

  async function connect(): Promise<ReaderEvent> {
    const opened = await line.open();
    if (!opened.ok) return { type: 'connect-failed', detail: opened.error };
    session = opened.value.session;
    return { type: 'connected', line: opened.value.detail };
  }

  async function disconnect(): Promise<void> {
    session = null;
    await line.close();
  }

  async function askReader(command: SdtCommandName): Promise<ReaderEvent> {
    if (!session) return { type: 'failed', fault: { reason: 'lost', detail: 'not connected' } };
    const heard = await session.request(commands[command]);
    return heard.ok
      ? { type: 'answered', response: heard.value, at: timers.monotonic() }
      : { type: 'failed', fault: heard.error };
  }

  function perform(action: ReaderAction): void {
    switch (action.do) {
      case 'connect':
        void connect().then(dispatch);
        return;
      case 'ask':
        void askReader(action.command).then(dispatch);
        return;
      case 'wait':
        wait(action.milliseconds);
        return;
      case 'disconnect':
        void disconnect().then(() => {
          if (!stopped) waitToConnect(action.milliseconds);
        });
        return;
      default:
        assertNever(action);
    }
  }

  dispatch({ type: 'start' });

  return {
    handle(command) {
      if (command.type === 'reader.read') dispatch({ type: 'mode', mode: 'read' });
      if (command.type === 'reader.watch') dispatch({ type: 'mode', mode: 'watch' });
    },
    health: () => health.counts,
    async stop() {
      stopped = true;
      cancelWait?.();
      cancelWait = null;
      await disconnect();
    },
  };
}
