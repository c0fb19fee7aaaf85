/** People who log in at the console. */
export const STAFF_ROLES = ['technician', 'officer', 'supervisor'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** Who somebody is to the terminal: a code that the registry gave, never a name. */
export interface StaffMember {
  readonly staffId: string;
  readonly role: StaffRole;
  /** Random number of the badge, `b` and 16 hexadecimal digits: all that the audit chain says of a person. */
  readonly badge: string;
}

/** What the console lets somebody see or do beyond the repair path, which asks for nobody. */
export const PERMISSIONS = [
  'see-state',
  'see-queue',
  'see-devices',
  'see-settings',
  'see-audit',
  'change-registry',
  'change-settings',
  'change-devices',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Of whoever mends the machine or answers for it. */
const EVERYTHING = PERMISSIONS;

const PERMISSIONS_OF: Readonly<Record<StaffRole, readonly Permission[]>> = {
  /** Mends the machine. */
  technician: EVERYTHING,
  /** Serves citizens beside it: what waits and whether it works, not how it is set up. */
  officer: ['see-state', 'see-queue', 'see-devices'],
  /** Answers for it. */
  supervisor: EVERYTHING,
};

export function mayDo(role: StaffRole, permission: Permission): boolean {
  return PERMISSIONS_OF[role].includes(permission);
}

export function permissionsOf(role: StaffRole): readonly Permission[] {
  return PERMISSIONS_OF[role];
}

/** Shortest and longest PIN, digits. */
export const PIN_DIGITS = { least: 6, most: 12 } as const;

export function isPin(text: string): boolean {
  return text.length >= PIN_DIGITS.least && text.length <= PIN_DIGITS.most && /^\d+$/.test(text);
}
