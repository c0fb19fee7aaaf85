import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, protocol } from 'electron';
import { systemTimers } from '#drivers/timers.ts';
import type { StationLog } from '#station/log/station-log.ts';
import { provisioningSentence } from '#station/provisioning/provisioning-sentence.ts';
import { describeSettingsFault, loadSettings } from '#station/settings/load-settings.ts';
import type { Station } from '#station/station.ts';
import { type KeepServing, keepServing } from '../keep-serving.ts';
import { serviceManager } from '../service-manager.ts';
import { startTerminal } from '../terminal.ts';
import { KIOSK_SWITCHES, refusedArguments } from './command-line.ts';
import { type Face, type KioskPage, kioskScreens } from './kiosk-screens.ts';
import { kioskSession } from './kiosk-session.ts';
import { lockDown } from './lock-down.ts';
import { openPage } from './open-page.ts';
import { safeStorageKeyStore } from './safe-storage-key-store.ts';
import { utilityProcessHost } from './utility-process-host.ts';

const SCHEME = 'eid';
const ORIGIN = `${SCHEME}://terminal`;
/** Exit codes: the service manager starts the terminal anew after 1, and not after 2. */
const FAILED = 1;
const REFUSED = 2;

export interface KioskOptions {
  /** Command-line arguments without the program's name. */
  readonly parameters: readonly string[];
  readonly settingsFile: string;
  /** systemd's `NOTIFY_SOCKET`. */
  readonly notifySocket: string | undefined;
  readonly log: StationLog;
}

/** The terminal under Electron: windows, a preload and the station. Everything else is the same under every host. */
export async function runKiosk(options: KioskOptions): Promise<void> {
  const refused = refusedArguments(options.parameters);
  if (refused.length > 0) return leave(refused, REFUSED);
  app.enableSandbox();
  for (const [name, value] of KIOSK_SWITCHES) app.commandLine.appendSwitch(name, value);
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
  // A second start brings the first one's window to the front and ends.
  if (!app.requestSingleInstanceLock()) return leave(['The terminal runs already.'], FAILED);
  // Between two pages there may be none; that is no reason to end.
  app.on('window-all-closed', () => undefined);
  app.on('child-process-gone', (_event, { type, reason, exitCode }) =>
    options.log.error('child.gone', { type: type.replaceAll(' ', '-'), reason, exitCode }),
  );
  await app.whenReady();
  lockDown(ORIGIN);
  const station = await start(options);
  if (station !== null) await serve(station, options);
}

/** Starts the station, or tells why not and ends. */
async function start({ settingsFile, log }: KioskOptions): Promise<Station | null> {
  const settings = await loadSettings({
    file: settingsFile,
    profileFolder: join(app.getAppPath(), 'resources/profiles'),
  });
  if (!settings.ok) return refuse(settings.error.map(describeSettingsFault), REFUSED);
  mkdirSync(settings.value.dataFolder, { recursive: true, mode: 0o700 });
  const started = await startTerminal({
    settings: settings.value,
    keyStore: safeStorageKeyStore(join(settings.value.dataFolder, 'station.key')),
    processHost: utilityProcessHost({
      drivers: join(app.getAppPath(), '.vite/build/drivers.js'),
      faces: join(app.getAppPath(), '.vite/build/faces.js'),
    }),
    slipPrinter: null,
    log,
  });
  if (!started.ok) return refuse(started.error, FAILED);
  const code = app.commandLine.getSwitchValue('provision');
  if (code === '') return started.value;
  const provisioned = await started.value.provision(code);
  if (provisioned.ok) return started.value;
  await started.value.close();
  return refuse([provisioningSentence(provisioned.error)], FAILED);
}

/** Puts the station on the screen and keeps it there. */
async function serve(station: Station, { notifySocket, log }: KioskOptions): Promise<void> {
  let serving: KeepServing | null = null;
  let ending = false;
  const end = async (code: number) => {
    if (ending) return;
    ending = true;
    serving?.stop();
    screens.close();
    await station.close();
    app.exit(code);
  };
  const screens = kioskScreens({
    open: pageOpener(station),
    timers: systemTimers,
    log,
    giveUp: () => void end(FAILED),
  });
  station.onSessionEnd(async () => {
    await screens.show('citizen').catch((error: unknown) => {
      log.error('renderer.not-renewed', { error });
      screens.lost();
    });
    serving?.sessionOver();
  });
  station.onConsole(() => {
    screens.show('console').catch((error: unknown) => {
      log.error('console.not-shown', { error });
      station.staffLeft();
    });
  });
  app.on('second-instance', () => screens.focus());
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end(0));
  try {
    await screens.show('citizen');
  } catch (error) {
    log.error('renderer.not-opened', { error });
    return end(FAILED);
  }
  serving = keepServing({
    station,
    screen: screens,
    manager: serviceManager({ socket: notifySocket }),
    timers: systemTimers,
    log,
    signals: process,
    end: (code) => void end(code),
  });
}

/** Each page gets a session, a window and a process that no page had before. */
function pageOpener(station: Station): (face: Face) => KioskPage {
  let pages = 0;
  return (face) => {
    pages += 1;
    return openPage({
      origin: ORIGIN,
      path: `/${face}/index.html`,
      preload: join(app.getAppPath(), '.vite/build/preload.cjs'),
      session: kioskSession({
        name: `${face}-${pages}`,
        scheme: SCHEME,
        origin: ORIGIN,
        rendererFolder: join(app.getAppPath(), '.vite/renderer'),
      }),
      onChannel: (channel) =>
        face === 'citizen' ? station.attachCitizen(channel) : station.attachConsole(channel),
    });
  };
}

function leave(sentences: readonly string[], code: number): void {
  for (const sentence of sentences) console.error(sentence);
  app.exit(code);
}

function refuse(sentences: readonly string[], code: number): null {
  leave(sentences, code);
  return null;
}
