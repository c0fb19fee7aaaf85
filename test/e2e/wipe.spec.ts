import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { openHall } from '../../tools/hall/hall.ts';
import { find, needlesOf } from '../needles.ts';
import { familyOf, searchMemory } from './wipe/process-memory.ts';
import type { TerminalPlan } from './wipe/terminal-plan.ts';

const people = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../resources/demo/people.json'), 'utf8'),
) as { id: string; name: string; number: string; address: string; birth: string }[];
/** No two digits of it that stand side by side are an hour, a minute or a second: times lie in many files. */
const PASSWORD = '70968573';

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
}

/** Null for a file that was removed since it was listed: Chromium tidies up while it runs. */
function contentsOf(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

test('a citizen’s visit leaves nothing in files, in the fresh renderer or in the drivers', async () => {
  test.setTimeout(600_000);
  const person = people.find(({ id }) => id === 'lin');
  if (person === undefined) throw new Error('the seeded citizen is missing');
  const needles = needlesOf({
    name: person.name,
    number: person.number,
    address: person.address,
    password: PASSWORD,
  });
  // The search itself is tried first: it has to find what is there.
  for (const { label, bytes } of needles) {
    expect(find(Buffer.concat([Buffer.from('x'), bytes, Buffer.from('x')]), needles).has(label)).toBe(true);
  }

  const folder = mkdtempSync(join(tmpdir(), 'eid-wipe-'));
  const hall = await openHall({ folder: join(folder, 'hall'), stationName: 'wipe' });
  const own = join(folder, 'terminal');
  mkdirSync(own);
  const plan: TerminalPlan = {
    settings: { ...hall.settings, dataFolder: join(own, 'station') },
    profileFolder: join(own, 'profile'),
    logFile: join(own, 'station.log'),
    code: await hall.registry.newProvisioningCode('wipe'),
    password: PASSWORD,
  };
  // The plan names the password: it lies outside what is searched.
  const planFile = join(folder, 'plan.json');
  writeFileSync(planFile, JSON.stringify(plan));
  const child = fork(join(import.meta.dirname, 'wipe/visiting-terminal.ts'), [planFile], {
    env: { ...process.env, TMPDIR: own, HOME: own },
    execArgv: [],
  });
  try {
    const outcome = await new Promise<string>((done, fail) => {
      child.once('exit', (code) => fail(new Error(`the terminal ended with ${code}`)));
      child.on('message', (message: { id?: number; method?: never; input?: never; outcome?: string }) => {
        if (message.outcome !== undefined) done(message.outcome);
        else if (message.method !== undefined) {
          hall.simulators.dock
            .call(message.method, message.input as never)
            .then(() => child.send(message.id ?? 0), fail);
        }
      });
    });
    expect(outcome).toBe('issued');

    const files = filesBelow(own);
    const dirty = files.flatMap((file) => {
      const contents = contentsOf(file);
      return contents === null ? [] : [...find(contents, needles).keys()].map((what) => `${what} in ${file}`);
    });
    console.log(`searched ${files.length} files of data folder, log, profile and temporary folder`);
    expect(dirty).toEqual([]);
    expect(files.some((file) => file.endsWith('.db'))).toBe(true);

    const searchedKinds = new Set<string>();
    for (const { pid, command } of familyOf(child.pid ?? -1)) {
      const { hits, searched } = searchMemory(pid, needles);
      const kind = kindOf(command);
      const found = [...hits].map(([label, count]) => `${label} ×${count}`).join(', ');
      console.log(
        `${kind.padEnd(18)} ${String(Math.round(searched / 1e6)).padStart(5)} MB  ${found || 'nothing'}`,
      );
      expect(searched).toBeGreaterThan(0);
      searchedKinds.add(kind);
      // The renderer and the drivers are new processes since the visit. The station and Chromium's own process live
      // on until the daily restart: strings that their runtimes no longer reach may still lie there.
      if (kind === 'renderer' || kind === 'drivers') expect([...hits.keys()]).toEqual([]);
    }
    expect([...searchedKinds]).toEqual(expect.arrayContaining(['station', 'browser', 'renderer', 'drivers']));
  } finally {
    child.kill('SIGKILL');
    await hall.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

function kindOf(command: string): string {
  if (command.includes('src/drivers/main.ts')) return 'drivers';
  if (command.includes('visiting-terminal.ts')) return 'station';
  const type = /--type=(\S+)/.exec(command)?.[1];
  if (type !== undefined) return type;
  return command.includes('chromium') ? 'browser' : 'other';
}
