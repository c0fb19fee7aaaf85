import { connectionPlace, type EscPosPrinterDevice } from '#contract/device.ts';
import { assertNever } from '#domain/result.ts';
import { createDeviceLine } from '../connection/device-line.ts';
import { waitForDevice } from '../connection/wait-for-device.ts';
import { type Driver, type DriverParts, HealthCount } from '../driver.ts';
import type { Transport } from '../transport/transport.ts';
import { askStatus, type StatusQuestion, TELL_IN_TURN, THROW_AWAY } from './escpos-commands.ts';
import { encodeReceipt } from './escpos-receipt.ts';
import { stepPrinter } from './printer-machine.ts';
import { initialPrinterState, type PrinterAction, type PrinterEvent } from './printer-state.ts';
import { isStatus, isToldInTurn } from './printer-status.ts';

/** A printer tells its state at once, whatever it does otherwise. */
const ANSWER_LIMIT = 800;
/** What throwing a receipt away may take when the driver stops. */
const STOP_LIMIT = 500;

/** Drives one receipt printer: does what the rules in `printer-machine.ts` say. */
export function createEscPosPrinter(options: DriverParts & { readonly device: EscPosPrinterDevice }): Driver {
  const { device, connector, timers } = options;
  const health = new HealthCount();
  const { model, simulated, connection } = device;
  let state = initialPrinterState({ model, simulated, place: connectionPlace(connection) });
  let transport: Transport | null = null;
  let receipt: Uint8Array | null = null;
  let asking = false;
  let stopped = false;
  /** Of the pause or of the time for an answer: there is never more than one. */
  let cancelTimer: () => void = () => {};

  function dispatch(event: PrinterEvent): void {
    if (stopped) return;
    const step = stepPrinter(state, event);
    state = step.state;
    if (state.job === null) forgetReceipt();
    for (const report of step.reports)
      options.report(report.type === 'device' ? { ...report, health: health.counts } : report);
    for (const action of step.actions) perform(action);
  }

  function forgetReceipt(): void {
    receipt?.fill(0);
    receipt = null;
  }

  function wait(milliseconds: number, event: () => PrinterEvent): void {
    cancelTimer();
    cancelTimer = timers.after(milliseconds, () => dispatch(event()));
  }

  function onData(chunk: Uint8Array): void {
    const statuses = chunk.filter(isStatus);
    const told = chunk.filter(isToldInTurn).length;
    health.add('damaged', chunk.length - statuses.length - told);
    if (told > 0) dispatch({ type: 'told-in-turn' });
    const [octet] = statuses;
    if (octet === undefined) return;
    // An answer to a question that was given up, or to one that nobody asked.
    if (!asking) {
      health.add('damaged', statuses.length);
      return;
    }
    asking = false;
    cancelTimer();
    if (statuses.length > 1) {
      health.add('damaged', statuses.length);
      dispatch({ type: 'silent', at: timers.monotonic() });
      return;
    }
    health.add('frames');
    dispatch({ type: 'status', octet, at: timers.monotonic() });
  }

  const line = createDeviceLine({ connector, onData, onLost: (detail) => lose(detail) });

  async function connect(): Promise<void> {
    const opened = await line.open();
    if (stopped) return;
    if (!opened.ok) return dispatch({ type: 'connect-failed', detail: opened.error });
    transport = opened.value;
    health.add('connections');
    dispatch({ type: 'connected' });
  }

  function lose(detail: string): void {
    asking = false;
    cancelTimer();
    dispatch({ type: 'lost', detail });
  }

  /** Writes; what cannot be written means that the connection is gone. */
  async function write(bytes: Uint8Array): Promise<boolean> {
    const open = transport;
    const written = open === null ? null : await open.write(bytes);
    if (open === null || open !== transport || written === null) return false;
    if (!written.ok) lose(written.error.detail);
    return written.ok;
  }

  function askPrinter(question: StatusQuestion): void {
    asking = true;
    wait(ANSWER_LIMIT, () => {
      asking = false;
      health.add('timeouts');
      return { type: 'silent', at: timers.monotonic() };
    });
    void write(askStatus(question));
  }

  async function send(): Promise<void> {
    const bytes = receipt;
    if (bytes === null) throw new Error('a receipt is sent that is not there');
    const lineTime = timeOnLine(bytes.length, device);
    // A line that takes nothing for this long is as good as lost.
    wait(2 * lineTime + ANSWER_LIMIT, () => ({ type: 'lost', detail: 'it does not take what is sent' }));
    const written = await write(bytes);
    if (written) dispatch({ type: 'sent', lineTime, at: timers.monotonic() });
  }

  async function disconnect(milliseconds: number): Promise<void> {
    asking = false;
    cancelTimer();
    transport = null;
    await line.close();
    if (stopped) return;
    const again = () => dispatch({ type: 'elapsed' });
    cancelTimer = waitForDevice({ connector, timers, milliseconds, again });
  }

  /** What it has not printed yet must not come out for the next citizen. A line that takes nothing is not waited for. */
  async function throwAway(open: Transport): Promise<void> {
    let cancel: () => void = () => {};
    const limit = new Promise<void>((resolve) => {
      cancel = timers.after(STOP_LIMIT, resolve);
    });
    await Promise.race([open.write(THROW_AWAY), limit]);
    cancel();
  }

  function perform(action: PrinterAction): void {
    switch (action.do) {
      case 'connect':
        void connect();
        return;
      case 'ask':
        askPrinter(action.question);
        return;
      case 'wait':
        wait(action.milliseconds, () => ({ type: 'elapsed' }));
        return;
      case 'send':
        void send();
        return;
      case 'ask-in-turn':
        void write(TELL_IN_TURN);
        return;
      case 'throw-away':
        void write(THROW_AWAY);
        return;
      case 'disconnect':
        void disconnect(action.milliseconds);
        return;
      default:
        assertNever(action);
    }
  }

  dispatch({ type: 'start' });

  return {
    handle(command) {
      if (command.type !== 'printer.print' || stopped) return;
      const { request, document } = command;
      // A page has no place on a narrow roll: the station learns so which printer it has.
      if (document.kind === 'pdf') return options.report({ type: 'printed', request, fault: 'no-printer' });
      const isFree = state.job === null;
      if (isFree) {
        const { columns, cutter } = device;
        receipt = encodeReceipt({ receipt: document.lines, columns, cutter });
      }
      dispatch({ type: 'print', request });
    },
    health: () => health.counts,
    async stop() {
      stopped = true;
      cancelTimer();
      forgetReceipt();
      const open = transport;
      transport = null;
      if (open !== null && state.job?.stage === 'printing') await throwAway(open);
      await line.close();
    },
  };
}

/** Milliseconds that octets take; ten bits each. A network's own time is not known and counts as that of a fast line. */
function timeOnLine(octets: number, { connection }: EscPosPrinterDevice): number {
  const baudRate =
    connection.transport === 'serial' && connection.baudRate !== 'probe' ? connection.baudRate : 115200;
  return Math.ceil((octets * 10_000) / baudRate);
}
