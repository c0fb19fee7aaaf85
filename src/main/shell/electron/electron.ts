import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, protocol, type Session, session } from 'electron';
import { provisioningSentence } from '#station/provisioning/provisioning-sentence.ts';
import { describeSettingsFault, loadSettings } from '#station/settings/load-settings.ts';
import type { Station } from '#station/station.ts';
import { SECURITY_HEADERS } from '../content-security-policy.ts';
import { readRendererFile } from '../renderer-files.ts';
import { journalLog, startTerminal } from '../terminal.ts';
import { ipcChannel } from './ipc-channel.ts';
import { fixZoom, lockDown, restrictSession } from './lock-down.ts';
import { safeStorageKeyStore } from './safe-storage-key-store.ts';
import { utilityProcessHost } from './utility-process-host.ts';

/** Electron's entry: a window, a preload and the station. Everything else is the same under every host. */
const SCHEME = 'eid';
const ORIGIN = `${SCHEME}://terminal`;
const SETTINGS_FILE = process.env.EID_SETTINGS ?? '/etc/eid-terminal/settings.json';

app.enableSandbox();
app.commandLine.appendSwitch('disable-pinch');
app.commandLine.appendSwitch('overscroll-history-navigation', '0');
protocol.registerSchemesAsPrivileged([
  { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]);
if (!app.requestSingleInstanceLock()) app.exit(1);
app.on('window-all-closed', () => undefined);

await app.whenReady();
lockDown(ORIGIN);
let window: BrowserWindow | null = null;
let windows = 0;
const station = await start();
if (station !== null) {
  station.onSessionEnd(openWindow);
  await openWindow();
}

/** Starts the station, or tells why not and ends. */
async function start(): Promise<Station | null> {
  const settings = await loadSettings(SETTINGS_FILE);
  if (!settings.ok) return refuse(settings.error.map(describeSettingsFault));
  mkdirSync(settings.value.dataFolder, { recursive: true, mode: 0o700 });
  const started = await startTerminal({
    settings: settings.value,
    keyStore: safeStorageKeyStore(join(settings.value.dataFolder, 'station.key')),
    processHost: utilityProcessHost({ drivers: join(app.getAppPath(), '.vite/build/drivers.js') }),
    slipPrinter: null,
    log: journalLog(),
    host: { sandboxed: !app.commandLine.hasSwitch('no-sandbox') },
  });
  if (!started.ok) return refuse(started.error);
  const code = app.commandLine.getSwitchValue('provision');
  if (code === '') return started.value;
  const provisioned = await started.value.provision(code);
  if (provisioned.ok) return started.value;
  await started.value.close();
  return refuse([provisioningSentence(provisioned.error)]);
}

function refuse(sentences: readonly string[]): null {
  for (const sentence of sentences) console.error(sentence);
  app.exit(1);
  return null;
}

/** Opens the citizen's window and ends the one before, with its process. */
async function openWindow(): Promise<void> {
  if (station === null) return;
  windows += 1;
  const old = window;
  const next = new BrowserWindow({
    kiosk: true,
    fullscreen: true,
    autoHideMenuBar: true,
    backgroundColor: '#ffffff',
    webPreferences: {
      preload: join(app.getAppPath(), '.vite/build/preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      devTools: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      session: newSession(),
    },
  });
  window = next;
  fixZoom(next);
  next.webContents.once('render-process-gone', () => void openWindow());
  station.attachCitizen(ipcChannel({ receiver: ipcMain, peer: next.webContents, origin: ORIGIN }));
  await next.loadURL(`${ORIGIN}/citizen/index.html`);
  old?.destroy();
}

/** A session in memory of its own, so that nothing of one citizen's page is there for the next. */
function newSession(): Session {
  const own = session.fromPartition(`citizen-${windows}`, { cache: false });
  restrictSession(own, ORIGIN);
  own.protocol.handle(SCHEME, async (request) => {
    const folder = join(app.getAppPath(), '.vite/renderer');
    const file = await readRendererFile({ folder, path: new URL(request.url).pathname });
    if (!file.ok) return new Response('', { status: 404, headers: SECURITY_HEADERS });
    const headers = { ...SECURITY_HEADERS, 'content-type': file.value.contentType };
    return new Response(new Uint8Array(file.value.body), { status: 200, headers });
  });
  return own;
}
