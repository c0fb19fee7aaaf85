import '../../src/require-node.mjs';
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ok } from '#domain/result.ts';
import { makeReferencePhone, type ReferencePhone } from '#phone/reference-phone.ts';
import { type ChromiumTerminal, startChromiumTerminal } from '#shell/chromium/chromium-terminal.ts';
import { createStationLog } from '#station/log/station-log.ts';
import type { SlipPrinter } from '#station/ports.ts';
import { installReactiveCitizen } from '../../test/citizens/reactive-citizen.ts';
import { openHall } from '../hall/hall.ts';
import { claimsOf, drawCode, fetchCode, keepShownEid, trustListFor } from './citizen-eid.ts';
import { pictureEveryScreen } from './gallery.ts';
import { Journal } from './journal.ts';
import { type Eyes, leave, type Visit, visit, waitForScreen } from './scripted-citizen.ts';

/**
 * Two citizens get their e-IDs: one online at the terminal, one whose visit fell into a cut of the network and whose
 * phone fetches it from the registry afterwards. Everything is real but the devices, which are simulated at their
 * wires, the faces, which are rendered, and the hands that touch the screen.
 */
const out = resolve(process.env.EID_DEMO_FOLDER ?? join(import.meta.dirname, '../../demo'));
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const folder = mkdtempSync('/dev/shm/eid-demo-');
const journal = new Journal();
const begin = performance.now();

