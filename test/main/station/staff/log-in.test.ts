import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { THROTTLE } from '#domain/staff/throttle.ts';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import { staffStore } from '#station/staff/staff-store.ts';
import { member, staffedStation } from './staff-lab.ts';

const DAY = 86_400_000;
const WRONG = '000000';

async function withTechnician() {
  const lab = await staffedStation();
  const wen = await member({ signer: lab.installed.registry.staff });
  lab.publish([wen]);
  return { lab, wen };
}
type Lab = Awaited<ReturnType<typeof withTechnician>>['lab'];

/** Shows the badge, waits as long as is asked for, and enters a wrong PIN. */
async function tryWrong(lab: Lab, code: string): Promise<string> {
  const shown = await lab.staff.showBadge(code);
  if (!shown.ok) throw new Error(shown.error);
  const tries = lab.staff.tries();
  if (tries?.kind === 'waiting') lab.bootClock.pass(tries.leftMs);
  return lab.staff.enterPin(WRONG);
}

async function block(lab: Lab, code: string): Promise<void> {
  for (let wrong = 1; wrong <= THROTTLE.mostTries; wrong += 1) await tryWrong(lab, code);
}

describe('a badge', () => {
  it('and its PIN let in; the badge alone, or a copy of it, opens nothing', async () => {
    const { lab, wen } = await withTechnician();
    expect(await lab.staff.showBadge(wen.code)).toMatchObject({ ok: true, value: { staffId: 'T-07' } });
    expect(lab.staff.stage().at).toBe('badge');
    expect(await lab.staff.enterPin(wen.pin)).toBe('in');
    expect(lab.staff.stage()).toMatchObject({ at: 'in', member: { role: 'technician' } });
    expect(lab.told).toEqual(['logged-in']);
  });

  it.each(['EIDP1:ABC', 'https://example.invalid/', ''])('%j is not one', async (code) => {
    const { lab } = await withTechnician();
    expect(await lab.staff.showBadge(code)).toEqual({ ok: false, error: 'not-ours' });
  });

  it('of another registry, or with a changed character, is forged', async () => {
    const { lab, wen } = await withTechnician();
    const foreign = await member({ signer: nodeSigner(new Uint8Array(32).fill(9)) });
    const at = wen.code.length - 8;
    const changed = `${wen.code.slice(0, at)}${wen.code[at] === '0' ? '1' : '0'}${wen.code.slice(at + 1)}`;
    for (const code of [foreign.code, changed, wen.code.slice(0, 60), 'EIDB1:']) {
      expect(await lab.staff.showBadge(code)).toEqual({ ok: false, error: 'forged' });
    }
    expect(lab.staff.stage().at).toBe('out');
    expect(lab.told).toEqual(Array.from({ length: 4 }, () => 'badge-refused:forged'));
  });

  it('that is over by the time that the registry proved is refused, whatever the wall clock says', async () => {
    const { lab } = await withTechnician();
    const old = await member({ signer: lab.installed.registry.staff, validUntil: Date.now() - DAY });
    lab.publish([old]);
    const { clock } = lab.station.desk.inside;
    clock.proven({ registryTime: Date.now(), askedAt: 0, answeredAt: 0 });
    lab.station.clock.shift -= 900 * DAY;
    expect(await lab.staff.showBadge(old.code)).toEqual({ ok: false, error: 'expired' });
  });

  it('that was replaced, or whose owner is off the list, is withdrawn', async () => {
    const { lab, wen } = await withTechnician();
    const again = await member({ signer: lab.installed.registry.staff });
    lab.publish([again]);
    expect(await lab.staff.showBadge(wen.code)).toEqual({ ok: false, error: 'withdrawn' });
    lab.publish([]);
    expect(await lab.staff.showBadge(again.code)).toEqual({ ok: false, error: 'withdrawn' });
  });

  it('before the first list came says that there is none', async () => {
    const lab = await staffedStation();
    const wen = await member({ signer: lab.installed.registry.staff });
    expect(await lab.staff.showBadge(wen.code)).toEqual({ ok: false, error: 'no-staff-list' });
  });
});

