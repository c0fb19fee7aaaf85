import { app } from 'electron';
import { journalLog } from '../terminal.ts';
import { runKiosk } from './run-kiosk.ts';

/** Electron's entry. From a checkout the first argument is the application's folder. */
await runKiosk({
  parameters: process.argv.slice(app.isPackaged ? 1 : 2),
  settingsFile: process.env.EID_SETTINGS ?? '/etc/eid-terminal/settings.json',
  notifySocket: process.env.NOTIFY_SOCKET,
  log: journalLog(),
});
