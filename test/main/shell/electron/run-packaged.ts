import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Runs a packaged program's own entry in a plain Node with the fake in Electron's place, plays a few things with it and
 * tells what happened as one line of JSON. Everything but Electron is what the package brings.
 */
const [program = ''] = process.argv.slice(2);
const fakeUrl = new URL('./fake-electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: fakeUrl, shortCircuit: true } : next(specifier, context),
});
const { app, fake } = (await import(fakeUrl)) as typeof import('./fake-electron.ts');
app.appPath = program;
process.argv = ['eid-terminal'];
const exited = new Promise<number>((resolve) => {
  app.onExit = resolve;
});
await import(pathToFileURL(join(program, '.vite/build/electron.js')).href);

const first = fake.shown();
if (!first) throw new Error(`no window is open; the program ended with ${app.exitCodes.join()}`);
const { session } = first.webContents;
const page = await session.request('eid://terminal/citizen/index.html');
const script = page === 'cancelled' ? null : /src="(?:\.\.|\.)?([^"]+\.js)"/.exec(await page.text())?.[1];
const loaded = await session.request(`eid://terminal${script}`);
const begin = performance.now();
first.webContents.crash();
while (!first.isDestroyed()) await new Promise((resolve) => setTimeout(resolve, 5));
const second = fake.shown();
const told = {
  url: first.webContents.url,
  script: loaded === 'cancelled' ? 0 : loaded.status,
  backAfterMs: Math.round(performance.now() - begin),
  again: second?.webContents.url,
};
process.emit('SIGUSR2');
process.stdout.write(`${JSON.stringify({ ...told, exit: await exited })}\n`);
process.exit(0);
