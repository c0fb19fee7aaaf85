import '../../../require-node.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { systemTimers } from '#drivers/timers.ts';
import { provisioningSentence } from '#station/provisioning/provisioning-sentence.ts';
import { describeSettingsFault, loadSettings } from '#station/settings/load-settings.ts';
import { type KeepServing, keepServing } from '../keep-serving.ts';
import { serviceManager } from '../service-manager.ts';
import { journalLog } from '../terminal.ts';
import { startChromiumTerminal } from './chromium-terminal.ts';

/** Entry point of the terminal under the Chromium host. */
const USAGE = `usage: npm run terminal -- --settings FILE [--provision CODE] [--profile FOLDER] [--headless]
  --settings FILE    the station's settings
  --provision CODE   makes this machine a station of the registry that gave the code
  --profile FOLDER   Chromium's profile, on a memory file system; a new one below /dev/shm unless given
  --headless         without a display, for checks`;

function end(sentences: readonly string[], code: number): never {
  for (const sentence of sentences) console.error(sentence);
  process.exit(code);
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        settings: { type: 'string' },
        provision: { type: 'string' },
        profile: { type: 'string' },
        headless: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return end([error instanceof Error ? error.message : String(error), USAGE], 2);
  }
}

const given = readArguments();
if (given.settings === undefined) end(['--settings is missing', USAGE], 2);
const settings = await loadSettings({
  file: given.settings,
  profileFolder: resolve(import.meta.dirname, '../../../../resources/profiles'),
});
if (!settings.ok) end(settings.error.map(describeSettingsFault), 2);
const profileFolder = given.profile ?? mkdtempSync(join(memoryFolder(), 'eid-terminal-'));
process.once('exit', () => rmSync(profileFolder, { recursive: true, force: true }));
const log = journalLog();
let serving: KeepServing | null = null;
const terminal = await startChromiumTerminal({
  settings: settings.value,
  profileFolder,
  headless: given.headless,
  slipPrinter: null,
  log,
  onRenewed: () => serving?.sessionOver(),
  // The service manager starts the terminal anew.
  onGone: () => process.exit(1),
});
if (!terminal.ok) end(terminal.error, 1);
const running = terminal.value;
if (given.provision !== undefined) {
  const provisioned = await running.station.provision(given.provision);
  if (!provisioned.ok) {
    await running.close();
    end([provisioningSentence(provisioned.error)], 1);
  }
}
serving = keepServing({
  station: running.station,
  screen: running.host,
  manager: serviceManager({ socket: process.env.NOTIFY_SOCKET }),
  timers: systemTimers,
  log,
  signals: process,
  end: (code) => void close(code),
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void close(0));

async function close(code: number): Promise<void> {
  serving?.stop();
  await running.close();
  process.exit(code);
}

/** Where nothing reaches a disk. */
function memoryFolder(): string {
  return process.platform === 'linux' ? '/dev/shm' : tmpdir();
}
