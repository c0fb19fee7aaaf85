import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { installLocally } from '../main/station/desk/local-installation.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { accountedPlans } from './accounted-plans.ts';
import { verifyChain } from './verify-chain.ts';

const KILLS = 100;
/** An enrolment of this size is saved in about 10 ms, the folder opened in about 20. */
const LATEST_KILL_MS = 60;

/** A child of which only the end is random. */
interface Saver {
  readonly process: ChildProcess;
  readonly lines: string[];
  said(prefix: string): Promise<void>;
}

function saver(folder: string): Saver {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'saving-station.ts'), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Loading is most of a child's life; what was compiled once need not be compiled a hundred times.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'eid-fault-compile-cache') },
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const lines: string[] = [];
  let rest = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    child.emit('said');
  });
  return {
    process: child,
    lines,
    said: async (prefix) => {
      while (!lines.some((line) => line.startsWith(prefix))) {
        if (child.exitCode !== null) throw new Error(`the station ended before it said ${prefix}`);
        await Promise.race([once(child, 'said'), once(child, 'close')]);
      }
    },
  };
}

/** mulberry32: a run can be repeated from the seed that it printed. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test(`kill -9 at ${KILLS} random moments around saving: nothing said saved is lost, nothing doubled, chain unbroken, every plan accounted for`, async () => {
  const seed = Number(process.env.FAULT_SEED ?? randomInt(2 ** 31));
  const random = seededRandom(seed);
  console.log(`seed ${seed} (repeat with FAULT_SEED=${seed})`);
  const folder = temporaryFolder();
  const installed = await installLocally({ folder });
  const said: string[] = [];
  const committed: string[] = [];
  // Only a process that ends by itself leaves behind what it has compiled.
  const warming = saver(folder);
  const warm = once(warming.process, 'close');
  warming.process.stdin?.end();
  await warm;
  let next = saver(folder);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const current = next;
    await current.said('loaded');
    // Loading takes longer than living: the next one loads meanwhile.
    next = saver(folder);
    const killWhileOpening = random() < 0.2;
    const ended = once(current.process, 'close');
    current.process.stdin?.write('go\n');
    if (!killWhileOpening) await current.said('saved');
    await new Promise((resolve) => setTimeout(resolve, random() * LATEST_KILL_MS));
    current.process.kill('SIGKILL');
    await ended;
    const unexpected = current.lines.filter((line) => line.startsWith('not '));
    expect(unexpected, `seed ${seed}, kill ${kill}`).toEqual([]);
    const told = (word: string) =>
      current.lines.flatMap((line) => (line.startsWith(word) ? [line.slice(word.length)] : []));
    said.push(...told('saved '));
    committed.push(...told('committed '));
  }
  const ended = once(next.process, 'close');
  next.process.kill('SIGKILL');
  await ended;

  const found = verifyChain({ folder, ...installed });
  expect(found.faults, `seed ${seed}`).toEqual([]);
  expect(
    said.filter((id) => !found.packetIds.includes(id)),
    `seed ${seed}: lost`,
  ).toEqual([]);
  expect(new Set(said).size).toBe(said.length);
  expect(said.length).toBeGreaterThan(KILLS / 2);
  // Killed between the commit and the word: stored, not said. Never more than one a kill.
  expect(found.packetIds.length - said.length).toBeLessThanOrEqual(KILLS);
  const plans = accountedPlans({ folder, ...installed, sealing: installed.registry.sealing });
  expect(
    committed.filter((plan) => !plans.includes(plan)),
    `seed ${seed}: plans lost`,
  ).toEqual([]);
  expect(new Set(plans).size, `seed ${seed}: plans told twice`).toBe(plans.length);
  console.log(
    `saved ${said.length}, stored ${found.packetIds.length}, lost 0, doubled 0, audit entries ${found.auditEntries}`,
  );
}, 180_000);

test('the auditor finds a packet that was taken out, a changed body and a changed envelope', async () => {
  const folder = temporaryFolder();
  const installed = await installLocally({ folder });
  const child = saver(folder);
  await child.said('loaded');
  child.process.stdin?.write('go\n');
  while (child.lines.filter((line) => line.startsWith('saved ')).length < 4)
    await once(child.process, 'said');
  const ended = once(child.process, 'close');
  child.process.kill('SIGKILL');
  await ended;
  expect(verifyChain({ folder, ...installed }).faults).toEqual([]);

  const { default: Database } = await import('better-sqlite3');
  const tamper = (sql: string) => {
    const database = new Database(join(folder, 'station.db'));
    database.exec(`DROP TRIGGER IF EXISTS packet_kept; DROP TRIGGER IF EXISTS envelope_kept;
       DROP TRIGGER IF EXISTS body_kept`);
    database.exec(sql);
    database.close();
    return verifyChain({ folder, ...installed }).faults.join('; ');
  };
  expect(tamper("UPDATE packet_body SET sealed = x'00' WHERE packet = 4")).toContain(
    'packet 4: has another body',
  );
  expect(
    tamper(
      'UPDATE packet SET envelope = (SELECT envelope FROM packet WHERE sequence = 1) WHERE sequence = 3',
    ),
  ).toMatch(/packet 3: is out of sequence/);
  expect(tamper('DELETE FROM packet_body WHERE packet = 2; DELETE FROM packet WHERE sequence = 2')).toMatch(
    /packet 2: is out of sequence/,
  );
});
