import { readFile } from 'node:fs/promises';
import { describeFileFault } from '#contract/checked-json.ts';
import type { Clock } from '#domain/clock.ts';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import type { DataFolder } from '../founding/found-registry.ts';
import { readSecret } from '../founding/secret-files.ts';
import { readSettingsFile, settingsBook } from './settings-book.ts';

export interface SettingsCommand {
  readonly name: 'settings';
  readonly dataFolder: string;
  readonly file: string;
}

/** Publishes what a file says for every terminal. Throws with one line for each fault of the file. */
export async function runSettingsCommand(
  command: SettingsCommand,
  registry: { readonly folder: DataFolder; readonly clock: Clock },
): Promise<string> {
  const { file } = command;
  const read = readSettingsFile({ file, text: await readFile(file, 'utf8') });
  if (!read.ok) {
    throw new Error(`nothing was published:\n${read.error.map(describeFileFault).join('\n')}`);
  }
  const { folder, clock } = registry;
  const signer = nodeSigner(await readSecret(folder.keys, 'settings'));
  const { version } = await settingsBook({ dataFolder: folder.root, signer, clock }).publish(read.value);
  return `Settings document ${version} with ${read.value.length} settings is published; terminals take it over within ten minutes of being online.`;
}
