import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBadge } from '#protocol/badge.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import { checkPin } from '#protocol/pin-verifier.ts';
import { openStaffList } from '#protocol/staff-list.ts';
import { openUnlock } from '#protocol/unlock.ts';
import { dataFolderAt, foundRegistry } from '#registry/founding/found-registry.ts';
import { openStaffOffice } from '#registry/staff/staff-office.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { randomBytes } from '../registry-fixture.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 23);

async function office() {
  const folder = dataFolderAt(join(temporaryFolder(), 'registry'));
  await foundRegistry({ folder, hosts: [], randomBytes });
  const clock = { now: () => NOW, monotonic: () => 0 };
  const opened = await openStaffOffice({ folder, clock, randomBytes });
  const verifier = nodeVerifier(opened.publicKey);
  const list = async () => {
    const octets = await opened.book.statement();
    if (octets === null) throw new Error('there is no list');
    const read = openStaffList({ octets, findVerifier: () => verifier });
    if (!read.ok) throw new Error(read.error.reason);
    return read.value;
  };
  return { folder, office: opened, verifier, list };
}

const technician = { staffId: 'T-07', role: 'technician', days: 30 } as const;

describe('a badge', () => {
  it('is signed, names its owner, and its PIN fits the list and nothing on the badge', async () => {
    const { office: at, verifier, list } = await office();
    const issued = await at.issueBadge(technician);
    expect(issued.pin).toMatch(/^\d{8}$/);
    const badge = openBadge({ code: issued.badge, findVerifier: () => verifier });
    expect(badge).toMatchObject({
      ok: true,
      value: { staffId: 'T-07', role: 'technician', issuedAt: NOW, validUntil: NOW + 30 * DAY },
    });
    const [entry] = (await list()).staff;
    if (entry === undefined || !badge.ok) throw new Error('nobody is on the list');
    expect(entry.badgeId).toEqual(badge.value.badgeId);
    const pin = new TextEncoder().encode(issued.pin);
    expect(await checkPin({ pin, verifier: entry.pin })).toBe(true);
    expect(await checkPin({ pin: pin.toReversed(), verifier: entry.pin })).toBe(
      issued.pin === [...issued.pin].reverse().join(''),
    );
  });

  it('issued again replaces the one before, and the list has a higher version', async () => {
    const { office: at, list } = await office();
    await at.issueBadge(technician);
    const first = await list();
    await at.issueBadge({ ...technician, role: 'supervisor' });
    const second = await list();
    expect(second.version).toBe(first.version + 1);
    expect(second.staff).toHaveLength(1);
    expect(second.staff[0]?.role).toBe('supervisor');
    expect(second.staff[0]?.badgeId).not.toEqual(first.staff[0]?.badgeId);
  });

  it('is withdrawn once; of somebody unknown nothing changes', async () => {
    const { office: at, list } = await office();
    await at.issueBadge(technician);
    expect(await at.withdrawBadge('T-08')).toBe(false);
    expect((await list()).version).toBe(1);
    expect(await at.withdrawBadge('T-07')).toBe(true);
    expect(await list()).toMatchObject({ version: 2, staff: [] });
    expect(await at.withdrawBadge('T-07')).toBe(false);
  });
});

describe('the staff list', () => {
  it('does not exist before the first badge, and is its owner’s alone afterwards', async () => {
    const { folder, office: at } = await office();
    expect(await at.book.statement()).toBeNull();
    await at.issueBadge(technician);
    expect(statSync(folder.staffList).mode & 0o777).toBe(0o600);
    expect(existsSync(`${folder.staffList}.part`)).toBe(false);
  });

  it('of another registry is refused, naming the file', async () => {
    const [here, there] = [await office(), await office()];
    await there.office.issueBadge(technician);
    const foreign = await there.office.book.statement();
    if (foreign === null) throw new Error('there is no list');
    writeFileSync(here.folder.staffList, foreign);
    await expect(here.office.book.statement()).rejects.toThrow('staff-list.cose was not signed');
    await expect(here.office.issueBadge(technician)).rejects.toThrow('staff-list.cose was not signed');
  });

  it('of two changes at once loses none: the second is told', async () => {
    const { office: at, list } = await office();
    const both = await Promise.allSettled([
      at.issueBadge(technician),
      at.issueBadge({ ...technician, staffId: 'T-08' }),
    ]);
    const done = both.filter(({ status }) => status === 'fulfilled').length;
    expect((await list()).staff).toHaveLength(done);
    for (const each of both) {
      if (each.status === 'rejected') expect(String(each.reason)).toContain('another change is under way');
    }
  });
});

describe('an unlock', () => {
  it('is bound to its station and nonce, and runs out after a day', async () => {
    const { office: at, verifier } = await office();
    const code = at.unlock({ stationId: 'hall-3', nonce: '2xz1-jv73 ynqy-eqv5' });
    const opened = openUnlock({ code: code ?? '', findVerifier: () => verifier });
    expect(opened).toMatchObject({ ok: true, value: { stationId: 'hall-3', expiresAt: NOW + DAY } });
  });

  it.each(['', 'ABCD', '2XZ1-JV73-YNQY-EQV', '2XZ1-JV73-YNQY-EQV55', '2XZ1-JV73-YNQY-EQU!'])(
    'for %j is not made: a console shows no such number',
    async (nonce) => {
      const { office: at } = await office();
      expect(at.unlock({ stationId: 'hall-3', nonce })).toBeNull();
    },
  );
});
