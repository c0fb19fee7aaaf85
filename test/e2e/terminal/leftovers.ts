import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { verifyChain } from '../../faults/verify-chain.ts';
import { find, needlesOf } from '../../needles.ts';
import { PASSWORD } from './citizen-hands.ts';
import type { RealTerminal } from './real-terminal.ts';

const people = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../resources/demo/people.json'), 'utf8'),
) as readonly {
  readonly id: string;
  readonly name: string;
  readonly number: string;
  readonly address: string;
}[];

/**
 * Every file of a stopped terminal in which a visitor's name, number, address or password can be read, with what was
 * found there: data folder, log and browser profile.
 */
export function findPersonalData(options: {
  readonly terminal: RealTerminal;
  /** Whose cards were laid on the reader. */
  readonly visitors: readonly string[];
}): readonly string[] {
  const { settings, logFile, profileFolder } = options.terminal;
  const visitors = people.filter(({ id }) => options.visitors.includes(id));
  const needles = [
    ...visitors.flatMap(({ name, number, address }) => needlesOf({ name, number, address })),
    ...needlesOf({ password: PASSWORD }),
  ];
  const files = [logFile, ...filesBelow(settings.dataFolder), ...filesBelow(profileFolder)];
  if (!files.some((file) => file.endsWith('station.db'))) throw new Error('the database was not searched');
  return files.flatMap((file) =>
    [...find(readFileSync(file), needles).keys()].map((what) => `${file}: ${what}`),
  );
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
}

/**
 * One sentence for each way in which a stopped terminal has not kept its word: a receipt's packet that neither waits
 * in the queue nor lies decided at the registry, or a chain that is not whole.
 */
export function findPromisesBroken(options: {
  readonly terminal: RealTerminal;
  /** Numbers of the receipts that were given out. */
  readonly promised: readonly string[];
}): readonly string[] {
  const { terminal, promised } = options;
  const folder = terminal.settings.dataFolder;
  const installation = withDatabase(join(folder, 'station.db'), (database) =>
    database.prepare('SELECT public_key, certificate FROM installation WHERE number = 1').get(),
  ) as { readonly public_key: Uint8Array; readonly certificate: Uint8Array };
  const chain = verifyChain({
    folder,
    publicKey: installation.public_key,
    certificate: installation.certificate,
  });
  const waiting = withDatabase(join(folder, 'station.db'), (database) =>
    database.prepare("SELECT packet_id FROM packet WHERE delivery = 'waiting'").pluck().all(),
  );
  const decided = withDatabase(join(terminal.registryFolder, 'registry.sqlite'), (database) =>
    database.prepare('SELECT packet_id FROM decisions').pluck().all(),
  );
  return [
    ...chain.faults,
    ...promised
      .filter((packetId) => !chain.packetIds.includes(packetId))
      .map((packetId) => `${packetId} is not in the queue`),
    ...promised
      .filter((packetId) => !waiting.includes(packetId) && !decided.includes(packetId))
      .map((packetId) => `${packetId} neither waits nor was decided`),
  ];
}

function withDatabase<T>(file: string, read: (database: Database.Database) => T): T {
  const database = new Database(file, { readonly: true });
  try {
    return read(database);
  } finally {
    database.close();
  }
}

/** Codes of the log's lines that call for somebody, in their order. */
export function loggedErrors(terminal: RealTerminal): readonly string[] {
  return readFileSync(terminal.logFile, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly level: string; readonly code: string })
    .filter(({ level }) => level === 'error')
    .map(({ code }) => code);
}
