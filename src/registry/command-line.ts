import { parseArgs } from 'node:util';
import { OPERATION_MODES, type OperationMode } from '#contract/settings.ts';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import type { EvidenceCommand } from './examination/evidence-command.ts';
import type { SettingsCommand } from './settings/settings-command.ts';
import { readStaffCommand, STAFF_OPTIONS, type StaffCommand } from './staff/staff-command-line.ts';

export type RegistryCommand =
  | { readonly name: 'init'; readonly dataFolder: string; readonly hosts: readonly string[] }
  | { readonly name: 'code'; readonly dataFolder: string; readonly station: string }
  | StaffCommand
  | SettingsCommand
  | EvidenceCommand
  | {
      readonly name: 'serve';
      readonly dataFolder: string;
      readonly port: number;
      readonly host: string;
      readonly mode: OperationMode;
      readonly peopleFile: string;
      /** Undefined for the usual day. */
      readonly statusListLifeMs?: number;
    };

export const USAGE = `usage:
  npm run registry -- init --data FOLDER [--host NAME]...
      makes the registry's keys, its TLS certificate and its first trust list
  npm run registry -- code --data FOLDER --station NAME
      prints a one-time code that provisions the station of that name
  npm run registry -- badge --data FOLDER --staff ID --role technician|officer|supervisor [--days DAYS]
      prints a new badge and a new PIN; ID is a code, not a name
  npm run registry -- withdraw-badge --data FOLDER --staff ID
      takes somebody off the list of those who may log in
  npm run registry -- unlock --data FOLDER --station ID --nonce TEXT
      prints the code that lifts the block of one console once
  npm run registry -- settings --data FOLDER --file FILE
      signs and publishes operational settings for every terminal
  npm run registry -- evidence --data FOLDER --packet ID --file FILE
      opens a packet and writes its liveness evidence into a new FILE, for "npm run judge"; it shows a citizen's face
  npm run registry -- serve --data FOLDER --port PORT --mode demo|pilot|production --people FILE [--host ADDRESS]
           [--status-list-hours HOURS]
      serves stations over HTTPS; FILE is the population register's seed; a status list is in force for HOURS (24)`;

const NAMES = 'init, code, badge, withdraw-badge, unlock, settings, evidence or serve';

/** Reads the arguments after the program's name. The error is a sentence for the person who typed them. */
export function readCommand(parameters: readonly string[]): Result<RegistryCommand, string> {
  const [name, ...rest] = parameters;
  switch (name) {
    case 'init':
      return readInit(rest);
    case 'code':
      return readCode(rest);
    case 'badge':
    case 'withdraw-badge':
    case 'unlock':
      return readStaff(name, rest);
    case 'settings':
      return readPublishing(rest);
    case 'evidence':
      return readEvidence(rest);
    case 'serve':
      return readServe(rest);
    case undefined:
      return err(`name a command: ${NAMES}`);
    default:
      return err(`there is no command ${JSON.stringify(name)}: ${NAMES}`);
  }
}

function readInit(parameters: readonly string[]): Result<RegistryCommand, string> {
  const options = readOptions(parameters, ['data', 'host']);
  if (!options.ok) return options;
  const dataFolder = single(options.value, 'data');
  if (!dataFolder.ok) return dataFolder;
  const hosts = options.value.host ?? [];
  const wrong = hosts.find((host) => !/^[A-Za-z0-9.:-]{1,253}$/.test(host));
  if (wrong !== undefined) return err(`--host ${JSON.stringify(wrong)} is no host name or address`);
  return ok({ name: 'init', dataFolder: dataFolder.value, hosts });
}

function readCode(parameters: readonly string[]): Result<RegistryCommand, string> {
  const options = readOptions(parameters, ['data', 'station']);
  if (!options.ok) return options;
  const dataFolder = single(options.value, 'data');
  if (!dataFolder.ok) return dataFolder;
  const station = single(options.value, 'station');
  if (!station.ok) return station;
  return ok({ name: 'code', dataFolder: dataFolder.value, station: station.value });
}

