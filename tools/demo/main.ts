import '../../src/require-node.mjs';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readPicture } from '../check/read-picture.ts';
import { openHall } from '../hall/hall.ts';
import { keepShownEid } from './citizen-eid.ts';
import { citizens } from './citizens.ts';
import { DISPLAYS, type Display } from './gallery.ts';
import { Journal } from './journal.ts';
import { writeScreensPage } from './screens-page.ts';
import { checkEids, checkSlipAtTerminal } from './scripted-check.ts';
import { leave, type VisitOutcome, visit } from './scripted-citizen.ts';
import { checkWithTool } from './tool-check.ts';
import { drawVisitsAndScreens } from './visit-gallery.ts';
import { startWatchedTerminal } from './watched-terminal.ts';

/**
 * Four visits: a full e-ID online; a basic one while the network is cut; its upgrade; a loss, after which the lost e-ID
 * is checked. Everything is real but the devices, which are simulated at their wires, the faces, which are rendered, and
 * the hands that touch the screen.
 */
const out = resolve(process.env.EID_DEMO_FOLDER ?? join(import.meta.dirname, '../../demo'));
/** All but where a test has no time for all of them: `EID_DEMO_DISPLAY` names one. */
const displays = Object.keys(DISPLAYS).filter((display): display is Display =>
  display.startsWith(process.env.EID_DEMO_DISPLAY ?? ''),
);
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const folder = mkdtempSync('/dev/shm/eid-demo-');
const journal = new Journal();
const begin = performance.now();

const report = {
  outcome: 'failed',
  /** How each visit ended, in order. */
  visits: [] as { readonly visit: string; readonly outcome: string }[],
  /** Codes of the e-IDs, in the order of their issue. */
  eids: { full: '', basic: '', upgraded: '' },
  /** Public keys of the phones that asked for them and of the registry's issuer: hexadecimal. */
  phoneKeys: { lin: '', mei: '' },
  issuerKey: '',
  queue: { waiting: 0, drained: false },
  /** What the terminal, and then `npm run check`, say of slips and e-IDs. */
  checks: [] as { readonly what: string; readonly by: 'terminal' | 'tool'; readonly verdict: string }[],
  /** Drawn for each display and in both languages: what was seen during the visits, and every screen there is. */
  pictures: { visits: 0, screens: 0 },
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
  `\noutcome ${report.outcome}, ${report.visits.map((each) => `${each.visit} ${each.outcome}`).join(', ')}, ` +
    `queue ${report.queue.drained ? 'drained' : 'not drained'}, ` +
    `${Math.round((performance.now() - begin) / 1000)} s; see ${out}/`,
);

async function run(): Promise<void> {
  const hall = await journal.step('registry, network and devices start', () =>
    openHall({ folder, stationName: '演示服务大厅 1 号机' }),
  );
  closing = hall.close;
  const watched = await journal.step('terminal starts', () =>
    startWatchedTerminal({ hall, folder, out, journal, heads: ['lin', 'mei', 'mei', 'lin', 'mei', 'mei'] }),
  );
  closing = async () => {
    await watched.terminal.close();
    await hall.close();
  };
  const { station } = watched.terminal;
  const registry = await journal.step('terminal is provisioned by code', () => watched.provision());
  const { lin, mei } = citizens({ now: Date.now });

  async function come(
    citizen: Parameters<typeof visit>[0],
    expected: VisitOutcome,
    atOutcome: () => Promise<void> = async () => undefined,
  ): Promise<void> {
    const eyes = watched.eyes(citizen);
    const outcome = await visit(citizen, eyes);
    report.visits.push({ visit: citizen.visit, outcome });
    if (outcome !== expected)
      throw new Error(`${citizen.who}'s visit "${citizen.visit}" ended on ${outcome}`);
    await atOutcome();
    await leave(citizen, eyes);
  }
  const keepEid = (name: string) =>
    keepShownEid({ page: watched.terminal.host.citizenPage(), folder: out, name });

  await come(lin('full'), 'issued', async () => {
    report.eids.full = await keepEid('eid-full');
  });

  await journal.step('the network is cut', () => watched.setNetwork('cut'));
  await come(mei('basic'), 'waiting');
  report.queue.waiting = station.standing().waiting;
  await journal.step('the network is back and the queue drains', async () => {
    await watched.setNetwork('up');
    await watched.until(() => station.queueRows({ limit: 10 }).every((row) => row.decision === 'issued'));
  });
  report.eids.basic = await journal.step('Mei: the phone fetches the basic e-ID', () =>
    registry.fetchEid({ phone: mei('basic').phone, picture: join(out, 'eid-basic-code.png') }),
  );

  await come(mei('upgrade'), 'issued', async () => {
    report.eids.upgraded = await keepEid('eid-upgraded');
  });
  await come(lin('report-lost'), 'revoked');

  report.checks.push(
    ...(await checkEids({
      eyes: watched.eyes({ visit: 'check', language: 'en' }),
      lost: report.eids.full,
      upgraded: report.eids.upgraded,
      phone: mei('upgrade').phone,
    })),
    await checkSlipAtTerminal({
      eyes: watched.eyes({ visit: 'status', language: 'zh-CN' }),
      statement: await codeOnSlip(join(out, 'slip-1.pdf')),
    }),
  );
  report.checks.push(
    ...(await journal.step('slips and e-IDs are checked from their pictures', () =>
      checkWithTool({ out, publication: registry.publication, eids: report.eids }),
    )),
  );

  report.phoneKeys = { lin: hexOf(lin('full').phone.publicKey), mei: hexOf(mei('basic').phone.publicKey) };
  report.issuerKey = hexOf(registry.issuerKey);
  await journal.step('visits and screens are drawn for each display and in both languages', async () => {
    const drawn = join(out, 'screens/drawn');
    report.pictures = await drawVisitsAndScreens({ folder: drawn, seen: watched.seen, displays });
    writeScreensPage(out);
  });
  report.queue.drained = station.standing().waiting === 0;
  report.outcome = report.queue.drained ? 'complete' : 'failed';
}

/** The paper itself is what is held before the scanner. */
async function codeOnSlip(file: string): Promise<string> {
  const code = await readPicture(readFileSync(file));
  if (!code.ok) throw new Error(`the slip has no code to scan: ${code.error}`);
  return code.value;
}

function hexOf(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex');
}