const report = {
  outcome: 'failed',
  /** Of both e-IDs, as their claims say. */
  grade: null as string | null,
  /** Code of the first e-ID, as the terminal shows it. */
  eid: null as string | null,
  /** Codes of both. */
  eids: [] as string[],
  /** Public keys of the phones that asked for them, in the same order, and of the registry's issuer: hexadecimal. */
  phoneKeys: [] as string[],
  issuerKey: null as string | null,
  queue: { waiting: 0, drained: false },
  pictures: 0,
  steps: journal.steps,
};
let closing: () => Promise<void> = async () => undefined;
try {
  await run();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
await closing().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
writeFileSync(join(out, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
rmSync(folder, { recursive: true, force: true });
console.log(
  `\noutcome ${report.outcome}, grade ${report.grade}, queue ${report.queue.drained ? 'drained' : 'not drained'}, ` +
    `${Math.round((performance.now() - begin) / 1000)} s; see ${out}/`,
);

async function run(): Promise<void> {
  const hall = await journal.step('registry, network and devices start', () =>
    openHall({ folder, stationName: '演示服务大厅 1 号机' }),
  );
  closing = hall.close;
  const language: { now: Visit['language'] } = { now: 'zh-CN' };
  const printer: SlipPrinter = {
    async print({ pdf }) {
      writeFileSync(join(out, `slip-${language.now}.pdf`), pdf);
      return ok(undefined);
    },
  };
  const citizens = ['lin', 'mei'] as const;
  let next = 0;
  const terminal = await journal.step('terminal starts', async () => {
    const started = await startChromiumTerminal({
      settings: hall.settings,
      profileFolder: join(folder, 'profile'),
      headless: process.env.DISPLAY === undefined,
      slipPrinter: printer,
      log: createStationLog({
        write: (line) => appendFileSync(join(out, 'station.log'), line),
        now: Date.now,
      }),
      extraSwitches: ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
      preparePage: async (page) => {
        const head = citizens[next % citizens.length] ?? 'lin';
        if (next === 0) await installReactiveCitizen(page.context(), { head });
        else
          await page.addInitScript(
            (name) => Object.assign((window as unknown as { citizen: object }).citizen, { head: name }),
            head,
          );
        next += 1;
      },
    });
    if (!started.ok) throw new Error(started.error.join('\n'));
    return started.value;
  });
  closing = async () => {
    await terminal.close();
    await hall.close();
  };
  const code = await hall.registry.newProvisioningCode(hall.settings.stationName);
  await journal.step('terminal is provisioned by code', async () => {
    const provisioned = await terminal.station.provision(code);
    if (!provisioned.ok) throw new Error(provisioned.error.reason);
    await waitForScreen(terminal.host.citizenPage(), ['attract']);
  });

  // Phones have a network of their own, which is not cut with the hall's.
  const registryUrl = `https://127.0.0.1:${hall.registry.port}`;
  const trust = await trustListFor(registryUrl, code);

  const online = planFor('lin', 'zh-CN');
  const first = eyes(terminal, hall.simulators.dock, online.language);
  const outcome = await visit(online, first);
  if (outcome !== 'issued') throw new Error(`the online visit ended on ${outcome}`);
  const shown = await keepShownEid(terminal.host.citizenPage(), out);
  await leave(online, first);

  await journal.step('the network is cut', async () => {
    await hall.simulators.dock.call('setNetwork', { network: 'cut' });
    await until(() => !terminal.station.standing().online);
  });
  const offline = planFor('mei', 'en');
  language.now = 'en';
  const second = eyes(terminal, hall.simulators.dock, offline.language);
  const later = await visit(offline, second);
  if (later !== 'waiting') throw new Error(`the offline visit ended on ${later}`);
  await leave(offline, second);
  report.queue.waiting = terminal.station.standing().waiting;

  await journal.step('the network is back and the queue drains', async () => {
    await hall.simulators.dock.call('setNetwork', { network: 'up' });
    await until(() => terminal.station.queueRows({ limit: 10 }).every((row) => row.decision === 'issued'));
  });
  const fetched = await journal.step('Mei: the phone fetches the e-ID', async () => {
    const eid = await fetchCode({ registryUrl, trust, phone: offline.phone });
    if (eid === null) throw new Error('the registry has issued, and the phone is told that it has not');
    await drawCode(eid, join(out, 'eid-code-mei.png'));
    return eid;
  });
  const claims = await Promise.all([shown, fetched].map((eid) => claimsOf(eid, trust)));
  report.grade = [...new Set(claims.map(({ grade }) => grade))].join(' and ');
  report.eid = shown;
  report.eids = [shown, fetched];
  report.phoneKeys = [online, offline].map(({ phone }) => hexOf(phone.publicKey));
  report.issuerKey = hexOf(trust.keys.find(({ use }) => use === 'issuer')?.publicKey ?? new Uint8Array(0));
  await journal.step('every screen is pictured in both languages', async () => {
    report.pictures = await pictureEveryScreen(join(out, 'screens/all'));
  });
  report.queue.drained = terminal.station.standing().waiting === 0;
  report.outcome = report.queue.drained ? 'issued' : 'failed';
}

function planFor(
  person: 'lin' | 'mei',
  language: Visit['language'],
): Visit & { readonly phone: ReferencePhone } {
  const phone = makeReferencePhone({ seed: randomBytes(32), now: Date.now });
  return {
    who: person === 'lin' ? 'Lin' : 'Mei',
    person,
    language,
    password: person === 'lin' ? '70318264' : '58204913',
    phone,
    phoneCode: () => phone.code(),
    lastFour: phone.lastFour,
  };
}

function eyes(terminal: ChromiumTerminal, dock: Eyes['dock'], language: Visit['language']): Eyes {
  const pictures = join(out, 'screens/visits', language);
  mkdirSync(pictures, { recursive: true });
  let number = 0;
  return {
    page: () => terminal.host.citizenPage(),
    dock,
    journal,
    async look(name) {
      number += 1;
      const file = join(pictures, `${String(number).padStart(2, '0')}-${name}.png`);
      const page = terminal.host.citizenPage();
      await page.evaluate(comeToRest);
      await page.screenshot({ path: file });
    },
  };
}

/** Runs in the page: waits until what moves in has moved in. Pictograms that move for ever are not waited for. */
async function comeToRest(): Promise<void> {
  await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
  const ending = document
    .getAnimations()
    .filter((animation) => animation.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY);
  // An animation whose element goes away is cancelled, and its promise rejected: then it is at rest too.
  await Promise.allSettled(ending.map((animation) => animation.finished));
}

function hexOf(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex');
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('it did not happen within a minute');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
