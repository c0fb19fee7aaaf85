import type { StationSettings } from '#contract/settings.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { createStationLog, type StationLog } from '#station/log/station-log.ts';
import type { KeyStore, ProcessHost, SlipPrinter } from '#station/ports.ts';
import type { HostFacts } from '#station/settings/relaxations.ts';
import type { BootClock } from '#station/staff/boot-clock.ts';
import { type Station, startFaultSentences, startStation } from '#station/station.ts';
import { systemEnvironment } from '#station/system-environment.ts';
import { processFacts } from './host-facts.ts';

export interface TerminalOptions {
  readonly settings: StationSettings;
  readonly keyStore: KeyStore;
  readonly processHost: ProcessHost;
  /** In place of the configured printer; null to print on that. */
  readonly slipPrinter: SlipPrinter | null;
  readonly log: StationLog;
  /** The machine's own unless given. */
  readonly bootClock?: BootClock;
  /** What the window's host adds to what can be seen of the process. */
  readonly host?: HostFacts;
}

/** Starts the station on this machine's clock and randomness. The fault is sentences for a technician. */
export async function startTerminal(options: TerminalOptions): Promise<Result<Station, readonly string[]>> {
  const host = { ...processFacts(), ...options.host };
  const station = await startStation({ ...options, host, environment: systemEnvironment });
  return station.ok ? ok(station.value) : err(startFaultSentences(station.error));
}

/** The station's log as lines on standard output, where systemd's journal takes them. */
export function journalLog(): StationLog {
  return createStationLog({
    write: (line) => void process.stdout.write(line),
    now: () => systemEnvironment.clock.now(),
  });
}
