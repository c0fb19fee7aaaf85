import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { type CalendarDate, dayInChina } from '#domain/identity/calendar-date.ts';
import { citizenNumberCheckCharacter } from '#domain/identity/citizen-number.ts';
import type { Visit } from '#domain/session/snapshot.ts';
import { makeAnswerCode, readChallengeCode } from '#protocol/holder-answer.ts';
import { fileKeyStore } from '#station/keys/file-key-store.ts';
import { createStationLog } from '#station/log/station-log.ts';
import { startFaultSentences, startStation } from '#station/station.ts';
import { systemEnvironment } from '#station/system-environment.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import type { CitizenAtThePage } from './citizen-at-the-page.ts';
import { settingsFor } from './desk/station-settings.ts';
import { enrol, openTerminal, provision, type Terminal } from './open-terminal.ts';
import { cardOf } from './session/hall.ts';

async function layCard({ simulators }: Terminal, person: string): Promise<void> {
  await simulators.dock.insertCard({ person });
}

/** A number that nobody has, of somebody born on a day. */
function numberOfBirth(day: CalendarDate): string {
  const seventeen = `110105${day.replaceAll('-', '')}002`;
  return seventeen + citizenNumberCheckCharacter(seventeen);
}

function holderAt(citizen: CitizenAtThePage): string | null {
  const screen = citizen.snapshot?.screen;
  return screen?.name === 'checked' ? screen.check.holder : null;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describe('a terminal with everything that belongs to it', () => {
  it('is closed until it is provisioned, then enrols a citizen online and, with the network cut, another', async () => {
    const terminal = await openTerminal();
    const citizen = await terminal.openPage();
    expect(await citizen.see('closed')).toMatchObject({ reason: 'not-provisioned' });
    await provision(terminal);

    await enrol(terminal, citizen, () => layCard(terminal, 'lin'));
    const issued = await citizen.see('issued');
    expect(issued.eid.maskedName).toBe('林**');
    expect(issued.eid.code).toMatch(/^EID1:/);
    expect(issued.eid.simulated).toBe(true);
    await citizen.touch('continue');
    expect((await citizen.see('slip')).slip).toMatchObject({ state: 'issued', sequence: 1 });
    await citizen.touch('finish');
    await citizen.see('take-card');
    await terminal.simulators.dock.liftCard({});
    await citizen.see('attract');
    expect(terminal.renewals).toBe(1);

    await terminal.simulators.dock.setNetwork({ network: 'cut' });
    await enrol(terminal, citizen, () => layCard(terminal, 'mei'));
    expect(await citizen.see('waiting')).toMatchObject({ reason: 'offline' });
    await citizen.touch('continue', 'finish');
    await terminal.simulators.dock.liftCard({});
    await citizen.see('attract');
    expect(terminal.station.standing().waiting).toBe(1);

    await terminal.simulators.dock.setNetwork({ network: 'up' });
    const endsAt = Date.now() + 60_000;
    while (terminal.station.standing().waiting > 0) {
      if (Date.now() > endsAt) throw new Error('the queue never drained');
      await new Promise((done) => setTimeout(done, 100));
    }
    expect(terminal.station.queueRows({ limit: 10 })).toHaveLength(2);

    const traces = ['林示远', '示远', '440103199006140133', '梅若例', '27184590', 'EID1:'];
    const encodings = ['utf8', 'utf16le', 'base64'] as const;
    for (const file of filesBelow(terminal.folder).filter((each) => statSync(each).size < 20_000_000)) {
      const octets = readFileSync(file);
      for (const trace of traces) {
        for (const encoding of encodings) {
          const needle = encoding === 'base64' ? Buffer.from(trace).toString('base64').slice(0, -4) : trace;
          const sought = Buffer.from(needle, encoding === 'base64' ? 'utf8' : encoding);
          expect(octets.includes(sought), `${trace} as ${encoding} in ${file}`).toBe(false);
        }
      }
    }
    const log = terminal.lines.join('');
    for (const trace of traces) expect(log).not.toContain(trace);
    expect(log).not.toContain('[refused]');
  }, 180_000);

  it('issues the basic grade, checks it, tells what became of its slip, and ends it when it is lost', async () => {
    const terminal = await openTerminal();
    await provision(terminal);
    const citizen = await terminal.openPage();
    const { dock } = terminal.simulators;
    const comeFor = async (visit: Visit) => {
      await citizen.see('attract');
      await citizen.touch('start', 'continue');
      await citizen.comeFor(visit);
    };
    const { person } = cardOf('lin');
    const password = '27184590';

    await comeFor('basic');
    await citizen.touch('agree');
    await citizen.see('phone');
    await terminal.showPhone();
    await citizen.see('phone-confirm');
    await citizen.touch('confirm-phone');
    await citizen.choosePassword(password);
    await citizen.typeNumber(person.number);
    await citizen.typeName(person.name);
    await citizen.see('review');
    await citizen.touch('submit');
    const { eid } = await citizen.see('issued');
    expect(eid).toMatchObject({ grade: 'basic', maskedName: '林**' });
    await citizen.touch('continue');
    const { slip } = await citizen.see('slip');
    await citizen.touch('finish');

    await comeFor('check');
    await dock.showCode({ text: eid.code });
    const { check } = await citizen.see('checked');
    expect(check).toMatchObject({ verdict: { result: 'valid', grade: 'basic' }, holder: 'not-shown' });
    const challenge = readChallengeCode(check.challenge ?? '');
    if (!challenge.ok) throw new Error('the challenge cannot be read');
    const answer = { challenge: challenge.value, subject: eid.subject, signer: terminal.phone };
    await dock.showCode({ text: makeAnswerCode(answer) });
    await expect.poll(() => holderAt(citizen), { timeout: 20_000 }).toBe('same-holder');
    await citizen.touch('finish');

    await comeFor('status');
    await dock.showCode({ text: slip.statement });
    expect((await citizen.see('status')).status).toMatchObject({ packetId: slip.packetId, state: 'issued' });
    await citizen.touch('finish');

    await comeFor('report-lost');
    await citizen.touch('agree');
    await citizen.typeNumber(person.number);
    await citizen.provePassword(password);
    await citizen.see('review');
    await citizen.touch('submit');
    await citizen.see('revoked');
    await citizen.touch('continue', 'finish');

    await comeFor('check');
    await dock.showCode({ text: eid.code });
    expect((await citizen.see('checked')).check.verdict).toEqual({ result: 'not-valid', because: 'revoked' });
    await citizen.touch('finish');
    const log = terminal.lines.join('');
    for (const trace of [person.name, person.number, password, eid.code, slip.statement]) {
      expect(log).not.toContain(trace);
    }
    expect(log).not.toContain('[refused]');
  }, 240_000);

  it('brings a reloaded page back to its screen, and reads on when the reader was unplugged meanwhile', async () => {
    const terminal = await openTerminal();
    await provision(terminal);
    const first = await terminal.openPage();
    await first.see('attract');
    await first.touch('start', 'continue');
    await first.comeFor('full');
    await first.touch('agree');
    const second = await terminal.openPage();
    expect(second.snapshot?.screen.name).toBe('phone');
    await terminal.showPhone();
    await second.see('phone-confirm');
    await second.touch('confirm-phone');
    await second.choosePassword('27184590');
    await second.see('card');
    await terminal.simulators.dock.plug({ device: 'reader', plugged: false });
    const endsAt = Date.now() + 30_000;
    const problem = () =>
      second.snapshot?.screen.name === 'card' ? second.snapshot.screen.problem : undefined;
    while (problem() !== 'reader-missing') {
      if (Date.now() > endsAt) throw new Error('nobody noticed');
      await new Promise((done) => setTimeout(done, 50));
    }
    await terminal.simulators.dock.plug({ device: 'reader', plugged: true });
    await terminal.simulators.dock.insertCard({ person: 'teenager' });
    expect((await second.see('ticket')).ticket.reason).toBe('guardian');
  }, 120_000);
});

describe('staff at the console of a terminal', () => {
  it('a citizen’s page that comes up late does not leave it standing before staff who are not there', async () => {
    const terminal = await openTerminal();
    let opened = 0;
    terminal.station.onConsole(() => {
      opened += 1;
    });
    const citizen = await terminal.openPage();
    await citizen.see('closed');
    await citizen.touch('call-console');
    await citizen.see('staff');
    expect(opened).toBe(1);
    const late = await terminal.openPage();
    await late.see('closed');
    expect(terminal.renewals).toBe(1);
    await late.touch('call-console');
    await late.see('staff');
    expect(opened).toBe(2);
  }, 60_000);
});

describe('a terminal whose wall clock was set years ahead after the registry proved the time', () => {
  const YEAR_MS = 365.25 * 24 * 3600e3;

  it('sends a 16-year-old to the desk before anything was kept, and dates the ticket by the proven time', async () => {
    const clock = { now: () => Date.now() + clock.shift, monotonic: () => performance.now(), shift: 0 };
    const terminal = await openTerminal({ environment: { ...systemEnvironment, clock } });
    await provision(terminal);
    await vi.waitFor(() => expect(terminal.station.standing().clockTrust).toBe('synchronised'), 30_000);
    clock.shift = 3 * YEAR_MS;
    const citizen = await terminal.openPage();
    await citizen.see('attract');
    await citizen.touch('start', 'continue');
    await citizen.comeFor('report-lost');
    await citizen.touch('agree');
    await citizen.see('number');
    await citizen.typeNumber(numberOfBirth(dayInChina(Date.now() - 16.5 * YEAR_MS)));
    const { ticket } = await citizen.see('ticket');
    expect(ticket.reason).toBe('guardian');
    expect(Math.abs(ticket.at - Date.now())).toBeLessThan(600_000);
  }, 60_000);
});

describe('a station that must not start', () => {
  it('says in production what was relaxed, and opens nothing', async () => {
    const folder = temporaryFolder();
    const lines: string[] = [];
    const started = await startStation({
      settings: settingsFor(join(folder, 'station'), { mode: 'production' }),
      keyStore: fileKeyStore({ path: join(folder, 'station.key') }),
      processHost: {
        start: () => {
          throw new Error('a child was started');
        },
      },
      environment: systemEnvironment,
      log: createStationLog({ write: (line) => lines.push(line), now: () => 0 }),
      host: { sandboxed: false },
      slipPrinter: null,
    });
    if (started.ok) throw new Error('it started');
    expect(startFaultSentences(started.error)).toEqual([
      expect.stringContaining('"camera.source"'),
      expect.stringContaining('sandbox'),
      expect.stringContaining('"dataFolder"'),
      expect.stringContaining('key store "file"'),
      expect.stringContaining('"registryUrl"'),
    ]);
    expect(lines.map((line) => JSON.parse(line).reason)).toEqual([
      'simulated-camera',
      'no-sandbox',
      'data-not-on-disk',
      'key-not-protected',
      'registry-is-this-machine',
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });
});