describe('the staff list', () => {
  it('that is older, or not signed by a staff key, changes nothing', async () => {
    const { lab, wen } = await withTechnician();
    const first = lab.list([]);
    lab.publish([wen]);
    expect(lab.link().staff.offer(first)).toEqual({ ok: false, error: 'older-than-current' });
    const forged = Uint8Array.from(first, (octet, index) => (index === first.length - 1 ? octet ^ 1 : octet));
    expect(lab.link().staff.offer(forged)).toEqual({ ok: false, error: 'not-signed' });
    expect(await lab.staff.showBadge(wen.code)).toMatchObject({ ok: true });
  });

  it('lies encrypted on the disk, and opens again after a restart', async () => {
    const { lab, wen } = await withTechnician();
    await lab.restart({ reboot: false });
    expect(await lab.staff.showBadge(wen.code)).toMatchObject({ ok: true });
    expect(await lab.staff.enterPin(wen.pin)).toBe('in');
    const needles = [wen.entry.badgeId, wen.entry.pin.salt, wen.entry.pin.hash, Buffer.from(wen.pin)];
    for (const name of readdirSync(lab.folder)) {
      const octets = readFileSync(join(lab.folder, name));
      for (const needle of needles) {
        expect(octets.includes(Buffer.from(needle)), `${name} holds what PINs can be guessed from`).toBe(
          false,
        );
      }
    }
  });
});

describe('wrong PINs', () => {
  it('15 times with the clock set back and the machine restarted in between: blocked; the unlock works once', async () => {
    const { lab, wen } = await withTechnician();
    for (let wrong = 1; wrong <= THROTTLE.mostTries; wrong += 1) {
      const result = await tryWrong(lab, wen.code);
      expect(result).toBe(wrong === THROTTLE.mostTries ? 'blocked' : 'wrong');
      if (wrong % 3 === 0) lab.station.clock.shift -= 300 * DAY;
      if (wrong === 7) {
        const before = lab.staff.tries();
        await lab.restart({ reboot: false, clockShift: -900 * DAY });
        await lab.staff.showBadge(wen.code);
        expect(lab.staff.tries()).toEqual(before);
        expect(await lab.staff.enterPin(wen.pin)).toBe('wait');
      }
      if (wrong === 11) await lab.restart({ reboot: true, clockShift: 900 * DAY });
    }
    expect(lab.told.filter((kind) => kind === 'pin-wrong')).toHaveLength(THROTTLE.mostTries);
    expect(lab.told.at(-1)).toBe('blocked');

    lab.bootClock.pass(900 * DAY);
    await lab.restart({ reboot: true });
    expect(await lab.staff.showBadge(wen.code)).toMatchObject({ ok: true });
    expect(await lab.staff.enterPin(wen.pin)).toBe('blocked');

    const unlock = lab.unlock({ nonce: lab.staff.unlockNonce() });
    expect(lab.staff.showUnlock(unlock)).toEqual({ ok: true, value: undefined });
    expect(lab.staff.showUnlock(unlock)).toEqual({ ok: false, error: 'nothing-blocked' });
    expect(await lab.staff.enterPin(wen.pin)).toBe('in');
  });

  it('a reboot begins the running wait anew: it cannot be slept through with the plug pulled', async () => {
    const { lab, wen } = await withTechnician();
    for (let wrong = 1; wrong <= 6; wrong += 1) await tryWrong(lab, wen.code);
    lab.bootClock.pass(29_000);
    await lab.restart({ reboot: true, clockShift: 30 * DAY });
    await lab.staff.showBadge(wen.code);
    expect(lab.staff.tries()).toMatchObject({ kind: 'waiting', leftMs: 30_000 });
  });

  it('stand on the disk before they are compared: a power cut in between gives no try back', async () => {
    const { lab, wen } = await withTechnician();
    await lab.staff.showBadge(wen.code);
    const entered = lab.staff.enterPin(WRONG);
    const kept = staffStore(lab.station.desk.inside.database).throttles();
    expect(kept).toMatchObject([{ staffId: 'T-07', wrong: 1 }]);
    expect(await entered).toBe('wrong');
  });

  it('are not counted when they are none', async () => {
    const { lab, wen } = await withTechnician();
    await lab.staff.showBadge(wen.code);
    for (const pin of ['12345', 'abcdef', '']) expect(await lab.staff.enterPin(pin)).toBe('not-a-pin');
    expect(lab.staff.tries()).toEqual({ kind: 'free', triesLeft: THROTTLE.mostTries });
  });

  it('two entered at once are compared one at a time', async () => {
    const { lab, wen } = await withTechnician();
    await lab.staff.showBadge(wen.code);
    const both = await Promise.all([lab.staff.enterPin(WRONG), lab.staff.enterPin(wen.pin)]);
    expect(both).toEqual(['wrong', 'no-badge']);
  });

  it('of one badge keep nobody else out', async () => {
    const { lab, wen } = await withTechnician();
    const signer = lab.installed.registry.staff;
    const su = await member({ signer, staffId: 'S-01', role: 'supervisor', pin: '662211' });
    lab.publish([wen, su]);
    await block(lab, wen.code);
    expect(await lab.staff.showBadge(su.code)).toMatchObject({ ok: true });
    expect(await lab.staff.enterPin(su.pin)).toBe('in');
  });
});

