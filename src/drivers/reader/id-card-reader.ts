import type { Connection, ReaderDevice } from '#contract/device.ts';
import { assertNever } from '#domain/result.ts';
import type { CommandSession } from '../command-session/command-session.ts';
import { createCommandSession } from '../command-session/command-session.ts';
import { type Driver, type DriverParts, HealthCount } from '../driver.ts';
import { sdtResponseDeframer } from '../framing/sdt.ts';
import type { Transport } from '../transport/transport.ts';
import { stepReader } from './reader-machine.ts';
import type { ReaderAction, ReaderEvent } from './reader-state.ts';
import { initialReaderState } from './reader-state.ts';
import { SDT_BARRIERS, SDT_COMMANDS } from './sdt-commands.ts';

/** Drives one reader: does what the rules in `reader-machine.ts` say, one thing at a time. */
export function createIdCardReader(options: DriverParts & { readonly device: ReaderDevice }): Driver {
  const { device, connector, timers } = options;
  const health = new HealthCount();
  let state = initialReaderState(device);
  let connection: { readonly transport: Transport; readonly session: CommandSession } | null = null;
  let cancelWait: (() => void) | null = null;
  let stopped = false;

  function dispatch(event: ReaderEvent): void {
    if (stopped) return;
    const step = stepReader(state, event);
    state = step.state;
    // What was read has been unpacked into the report; the frame's own copy goes.
    if (event.type === 'answered') event.response.data.fill(0);
    for (const report of step.reports) {
      options.report(report.type === 'device' ? { ...report, health: health.counts } : report);
    }
    if (step.action && !stopped) perform(step.action);
  }

  function wait(milliseconds: number): void {
    cancelWait = timers.after(milliseconds, () => {
      cancelWait = null;
      dispatch({ type: 'elapsed' });
    });
  }

  function waitForDevice(milliseconds: number): void {
    const elapsed = () => {
      cancelWait?.();
      cancelWait = null;
      dispatch({ type: 'elapsed' });
    };
    const cancelTimer = timers.after(milliseconds, elapsed);
    const cancelWatch = connector.whenPresent(elapsed);
    cancelWait = () => {
      cancelTimer();
      cancelWatch();
    };
  }

  async function connect(): Promise<ReaderEvent> {
    const found = await connector.connect();
    if (!found.ok) return { type: 'connect-failed', detail: found.error.detail };
    const transport = found.value;
    const opened = await transport.open();
    if (!opened.ok) return { type: 'connect-failed', detail: opened.error.detail };
    health.add('connections');
    let lost: string | null = null;
    const session = createCommandSession({
      transport,
      deframer: sdtResponseDeframer(),
      baudRate: lineRate(device.connection),
      barriers: SDT_BARRIERS,
      timers,
      onLost(detail) {
        lost = detail;
        // A command under way is answered with the loss by its session; a wait is not.
        if (connection?.transport !== transport || cancelWait === null) return;
        cancelWait();
        cancelWait = null;
        dispatch({ type: 'lost', detail });
      },
    });
    connection = { transport, session };
    if (stopped) await transport.close();
    else await new Promise<void>((resolve) => timers.after(device.settleTime, resolve));
    return lost === null ? { type: 'connected' } : { type: 'connect-failed', detail: lost };
  }

  async function disconnect(): Promise<void> {
    const old = connection;
    connection = null;
    await old?.transport.close();
  }

  async function askReader(command: keyof typeof SDT_COMMANDS): Promise<ReaderEvent> {
    if (!connection) return { type: 'failed', fault: { reason: 'lost', detail: 'not connected' } };
    const heard = await connection.session.request(SDT_COMMANDS[command]);
    if (heard.ok) health.add('frames');
    else if (heard.error.reason === 'timeout') health.add('timeouts');
    else if (heard.error.reason !== 'lost') health.add('damaged');
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
          if (!stopped) waitForDevice(action.milliseconds);
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
    async stop() {
      stopped = true;
      cancelWait?.();
      cancelWait = null;
      await disconnect();
    },
  };
}

/** Bits a second, for how long an answer may take; what is not a serial line is as fast as the fastest. */
function lineRate(connection: Connection): number {
  if (connection.transport !== 'serial' || connection.baudRate === 'probe') return 115200;
  return connection.baudRate;
}
