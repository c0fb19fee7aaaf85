import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ReaderDevice } from '#contract/device.ts';
import type { StationSettings } from '#contract/settings.ts';
import { EMBEDDING_LENGTH } from '#domain/comparison/embedding.ts';
import { ok } from '#domain/result.ts';
import { loadPeople } from '#drivers/simulator/people.ts';
import { startSimulators } from '#drivers/simulator/start-simulators.ts';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import { makePhoneCode } from '#protocol/phone-code.ts';
import { startRegistry } from '#registry/start-registry.ts';
import { forkProcessHost } from '#shell/fork-process-host.ts';
import { fileKeyStore } from '#station/keys/file-key-store.ts';
import { createStationLog } from '#station/log/station-log.ts';
import type { Environment, FaceEmbedder, ProcessHost } from '#station/ports.ts';
import { startFaultSentences, startStation } from '#station/station.ts';
import { systemEnvironment } from '#station/system-environment.ts';
import { memoryChannelPair } from '../../contract/memory-channel.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { CitizenAtThePage } from './citizen-at-the-page.ts';
import { settingsFor } from './desk/station-settings.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const PEOPLE = join(ROOT, 'resources/demo/people.json');

/** Everything real but the person: registry over TLS, simulated devices on ptys, drivers in a process, SQLite. */
export async function openTerminal(
  options: {
    readonly changes?: Partial<StationSettings>;
    readonly environment?: Environment;
    /** In place of the simulated reader's own; it has to lead to the same people's cards. */
    readonly reader?: ReaderDevice;
    /** Whose face a picture shows; one and the same person's unless given. */
    readonly faceEmbedder?: FaceEmbedder;
    /** In place of the drivers' process. */
    readonly processHost?: ProcessHost;
  } = {},
) {
  const environment = options.environment ?? systemEnvironment;
  const folder = temporaryFolder();
  const registry = await startRegistry({
    dataFolder: join(folder, 'registry'),
    port: 0,
    mode: 'demo',
    peopleFile: PEOPLE,
    clock: systemEnvironment.clock,
    randomBytes: systemEnvironment.randomBytes,
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
  onTestFinished(() => registry.close());
  const simulators = await startSimulators({
    folder: join(folder, 'devices'),
    people: loadPeople(PEOPLE),
    registryAddress: { host: '127.0.0.1', port: Number(new URL(registry.url).port) },
  });
  onTestFinished(() => simulators.stop());
  const lines: string[] = [];
  const stationFolder = join(folder, 'station');
  const started = await startStation({
    settings: settingsFor(stationFolder, {
      registryUrl: `https://127.0.0.1:${simulators.networkPort}`,
      devices: simulators.list.map((device) =>
        device.role === 'reader' ? (options.reader ?? device) : device,
      ),
      ...options.changes,
    }),
    keyStore: fileKeyStore({ path: join(folder, 'station.key') }),
    processHost:
      options.processHost ??
      forkProcessHost({
        drivers: join(ROOT, 'src/drivers/main.ts'),
        faces: join(ROOT, 'src/faces/main.ts'),
      }),
    environment,
    faceEmbedder: options.faceEmbedder ?? {
      embed: async () => ok(new Int16Array(EMBEDDING_LENGTH).fill(700)),
    },
    log: createStationLog({ write: (line) => lines.push(line), now: () => Date.now() }),
    slipPrinter: null,
  });
  if (!started.ok) throw new Error(startFaultSentences(started.error).join(' '));
  const station = started.value;
  onTestFinished(() => station.close());
  let renewals = 0;
  const openPage = async () => {
    const [ours, pages] = memoryChannelPair();
    station.attachCitizen(ours);
    const citizen = new CitizenAtThePage(pages);
    onTestFinished(() => citizen.leave());
    await citizen.open();
    return citizen;
  };
  station.onSessionEnd(() => {
    renewals += 1;
  });
  const phone = nodeSigner(Uint8Array.from(randomBytes(32)));
  const showPhone = () =>
    simulators.dock.showCode({
      text: makePhoneCode({ signer: phone, phoneTime: Date.now(), codeId: Uint8Array.from(randomBytes(16)) }),
    });
  return {
    folder: stationFolder,
    registry,
    simulators,
    station,
    lines,
    openPage,
    phone,
    showPhone,
    get renewals() {
      return renewals;
    },
  };
}
export type Terminal = Awaited<ReturnType<typeof openTerminal>>;

export async function provision({ registry, station }: Terminal): Promise<void> {
  const provisioned = await station.provision(await registry.newProvisioningCode('Hall 1'));
  if (!provisioned.ok) throw new Error(`not provisioned: ${provisioned.error.reason}`);
}

/** From attract to the screen after "submit", in the full grade. */
export async function enrol(
  terminal: Terminal,
  citizen: CitizenAtThePage,
  layCard: () => void | Promise<void>,
): Promise<void> {
  await citizen.see('attract');
  await citizen.touch('start', 'continue');
  await citizen.comeFor('full');
  await citizen.touch('agree');
  await citizen.see('phone');
  await terminal.showPhone();
  await citizen.see('phone-confirm');
  await citizen.touch('confirm-phone');
  await citizen.choosePassword('27184590');
  await citizen.see('card');
  await layCard();
  await citizen.see('review');
  await citizen.touch('submit');
}
