import '../../../src/require-node.mjs';
import { randomBytes } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { ok } from '#domain/result.ts';
import { startChromiumTerminal } from '#shell/chromium/chromium-terminal.ts';
import { createStationLog } from '#station/log/station-log.ts';
import { makeReferencePhone } from '../../../src/phone/reference-phone.ts';
import { Journal } from '../../../tools/demo/journal.ts';
import { leave, visit, waitForScreen } from '../../../tools/demo/scripted-citizen.ts';
import { installReactiveCitizen } from '../../citizens/reactive-citizen.ts';
import type { TerminalPlan } from './terminal-plan.ts';

/**
 * A terminal in a process of its own, so that its memory can be searched: runs one visit and stays. What it knows of
 * the citizen it knows from the card alone; the parent handles the card.
 */
const plan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as TerminalPlan;
const asked = new Map<number, () => void>();
let calls = 0;
process.on('message', (id: number) => asked.get(id)?.());

const terminal = await startChromiumTerminal({
  settings: plan.settings,
  profileFolder: plan.profileFolder,
  headless: true,
  // Both forms are made, as neither may leave anything behind.
  slipPrinter: {
    async print(slip) {
      await slip.pdf();
      slip.receipt();
      return ok(undefined);
    },
  },
  log: createStationLog({ write: (line) => appendFileSync(plan.logFile, line), now: Date.now }),
  extraSwitches: ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  preparePage: async (page) => {
    if (calls === 0) await installReactiveCitizen(page.context(), { head: 'lin' });
  },
});
if (!terminal.ok) throw new Error(terminal.error.join('\n'));
const { station, host } = terminal.value;
const provisioned = await station.provision(plan.code);
if (!provisioned.ok) throw new Error(provisioned.error.reason);
await waitForScreen(host.citizenPage(), ['attract']);

const phone = makeReferencePhone({ seed: randomBytes(32), now: Date.now });
const eyes = {
  page: () => host.citizenPage(),
  // The dock's hands are the parent's.
  dock: {
    call: (method: string, input: unknown) =>
      new Promise((resolve) => {
        calls += 1;
        asked.set(calls, () => resolve({}));
        process.send?.({ id: calls, method, input });
      }),
  } as never,
  journal: new Journal(),
  look: async () => undefined,
};
const citizen = {
  who: 'citizen',
  visit: 'full',
  person: 'lin',
  language: 'zh-CN',
  password: plan.password,
  phone,
} as const;
const outcome = await visit(citizen, eyes);
await leave(citizen, eyes);
process.send?.({ outcome });