function readStaff(name: StaffCommand['name'], parameters: readonly string[]): Result<StaffCommand, string> {
  const options = readOptions(parameters, STAFF_OPTIONS[name]);
  if (!options.ok) return options;
  const { value } = options;
  return readStaffCommand(name, (option, fallback) =>
    fallback !== undefined && value[option] === undefined ? ok(fallback) : single(value, option),
  );
}

function readPublishing(parameters: readonly string[]): Result<RegistryCommand, string> {
  const options = readOptions(parameters, ['data', 'file']);
  if (!options.ok) return options;
  const dataFolder = single(options.value, 'data');
  if (!dataFolder.ok) return dataFolder;
  const file = single(options.value, 'file');
  return file.ok ? ok({ name: 'settings', dataFolder: dataFolder.value, file: file.value }) : file;
}

function readEvidence(parameters: readonly string[]): Result<RegistryCommand, string> {
  const options = readOptions(parameters, ['data', 'packet', 'file']);
  if (!options.ok) return options;
  const dataFolder = single(options.value, 'data');
  if (!dataFolder.ok) return dataFolder;
  const packetId = single(options.value, 'packet');
  if (!packetId.ok) return packetId;
  const file = single(options.value, 'file');
  if (!file.ok) return file;
  return ok({ name: 'evidence', dataFolder: dataFolder.value, packetId: packetId.value, file: file.value });
}

function readServe(parameters: readonly string[]): Result<RegistryCommand, string> {
  const options = readOptions(parameters, ['data', 'port', 'host', 'mode', 'people', 'status-list-hours']);
  if (!options.ok) return options;
  const dataFolder = single(options.value, 'data');
  if (!dataFolder.ok) return dataFolder;
  const portText = single(options.value, 'port');
  if (!portText.ok) return portText;
  const port = Number(portText.value);
  if (!/^\d{1,5}$/.test(portText.value) || port > 65_535) return err('--port must be 0 to 65535');
  const modeText = single(options.value, 'mode');
  if (!modeText.ok) return modeText;
  const mode = OPERATION_MODES.find((known) => known === modeText.value);
  if (mode === undefined) return err(`--mode must be one of ${OPERATION_MODES.join(', ')}`);
  const peopleFile = single(options.value, 'people');
  if (!peopleFile.ok) return peopleFile;
  const host = options.value.host?.at(-1) ?? '127.0.0.1';
  const life = readStatusListLife(options.value);
  if (!life.ok) return life;
  return ok({
    ...{ name: 'serve', dataFolder: dataFolder.value, port, host, mode, peopleFile: peopleFile.value },
    ...life.value,
  });
}

const MOST_STATUS_LIST_HOURS = 720;

function readStatusListLife(options: Options): Result<{ readonly statusListLifeMs?: number }, string> {
  if (options['status-list-hours'] === undefined) return ok({});
  const text = single(options, 'status-list-hours');
  if (!text.ok) return text;
  const hours = Number(text.value);
  return /^\d{1,3}$/.test(text.value) && hours >= 1 && hours <= MOST_STATUS_LIST_HOURS
    ? ok({ statusListLifeMs: hours * 3_600_000 })
    : err(`--status-list-hours must be 1 to ${MOST_STATUS_LIST_HOURS}`);
}

type Options = Readonly<Record<string, readonly string[] | undefined>>;

function readOptions(parameters: readonly string[], names: readonly string[]): Result<Options, string> {
  const known = Object.fromEntries(names.map((name) => [name, { type: 'string', multiple: true } as const]));
  try {
    return ok(parseArgs({ args: [...parameters], options: known, strict: true }).values as Options);
  } catch (fault) {
    return err(fault instanceof Error ? fault.message : 'the arguments cannot be read');
  }
}

function single(options: Options, name: string): Result<string, string> {
  const values = options[name] ?? [];
  const [value] = values;
  if (value === undefined || value === '') return err(`--${name} is missing`);
  return values.length > 1 ? err(`--${name} is given ${values.length} times`) : ok(value);
}
