import '../../../require-node.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { provisioningSentence } from '#station/provisioning/provisioning-sentence.ts';
import { describeSettingsFault, loadSettings } from '#station/settings/load-settings.ts';
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
const settings = await loadSettings(given.settings);
if (!settings.ok) end(settings.error.map(describeSettingsFault), 2);
const profileFolder = given.profile ?? mkdtempSync(join(memoryFolder(), 'eid-terminal-'));
process.once('exit', () => rmSync(profileFolder, { recursive: true, force: true }));
const terminal = await startChromiumTerminal({
  settings: settings.value,
  profileFolder,
  headless: given.headless,
  slipPrinter: null,
  log: journalLog(),
  // The service manager starts the terminal anew.
  onGone: () => process.exit(1),
});
if (!terminal.ok) end(terminal.error, 1);
if (given.provision !== undefined) {
  const provisioned = await terminal.value.station.provision(given.provision);
  if (!provisioned.ok) {
    await terminal.value.close();
    end([provisioningSentence(provisioned.error)], 1);
  }
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void terminal.value.close().then(() => process.exit(0)));
}

/** Where nothing reaches a disk. */
function memoryFolder(): string {
  return process.platform === 'linux' ? '/dev/shm' : tmpdir();
}
