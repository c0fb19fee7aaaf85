import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { REGISTRY_CONTENT_TYPES } from '#contract/registry-api.ts';
import { dataFolderAt, foundRegistry } from '#registry/founding/found-registry.ts';
import { newProvisioningCode } from '#registry/start-registry.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { PEOPLE, writePeopleFile } from './people.ts';
import { randomBytes, setClock, startTestRegistry } from './registry-fixture.ts';
import { acknowledgementIn } from './statements.ts';
import { provisionStation } from './test-station.ts';

const MAIN = join(import.meta.dirname, '../../src/registry/main.ts');
const PACKETS = 24;

async function servedPort(child: ChildProcess): Promise<number> {
  if (child.stdout === null) throw new Error('the registry has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const entry = JSON.parse(line) as { readonly msg?: string; readonly port?: number };
    if (entry.msg === 'registry serves' && entry.port !== undefined) return entry.port;
  }
  throw new Error('the registry ended before it served');
}

it('a registry killed while packets come in has every packet that it acknowledged', async () => {
  const folder = temporaryFolder();
  const dataFolder = join(folder, 'registry');
  await foundRegistry({ folder: dataFolderAt(dataFolder), hosts: [], randomBytes });
  const child = spawn(
    process.execPath,
    [
      MAIN,
      'serve',
      '--data',
      dataFolder,
      '--port',
      '0',
      '--mode',
      'demo',
      '--people',
      writePeopleFile(folder),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  const port = await servedPort(child);
  // Read on, or the child would block on a full pipe.
  child.stdout?.resume();
  const clock = setClock(Date.now());
  const code = await newProvisioningCode({ dataFolder, stationName: 'hall-1', clock, randomBytes });
  const station = await provisionStation({ url: `https://127.0.0.1:${port}`, code, clock });

  const packets = [];
  for (let count = 0; count < PACKETS; count += 1) packets.push(await station.packet({ person: PEOPLE.lin }));
  const acknowledged: string[] = [];
  await Promise.allSettled(
    packets.map(async (packet) => {
      const answer = await station.upload(packet);
      if (answer.contentType !== REGISTRY_CONTENT_TYPES.acknowledgement) return;
      acknowledged.push(acknowledgementIn(station, answer).packetId);
      if (acknowledged.length === PACKETS / 3) child.kill('SIGKILL');
    }),
  );
  await ended;
  expect(acknowledged.length).toBeGreaterThanOrEqual(PACKETS / 3);

  const { running } = await startTestRegistry({ folder, clock });
  await running.settled();
  for (const packetId of acknowledged) expect(await running.decisionOf(packetId)).not.toBeNull();
  // One person in all of them: whatever the moment, one e-ID at most.
  expect(await running.counts()).toMatchObject({ waiting: 0, setAside: 0, eids: 1 });
}, 120_000);
