import type { LineScannerDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { type Driver, type DriverParts, HealthCount } from '../driver.ts';
import { lineFramer } from '../framing/line.ts';
import { backOff } from '../timers.ts';
import type { Transport } from '../transport/transport.ts';
import { LONGEST_SCAN, readScan } from './scan-text.ts';

/** Silence after which the beginning of a line is no part of what comes next, milliseconds. */
const LINE_GAP = 1000;

/** Drives one code scanner that sends each scan as a line. A scanner cannot be asked anything, so that an open line counts as ready. */
export function createLineScanner(options: DriverParts & { readonly device: LineScannerDevice }): Driver {
  const { device, connector, timers } = options;
  const health = new HealthCount();
  const suffix = device.ending.kind === 'suffix' ? device.ending.suffix : 'cr';
  const framer = lineFramer({ suffix, limit: LONGEST_SCAN });
  let active = false;
  let stopped = false;
  let failures = 0;
  let transport: Transport | null = null;
  let cancelWait: () => void = () => {};
  let cancelGap: () => void = () => {};

  const report = (message: DriverReport) => {
    if (!stopped) options.report(message);
  };
  const tellState = (state: 'absent' | 'connecting' | 'ready', detail: string | null) =>
    report({
      type: 'device',
      role: 'scanner',
      state,
      model: device.model,
      samId: null,
      simulated: device.simulated,
      detail: detail?.slice(0, 400) ?? null,
      health: health.counts,
    });

  function onData(chunk: Uint8Array): void {
    cancelGap();
    for (const frame of framer.push(chunk)) {
      if (!active) continue;
      if (frame.kind === 'too-long') {
        report({ type: 'scan.refused', reason: 'too-long' });
        continue;
      }
      const scan = readScan(frame.bytes);
      if (scan.ok) health.add('frames');
      else health.add('damaged');
      if (scan.ok) report({ type: 'scan', text: scan.value, simulated: device.simulated });
      else report({ type: 'scan.refused', reason: scan.error });
      frame.bytes.fill(0);
    }
    if (framer.pending() > 0) cancelGap = timers.after(LINE_GAP, () => framer.reset());
  }

  function lose(detail: string): void {
    transport = null;
    cancelGap();
    framer.reset();
    if (stopped) return;
    tellState('absent', detail);
    const again = () => {
      cancelWait();
      void connect();
    };
    const cancelTimer = timers.after(backOff(failures), again);
    const cancelWatch = connector.whenPresent(again);
    cancelWait = () => {
      cancelTimer();
      cancelWatch();
    };
    failures += 1;
  }

  async function connect(): Promise<void> {
    if (stopped) return;
    const found = await connector.connect();
    if (stopped) return;
    if (!found.ok) return lose(found.error.detail);
    const opening = found.value;
    transport = opening;
    opening.onData(onData);
    opening.onEnd((end) => {
      if (transport === opening) lose(end.cause ?? `${opening.path} was closed`);
    });
    const opened = await opening.open();
    if (stopped) return opening.close();
    if (!opened.ok) return lose(opened.error.detail);
    failures = 0;
    health.add('connections');
    tellState('ready', null);
  }

  tellState('connecting', null);
  void connect();

  return {
    handle(command) {
      if (command.type !== 'scanner.start' && command.type !== 'scanner.stop') return;
      const next = command.type === 'scanner.start';
      // What was begun before is not what the citizen is asked for now.
      if (next && !active) framer.reset();
      active = next;
    },
    async stop() {
      stopped = true;
      cancelWait();
      cancelGap();
      framer.reset();
      const old = transport;
      transport = null;
      await old?.close();
    },
  };
}
