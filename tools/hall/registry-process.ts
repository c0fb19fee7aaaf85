import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '../..');
const ENTRY = [`--import=${resolve(root, 'src/require-node.mjs')}`, resolve(root, 'src/registry/main.ts')];

/** A registry in a process of its own, run by the commands that its operator would use. */
export interface RegistryProcess {
  readonly port: number;
  newProvisioningCode(station: string): Promise<string>;
  /** Runs a command of the registry's program on its folder, beside the serving process; gives what it printed. */
  command(name: string, ...options: readonly string[]): Promise<string>;
  kill(): void;
  stop(): Promise<void>;
}

export async function startRegistryProcess(options: {
  readonly dataFolder: string;
  readonly logFile: string;
  readonly mode: 'demo' | 'pilot' | 'production';
}): Promise<RegistryProcess> {
  const { dataFolder } = options;
  await run(['init', '--data', dataFolder]);
  const people = resolve(root, 'resources/demo/people.json');
  const child = spawn(
    process.execPath,
    [...ENTRY, 'serve', '--data', dataFolder, '--port', '0', '--mode', options.mode, '--people', people],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  return {
    port: await servedPort(child, options.logFile),
    newProvisioningCode: async (station) =>
      (await run(['code', '--data', dataFolder, '--station', station])).trim(),
    command: async (name, ...parameters) => (await run([name, '--data', dataFolder, ...parameters])).trim(),
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The port stands in the registry's first log line; the log goes on into a file. */
function servedPort(child: ChildProcess, logFile: string): Promise<number> {
  const { stdout } = child;
  if (stdout === null) throw new Error('the registry was started without an output');
  return new Promise((done, fail) => {
    child.once('exit', (code) => fail(new Error(`the registry ended with ${code} before it served`)));
    createInterface({ input: stdout }).on('line', (line) => {
      appendFileSync(logFile, `${line}\n`);
      const entry = JSON.parse(line) as { msg?: string; port?: number };
      if (entry.msg === 'registry serves' && entry.port !== undefined) done(entry.port);
    });
  });
}

async function run(parameters: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [...ENTRY, ...parameters]);
  return stdout;
}
