import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dataFolderAt } from '#registry/founding/found-registry.ts';
import { openStaffOffice } from '#registry/staff/staff-office.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { eventually, provisioned, runningRegistry, shiftedClock, station } from '../desk/station-lab.ts';

const random = (length: number) => new Uint8Array(randomBytes(length));

it('a station fetches the staff list over its own signed line, and a badge of today a moment later', async () => {
  const folder = join(temporaryFolder(), 'registry');
  const registry = await runningRegistry({ folder });
  const office = await openStaffOffice({
    folder: dataFolderAt(folder),
    clock: shiftedClock(),
    randomBytes: random,
  });
  await office.issueBadge({ staffId: 'T-07', role: 'technician', days: 1 });
  const target = await station();
  await provisioned(target, registry);
  const link = () => {
    const open = target.desk.inside.link();
    if (open === null) throw new Error('not provisioned');
    return open;
  };
  target.desk.start();
  await eventually('the list is here', () => link().staff.find('T-07').ok);

  await office.issueBadge({ staffId: 'S-01', role: 'supervisor', days: 1 });
  expect(link().staff.find('S-01')).toEqual({ ok: false, error: 'not-listed' });
  await link().refreshStaff();
  expect(link().staff.find('S-01').ok).toBe(true);
  await office.withdrawBadge('T-07');
  await link().refreshStaff();
  expect(link().staff.find('T-07')).toEqual({ ok: false, error: 'not-listed' });
  expect(target.logged).not.toContain('staff.list-refused');
});

it('a registry without any staff, or one that was founded before there was any, disturbs nobody', async () => {
  const folder = join(temporaryFolder(), 'registry');
  const first = await runningRegistry({ folder });
  await first.close();
  rmSync(join(folder, 'keys', 'staff.key'));
  const registry = await runningRegistry({ folder });
  const target = await station();
  await provisioned(target, registry);
  const link = target.desk.inside.link();
  await link?.refreshStaff();
  expect(link?.staff.find('T-07')).toEqual({ ok: false, error: 'no-list' });
  expect(target.logged).not.toContain('staff.no-list');
});
