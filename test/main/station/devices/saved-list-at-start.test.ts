import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Device } from '#contract/device.ts';
import type { StationSettings } from '#contract/settings.ts';
import { writeDeviceList } from '#station/devices/device-list-store.ts';
import { fileKeyStore } from '#station/keys/file-key-store.ts';
import { silentLog } from '#station/log/station-log.ts';
import { startStation } from '#station/station.ts';
import { manualTimers } from '../../../drivers/manual-timers.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { settingsFor } from '../desk/station-settings.ts';
import { at, READER, SCANNER } from './sample-devices.ts';

/** Starts a terminal whose drivers' process does nothing, and tells what it was given to drive. */
async function start(settings: Partial<StationSettings>, saved: readonly Device[]) {
  const dataFolder = temporaryFolder();
  writeDeviceList({ dataFolder, devices: saved });
  const posted: unknown[] = [];
  const exits: ((code: number | null) => void)[] = [];
  const started = await startStation({
    settings: settingsFor(dataFolder, settings),
    keyStore: fileKeyStore({ path: join(dataFolder, 'station.key') }),
    processHost: {
      start: () => ({
        pid: undefined,
        post: (message) => {
          posted.push(message);
          if (typeof message === 'object' && message !== null && 'type' in message)
            if (message.type === 'stop') for (const tell of exits) tell(0);
        },
        onMessage: () => {},
        onExit: (listener) => void exits.push(listener),
        kill: () => {},
      }),
    },
    environment: {
      clock: { now: Date.now, monotonic: () => performance.now() },
      randomBytes: (length) => new Uint8Array(randomBytes(length)),
    },
    log: silentLog,
    slipPrinter: null,
    timers: manualTimers(),
  });
  if (started.ok) onTestFinished(() => started.value.close());
  return { started, posted };
}

test('a terminal drives what was saved, not what its settings say', async () => {
  const saved = [READER, at(SCANNER, '/dev/ttyACM7')];
  const { started, posted } = await start({ devices: [SCANNER] }, saved);
  expect(started.ok).toBe(true);
  expect(posted[0]).toEqual({ type: 'configure', devices: saved });
});

test.each(['pilot', 'production'] as const)(
  'a saved list that %s refuses keeps the terminal from starting, and says which device',
  async (mode) => {
    const asking = { ...READER, quirks: { ...READER.quirks, readsFingerprints: true } };
    const saved = [{ ...SCANNER, simulated: true }, asking];
    const { started, posted } = await start({ mode, devices: [SCANNER] }, saved);
    expect(posted).toEqual([]);
    if (started.ok || started.error.reason !== 'relaxed') throw new Error('it started');
    expect(started.error.sentences).toContainEqual(
      expect.stringContaining('"devices.0" of the saved list (scanner, Model-S scanner) is.'),
    );
    expect(started.error.sentences).toContainEqual(
      expect.stringContaining('"devices.1" of the saved list (reader, Model-R card reader) does'),
    );
  },
);
