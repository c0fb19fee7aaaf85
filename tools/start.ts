import '../src/require-node.mjs';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startChromiumTerminal } from '#shell/chromium/chromium-terminal.ts';
import { journalLog } from '#shell/terminal.ts';
import { openHall } from './hall/hall.ts';

/** `make start`: the terminal for a person, with simulated devices and a dock window beside it to handle them. */
if (process.env.DISPLAY === undefined && !process.argv.includes('--headless')) {
  console.error(
    'There is no display. Start from a desktop or under Xvfb, or run make demo, which needs none.',
  );
  process.exit(1);
}
const folder = mkdtempSync('/dev/shm/eid-start-');
const hall = await openHall({ folder, stationName: '演示服务大厅 1 号机', counter: true });
const headless = process.argv.includes('--headless');
const terminal = await startChromiumTerminal({
  settings: { ...hall.settings, camera: { source: cameraThere() ? 'system' : 'simulated' } },
  profileFolder: join(folder, 'profile'),
  headless,
  windowed: true,
  // A portrait display drawn small enough to leave room for the dock beside it.
  size: { width: 594, height: 1056 },
  // The simulated printer prints; its paper comes out at the dock.
  slipPrinter: null,
  log: journalLog(),
  // Without a camera Chromium's own test picture stands in; it has no face, and the screen says what is wrong.
  extraSwitches: cameraThere() ? [] : ['--use-fake-device-for-media-stream'],
});
if (!terminal.ok) {
  await hall.close();
  console.error(terminal.error.join('\n'));
  process.exit(1);
}
const { station, host } = terminal.value;
const provisioned = await station.provision(
  await hall.registry.newProvisioningCode(hall.settings.stationName),
);
if (!provisioned.ok) throw new Error(`the terminal was not provisioned: ${provisioned.error.reason}`);
const dock = await host.openWindow('/dock/index.html', 'eidDockChannel');
hall.simulators.attachDock(dock.channel);
console.log('The terminal runs, with the dock in a window beside it. Ctrl-C ends both.');

let ending = false;
const end = async () => {
  if (ending) return;
  ending = true;
  await terminal.value.close();
  await hall.close();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end());

function cameraThere(): boolean {
  return existsSync('/dev/video0');
}
