import type { Result } from '#domain/result.ts';
import { assertNever, err, ok } from '#domain/result.ts';
import { STAFF_ROLES, type StaffRole } from '#domain/staff/role.ts';
import type { StaffOffice } from './staff-office.ts';

export type StaffCommand =
  | {
      readonly name: 'badge';
      readonly dataFolder: string;
      readonly staffId: string;
      readonly role: StaffRole;
      readonly days: number;
    }
  | { readonly name: 'withdraw-badge'; readonly dataFolder: string; readonly staffId: string }
  | {
      readonly name: 'unlock';
      readonly dataFolder: string;
      readonly stationId: string;
      readonly nonce: string;
    };

export const STAFF_OPTIONS = {
  badge: ['data', 'staff', 'role', 'days'],
  'withdraw-badge': ['data', 'staff'],
  unlock: ['data', 'station', 'nonce'],
} as const satisfies Record<StaffCommand['name'], readonly string[]>;

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const DEFAULT_DAYS = '365';
const MOST_DAYS = 1_830;

/** `single` gives an option's one value, what stands for it when it is left out, or a sentence. */
export function readStaffCommand(
  name: StaffCommand['name'],
  single: (option: string, fallback?: string) => Result<string, string>,
): Result<StaffCommand, string> {
  const data = single('data');
  if (!data.ok) return data;
  const dataFolder = data.value;
  if (name === 'unlock') {
    const station = single('station');
    if (!station.ok) return station;
    const nonce = single('nonce');
    return nonce.ok ? ok({ name, dataFolder, stationId: station.value, nonce: nonce.value }) : nonce;
  }
  const staff = single('staff');
  if (!staff.ok) return staff;
  if (!ID.test(staff.value)) return err('--staff must be 1 to 64 letters, digits, ".", "_" and "-"');
  if (name === 'withdraw-badge') return ok({ name, dataFolder, staffId: staff.value });
  const roleText = single('role');
  if (!roleText.ok) return roleText;
  const role = STAFF_ROLES.find((known) => known === roleText.value);
  if (role === undefined) return err(`--role must be one of ${STAFF_ROLES.join(', ')}`);
  const daysText = single('days', DEFAULT_DAYS);
  if (!daysText.ok) return daysText;
  const days = Number(daysText.value);
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) return err(`--days must be 1 to ${MOST_DAYS}`);
  return ok({ name, dataFolder, staffId: staff.value, role, days });
}

/** What is printed. Throws a sentence when it cannot be done. */
export async function runStaffCommand(command: StaffCommand, office: StaffOffice): Promise<string> {
  switch (command.name) {
    case 'badge': {
      const { badge, pin } = await office.issueBadge(command);
      return `badge ${badge}\npin ${pin}`;
    }
    case 'withdraw-badge':
      if (await office.withdrawBadge(command.staffId)) return `withdrawn ${command.staffId}`;
      throw new Error(`nobody has the staff id ${command.staffId}`);
    case 'unlock': {
      const code = office.unlock(command);
      if (code !== null) return code;
      throw new Error('--nonce must be the 16 letters and digits that the console shows');
    }
    default:
      return assertNever(command);
  }
}
