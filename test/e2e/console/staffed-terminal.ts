import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { StaffRole } from '#domain/staff/role.ts';
import { startChromiumTerminal } from '#shell/chromium/chromium-terminal.ts';
import { openStationDesk } from '#station/desk/station-desk.ts';
import { fileKeyStore } from '#station/keys/file-key-store.ts';
import { createStationLog } from '#station/log/station-log.ts';
import { systemBootClock } from '#station/staff/boot-clock.ts';
import type { Station } from '#station/station.ts';
import { type Hall, openHall } from '../../../tools/hall/hall.ts';
import { fillQueue } from '../../bench/fill-queue.ts';

/** A whole terminal that was provisioned, knows its staff, holds records that wait, and has lost its network. */
export interface StaffedTerminal {
  readonly station: Station;
  readonly dock: Hall['simulators']['dock'];
  readonly page: () => Page;
  readonly stationId: string;
  issueBadge(staffId: string, role: StaffRole): Promise<{ readonly badge: string; readonly pin: string }>;
  /** What the registry answers to a block number that was read out to it. */
  unlockCode(nonce: string): Promise<string>;
  /** Lets time pass on the machine's boot clock, as if everybody had waited. */
  waitOut(milliseconds: number): void;
  readonly logFile: string;
  stop(): Promise<void>;
}

export async function startStaffedTerminal(options: {
  readonly stationName: string;
  readonly waitingRecords: number;
  readonly staff: readonly { readonly staffId: string; readonly role: StaffRole }[];
}): Promise<StaffedTerminal & { readonly badges: ReadonlyMap<string, { badge: string; pin: string }> }> {
  const folder = mkdtempSync(join(tmpdir(), 'eid-console-'));
  const hall = await openHall({ folder, stationName: options.stationName });
  const { settings, registry } = hall;
  const logFile = join(folder, 'station.log');
  const log = createStationLog({ write: (line) => appendFileSync(logFile, line), now: Date.now });

  async function issueBadge(staffId: string, role: StaffRole) {
    const printed = await registry.command('badge', '--staff', staffId, '--role', role);
    const [, badge = '', pin = ''] = /^badge (.+)\npin (\d+)$/.exec(printed) ?? [];
    return { badge, pin };
  }
  const badges = new Map<string, { badge: string; pin: string }>();
  for (const { staffId, role } of options.staff) badges.set(staffId, await issueBadge(staffId, role));

  const stationId = await provisionOffline();
  await fillQueue({ folder: settings.dataFolder, packets: options.waitingRecords, bodyBytes: 40_000 });
  await hall.simulators.dock.call('setNetwork', { network: 'cut' });

  /** What a technician leaves behind: an installation, the staff list, and no network. */
  async function provisionOffline(): Promise<string> {
    const opened = await openStationDesk({
      settings,
      keyStore: fileKeyStore({ path: join(settings.dataFolder, 'station.key') }),
      environment: {
        clock: { now: Date.now, monotonic: () => performance.now() },
        randomBytes: (length) => new Uint8Array(randomBytes(length)),
      },
      log,
      reserveBytes: 100_000,
    });
    if (!opened.ok) throw new Error(opened.error.reason);
    const desk = opened.value;
    const provisioned = await desk.provision({
      code: await registry.newProvisioningCode(options.stationName),
      registryUrl: settings.registryUrl,
      stationName: options.stationName,
      mayMove: false,
    });
    if (!provisioned.ok) throw new Error(provisioned.error.reason);
    await desk.inside.link()?.refreshStaff();
    await desk.close();
    return provisioned.value.stationId;
  }

  let waited = 0;
  const machine = systemBootClock();
  const started = await startChromiumTerminal({
    settings,
    profileFolder: join(folder, 'profile'),
    headless: true,
    slipPrinter: null,
    log,
    bootClock: { bootId: machine.bootId, now: () => machine.now() + waited },
    extraSwitches: ['--use-fake-device-for-media-stream'],
  });
  if (!started.ok) throw new Error(started.error.join('\n'));
  const { station, host, close } = started.value;
  return {
    station,
    dock: hall.simulators.dock,
    page: host.citizenPage,
    stationId,
    badges,
    issueBadge,
    unlockCode: (nonce) => registry.command('unlock', '--station', stationId, '--nonce', nonce),
    waitOut: (milliseconds) => {
      waited += milliseconds;
    },
    logFile,
    async stop() {
      await close();
      await hall.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
