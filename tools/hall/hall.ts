import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StationSettings } from '#contract/settings.ts';
import { type RegistryProcess, startRegistryProcess } from './registry-process.ts';
import { type SimulatorsProcess, startSimulatorsProcess } from './simulators-process.ts';

/** A service hall on one machine: a registry, simulated devices, a wire between them, and a terminal's settings. */
export interface Hall {
  readonly registry: RegistryProcess;
  readonly simulators: SimulatorsProcess;
  readonly settings: StationSettings;
  close(): Promise<void>;
}

export async function openHall(options: {
  readonly folder: string;
  readonly stationName: string;
  /** Whether the terminal has a simulated receipt printer and status lamp. */
  readonly counter?: boolean;
}): Promise<Hall> {
  const { folder } = options;
  mkdirSync(folder, { recursive: true });
  const registry = await startRegistryProcess({
    dataFolder: join(folder, 'registry'),
    logFile: join(folder, 'registry.log'),
    mode: 'demo',
  });
  const simulators = await startSimulatorsProcess({
    folder: join(folder, 'devices'),
    registryPort: registry.port,
    counter: options.counter ?? false,
  });
  return {
    registry,
    simulators,
    settings: {
      mode: 'demo',
      stationName: options.stationName,
      registryUrl: `https://127.0.0.1:${simulators.networkPort}`,
      dataFolder: join(folder, 'station'),
      devices: [...simulators.devices],
      camera: { source: 'simulated' },
      liveness: { flash: false, depth: true, texture: true },
      offlineLimits: { days: 10, warnDays: 2, packets: 10_000, freeMegabytes: 256 },
      openingLanguage: 'zh-CN',
      retentionDays: 7,
      idle: { warnAfterMs: 120_000, resetAfterMs: 30_000 },
      decisionWaitMs: 8_000,
      portraitDecoder: null,
    },
    async close() {
      await simulators.stop();
      await registry.stop();
    },
  };
}
