import type { ScannerDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { assertNever } from '#domain/result.ts';
import { type Driver, type DriverParts, HealthCount } from '../driver.ts';
import { backOff } from '../timers.ts';
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
  let failures = 0;
  let transport: Transport | null = null;
  let notes: ScannerNotes = {};
  let told: { readonly state: string; readonly detail: string | null } | null = null;
  let cancelWait: () => void = () => {};
  let cancelElapsed: () => void = () => {};
  let cancelHealth: (() => void) | null = null;

  const report = (message: DriverReport) => {
    if (!stopped) options.report(message);
  };

  function tellState(state: 'absent' | 'connecting' | 'ready' | 'out-of-service', detail: string | null) {
    cancelHealth?.();
    cancelHealth = null;
    told = { state, detail };
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
  }

  function tellStanding(): void {
    const { state, detail } = standing(notes);
    tellState(state, detail);
  }

  function count(effect: Extract<ScannerEffect, { do: 'count' }>): void {
    health.add(effect.what);
    cancelHealth ??= timers.after(HEALTH_INTERVAL, () => {
      cancelHealth = null;
      if (transport !== null) tellStanding();
    });
  }

  function onNote(effect: Extract<ScannerEffect, { do: 'note' }>): void {
    const { about, detail, outOfService } = effect;
    notes = { ...notes, [about]: detail === null ? null : { detail, outOfService } };
    const now = standing(notes);
    if (told?.state !== now.state || told.detail !== now.detail) tellStanding();
  }

  function write(bytes: Uint8Array): void {
    const line = transport;
    if (line === null) return;
    void line.write(bytes).then((written) => {
      if (!written.ok && transport === line) void giveUp(line, written.error.detail);
    });
  }

  /** A line that cannot be written to is closed; a new one is made. */
  async function giveUp(line: Transport, detail: string): Promise<void> {
    lose(detail);
    await line.close();
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

  function lose(detail: string): void {
    const wasOpen = transport !== null;
    transport = null;
    if (stopped) return;
    if (wasOpen) dispatch({ type: 'closed' });
    notes = {};
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
    // Over HID each report is a thing of its own; elsewhere the wish says nothing.
    const found = await connector.connect({ reports: 'whole' });
    if (stopped) return;
    if (!found.ok) return lose(found.error.detail);
    const opening = found.value;
    let ended: string | null = null;
    opening.onData((bytes) => {
      if (transport === opening) dispatch({ type: 'bytes', bytes });
    });
    opening.onEnd((end) => {
      ended = end.cause ?? `${opening.path} was closed`;
      if (transport === opening) lose(ended);
    });
    const opened = await opening.open();
    if (stopped) return opening.close();
    if (!opened.ok) return lose(opened.error.detail);
    // It may have been pulled in the turn between.
    if (ended !== null) return lose(ended);
    transport = opening;
    failures = 0;
    health.add('connections');
    tellStanding();
    dispatch({ type: 'opened' });
  }

  tellState('connecting', null);
  void connect();

  return {
    handle(command) {
      if (command.type !== 'scanner.start' && command.type !== 'scanner.stop') return;
      const next = command.type === 'scanner.start';
      if (next === active) return;
      active = next;
      dispatch({ type: next ? 'start' : 'stop' });
    },
    async stop() {
      stopped = true;
      cancelWait();
      cancelElapsed();
      cancelHealth?.();
      const old = transport;
      transport = null;
      // Forgets what was begun; nothing is said on a line that closes.
      protocol.handle({ type: 'closed' }, timers.monotonic());
      await old?.close();
    },
  };
}