describe('whoever leaves while a PIN is compared', () => {
  it('lets nobody else in by it', async () => {
    const { lab, wen } = await withTechnician();
    const signer = lab.installed.registry.staff;
    const su = await member({ signer, staffId: 'S-01', role: 'supervisor', pin: '662211' });
    lab.publish([wen, su]);
    await lab.staff.showBadge(wen.code);
    const first = lab.staff.enterPin(wen.pin);
    lab.staff.logOut();
    // The first comparison has a head start and ends while the second PIN waits for its own.
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await lab.staff.showBadge(su.code)).toMatchObject({ ok: true });
    const second = lab.staff.enterPin(WRONG);
    expect(await Promise.all([first, second])).toEqual(['no-badge', 'wrong']);
    expect(lab.staff.stage()).toMatchObject({ at: 'badge', member: { staffId: 'S-01' } });
    expect(lab.told).toEqual(['pin-wrong']);
  });

  it('has tried all the same: each is told, and the fifteenth blocks with a number to unlock by', async () => {
    const { lab, wen } = await withTechnician();
    for (let wrong = 1; wrong <= THROTTLE.mostTries; wrong += 1) {
      const tried = tryWrong(lab, wen.code);
      await vi.waitFor(() => expect(lab.staff.stage().at).toBe('checking'));
      lab.staff.logOut();
      expect(await tried).toBe(wrong === THROTTLE.mostTries ? 'blocked' : 'wrong');
    }
    expect(lab.told.filter((kind) => kind === 'pin-wrong')).toHaveLength(THROTTLE.mostTries);
    expect(lab.told.at(-1)).toBe('blocked');
    expect(lab.staff.showUnlock(lab.unlock({ nonce: lab.staff.unlockNonce() }))).toMatchObject({ ok: true });
    await lab.staff.showBadge(wen.code);
    expect(await lab.staff.enterPin(wen.pin)).toBe('in');
  });

  it('on a disk that takes nothing any more is blocked with a number to unlock by, and others can still try', async () => {
    const { lab, wen } = await withTechnician();
    for (let wrong = 1; wrong < THROTTLE.mostTries; wrong += 1) await tryWrong(lab, wen.code);
    const tried = tryWrong(lab, wen.code);
    await vi.waitFor(() => expect(lab.staff.stage().at).toBe('checking'));
    const { database } = lab.station.desk.inside;
    database.pragma('query_only = 1');
    expect(await tried).toBe('blocked');
    database.pragma('query_only = 0');
    expect(lab.staff.showUnlock(lab.unlock({ nonce: lab.staff.unlockNonce() }))).toMatchObject({ ok: true });
  });

  it('a right PIN that cannot be kept lets nobody in, and the next try is compared', async () => {
    const { lab, wen } = await withTechnician();
    await lab.staff.showBadge(wen.code);
    const entered = lab.staff.enterPin(wen.pin);
    const { database } = lab.station.desk.inside;
    database.pragma('query_only = 1');
    expect(await entered).toBe('not-kept');
    database.pragma('query_only = 0');
    expect(lab.staff.stage().at).toBe('out');
    await lab.staff.showBadge(wen.code);
    expect(await lab.staff.enterPin(wen.pin)).toBe('in');
  });
});

describe('an unlock', () => {
  it('for another station, over, of another block or another key is refused, and the block stands', async () => {
    const { lab, wen } = await withTechnician();
    await block(lab, wen.code);
    const nonce = lab.staff.unlockNonce();
    const { clock } = lab.station.desk.inside;
    clock.proven({ registryTime: Date.now(), askedAt: 0, answeredAt: 0 });
    const codes = [
      ['another-station', lab.unlock({ nonce, stationId: 'TEST-2' })],
      ['expired', lab.unlock({ nonce, expiresAt: Date.now() - DAY })],
      ['another-nonce', lab.unlock({ nonce: '0000-0000-0000-0000' })],
      ['forged', lab.unlock({ nonce, signer: nodeSigner(new Uint8Array(32).fill(7)) })],
      ['not-ours', wen.code],
    ] as const;
    for (const [reason, code] of codes) {
      expect(lab.staff.showUnlock(code)).toEqual({ ok: false, error: reason });
      expect(lab.told.at(-1)).toBe(`unlock-refused:${reason}`);
    }
    expect(lab.staff.unlockNonce()).toBe(nonce);
    expect(lab.staff.showUnlock(lab.unlock({ nonce }))).toMatchObject({ ok: true });
  });

  it('names the same block after a restart', async () => {
    const { lab, wen } = await withTechnician();
    await block(lab, wen.code);
    const nonce = lab.staff.unlockNonce();
    await lab.restart({ reboot: false });
    expect(lab.staff.unlockNonce()).toBe(nonce);
  });
});
