import '../require-node.mjs';
import { randomBytes as nodeRandomBytes } from 'node:crypto';
import { pino } from 'pino';
import type { Clock, RandomBytes } from '#domain/clock.ts';
import { assertNever } from '#domain/result.ts';
import { type RegistryCommand, readCommand, USAGE } from './command-line.ts';
import { runEvidenceCommand } from './examination/evidence-command.ts';
import { dataFolderAt, foundRegistry, isFounded } from './founding/found-registry.ts';
import { runSettingsCommand } from './settings/settings-command.ts';
import { runStaffCommand } from './staff/staff-command-line.ts';
import { openStaffOffice } from './staff/staff-office.ts';
import { newProvisioningCode, startRegistry } from './start-registry.ts';
import { openStore } from './store/store.ts';

const clock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
const randomBytes: RandomBytes = (length) => new Uint8Array(nodeRandomBytes(length));

async function run(command: RegistryCommand): Promise<void> {
  switch (command.name) {
    case 'init': {
      const folder = dataFolderAt(command.dataFolder);
      await foundRegistry({ folder, hosts: command.hosts, randomBytes });
      console.log(
        `A registry was founded in ${folder.root}. Keep ${folder.keys} safe: whoever has it is the registry.`,
      );
      return;
    }
    case 'code': {
      requireFounded(command.dataFolder);
      const { dataFolder, station: stationName } = command;
      console.log(await newProvisioningCode({ dataFolder, stationName, clock, randomBytes }));
      return;
    }
    case 'badge':
    case 'withdraw-badge':
    case 'unlock': {
      requireFounded(command.dataFolder);
      const folder = dataFolderAt(command.dataFolder);
      const office = await openStaffOffice({ folder, clock, randomBytes });
      console.log(await runStaffCommand(command, office));
      return;
    }
    case 'settings': {
      requireFounded(command.dataFolder);
      console.log(await runSettingsCommand(command, { folder: dataFolderAt(command.dataFolder), clock }));
      return;
    }
    case 'evidence': {
      requireFounded(command.dataFolder);
      const folder = dataFolderAt(command.dataFolder);
      const store = openStore(folder.database);
      if (!store.ok) throw new Error(`the registry's database cannot be opened (${store.error.reason})`);
      try {
        console.log(await runEvidenceCommand(command, { folder, store: store.value }));
      } finally {
        await store.value.close();
      }
      return;
    }
    case 'serve': {
      requireFounded(command.dataFolder);
      const registry = await startRegistry({ ...command, clock, randomBytes, log: pino() });
      const end = () => {
        registry.close().then(
          () => process.exit(0),
          (fault: unknown) => fail(fault),
        );
      };
      process.once('SIGTERM', end);
      process.once('SIGINT', end);
      return;
    }
    default:
      assertNever(command);
  }
}

/** Serving never founds: a mistyped folder would otherwise become a second registry with other keys. */
function requireFounded(dataFolder: string): void {
  if (isFounded(dataFolderAt(dataFolder))) return;
  throw new Error(`there is no registry in ${dataFolder}; found one with "init --data ${dataFolder}"`);
}

function fail(fault: unknown): never {
  const sentence = fault instanceof Error ? fault.message : 'something failed that is no error';
  console.error(`registry: ${sentence}`);
  process.exit(1);
}

const command = readCommand(process.argv.slice(2));
if (command.ok) {
  run(command.value).catch(fail);
} else {
  console.error(`registry: ${command.error}\n${USAGE}`);
  process.exit(2);
}
