import type { ScannerDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { assertNever } from '#domain/result.ts';
import { tellingDeviceState } from '../connection/device-state.ts';
import { keepConnected } from '../connection/keep-connected.ts';
import { type Driver, type DriverParts, HealthCount } from '../driver.ts';
import type { Transport } from '../transport/transport.ts';
import { createScannerProtocol } from './create-protocol.ts';
import type { ScannerEffect, ScannerEvent } from './scanner-protocol.ts';
import { type ScannerNotes, standing } from './standing.ts';

/** Counts that have changed are told this long after, milliseconds. */
const HEALTH_INTERVAL = 1000;
/** What the system has read while it was busy comes before a silence is believed, milliseconds. */
const LAST_MOMENT = 1;

/** Drives one code scanner of any kind: connection, time, health, and whether a code is wanted. */
export function createScanner(options: DriverParts & { readonly device: ScannerDevice }): Driver {
  const { device, connector, timers } = options;
  const protocol = createScannerProtocol(device);
  const health = new HealthCount();
  let active = false;
  let stopped = false;
  let transport: Transport | null = null;
  /** Whether anybody may be told of the connection. */
  let isProven = false;
  let notes: ScannerNotes = {};
  let cancelElapsed: () => void = () => {};
  let cancelHealth: (() => void) | null = null;

  const report = (message: DriverReport) => {
    if (!stopped) options.report(message);
  };
  const state = tellingDeviceState({ device, health: () => health.counts, report });

  function tell(...[which, detail]: Parameters<typeof state.tell>): void {
    if (!state.tell(which, detail)) return;
    cancelHealth?.();
    cancelHealth = null;
  }

  function tellStanding(): void {
    if (!isProven) return;
    const now = standing(notes);
    tell(now.state, now.detail);
  }

  function count(effect: Extract<ScannerEffect, { do: 'count' }>): void {
    health.add(effect.what);
    cancelHealth ??= timers.after(HEALTH_INTERVAL, () => {
      cancelHealth = null;
      if (isProven) state.repeat();
    });
  }

  function onNote(effect: Extract<ScannerEffect, { do: 'note' }>): void {
    const { about, detail, state: noted } = effect;
    notes = { ...notes, [about]: detail === null ? null : { detail, state: noted } };
    tellStanding();
  }

  function write(bytes: Uint8Array): void {
    const line = transport;
    if (line === null) return;
    void line.write(bytes).then((written) => {
      // A line that cannot be written to is closed; a new one is made.
      if (!written.ok) connection.giveUp(line, written.error.detail);
    });
  }

  function perform(effect: ScannerEffect): void {
    switch (effect.do) {
      case 'write':
        write(effect.bytes);
        return;
      case 'scan':
        if (active) report({ type: 'scan', text: effect.code.text, simulated: device.simulated });
        return;
      case 'refuse':
        if (active) report({ type: 'scan.refused', reason: effect.reason });
        return;
      case 'count':
        count(effect);
        return;
      case 'note':
        onNote(effect);
        return;
      default:
        assertNever(effect);
    }
  }

  function dispatch(event: ScannerEvent): void {
    for (const effect of protocol.handle(event, timers.monotonic())) perform(effect);
    waitForProtocol();
  }

  function waitForProtocol(): void {
    cancelElapsed();
    const due = protocol.due();
    if (due === null || stopped) return;
    cancelElapsed = timers.after(Math.max(0, due - timers.monotonic()), () => {
      cancelElapsed = timers.after(LAST_MOMENT, () => dispatch({ type: 'elapsed' }));
    });
  }

  tell('connecting', null);
  const connection = keepConnected({
    connector,
    timers,
    // Over HID each report is a thing of its own; elsewhere the wish says nothing.
    wish: { reports: 'whole' },
    onData: (bytes) => dispatch({ type: 'bytes', bytes }),
    onOpen(opened) {
      transport = opened;
      health.add('connections');
      dispatch({ type: 'opened' });
    },
    onProven() {
      isProven = true;
      tellStanding();
    },
    onLost(detail) {
      const wasOpen = transport !== null;
      transport = null;
      isProven = false;
      if (wasOpen) dispatch({ type: 'closed' });
      notes = {};
      tell('absent', detail);
    },
  });

  return {
    handle(command) {
      if (command.type !== 'scanner.start' && command.type !== 'scanner.stop') return;
      const next = command.type === 'scanner.start';
      if (next === active) return;
      active = next;
      dispatch({ type: next ? 'start' : 'stop' });
    },
    health: () => health.counts,
    async stop() {
      stopped = true;
      cancelElapsed();
      cancelHealth?.();
      transport = null;
      // Forgets what was begun; nothing is said on a line that closes.
      protocol.handle({ type: 'closed' }, timers.monotonic());
      await connection.stop();
    },
  };
}
