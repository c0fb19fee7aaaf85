import type { DeviceProfile, DriverReport } from '#contract/driver-messages.ts';
import { lineFramer } from '../framing/line.ts';
import type { PathWatch } from '../hub/path-watch.ts';
import type { Timers } from '../timers.ts';
import { backOff } from '../timers.ts';
import type { Transport } from '../transport/transport.ts';
import { LONGEST_SCAN, readScan } from './scan-text.ts';

/** Silence after which the beginning of a line is no part of what comes next, milliseconds. */
const LINE_GAP = 1000;

export interface LineScanner {
  /** Whether scans are passed on; those that come while it is off are dropped. */
  setActive(active: boolean): void;
  /** Closes the line; nothing is reported afterwards. */
  stop(): Promise<void>;
}

/** Drives one code scanner that sends each scan as a line. A scanner cannot be asked anything, so that an open line counts as ready. */
export function createLineScanner(options: {
  readonly profile: Extract<DeviceProfile, { role: 'scanner' }>;
  /** A new connection each time. */
  readonly openTransport: () => Transport;
  readonly timers: Timers;
  readonly pathWatch: PathWatch;
  readonly report: (report: DriverReport) => void;
}): LineScanner {
  const { profile, timers } = options;
  const framer = lineFramer({ suffix: profile.suffix, limit: LONGEST_SCAN });
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
      model: profile.model,
      samId: null,
      simulated: profile.simulated,
      detail: detail?.slice(0, 400) ?? null,
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
      if (scan.ok) report({ type: 'scan', text: scan.value, simulated: profile.simulated });
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
    const cancelWatch = options.pathWatch.whenPresent(profile.path, again);
    cancelWait = () => {
      cancelTimer();
      cancelWatch();
    };
    failures += 1;
  }

  async function connect(): Promise<void> {
    if (stopped) return;
    const opening = options.openTransport();
    transport = opening;
    opening.onData(onData);
    opening.onEnd((end) => {
      if (transport === opening) lose(end.cause ?? `${profile.path} was closed`);
    });
    const opened = await opening.open();
    if (stopped) return opening.close();
    if (!opened.ok) return lose(opened.error.detail);
    failures = 0;
    tellState('ready', null);
  }

  tellState('connecting', null);
  void connect();

  return {
    setActive(next) {
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
