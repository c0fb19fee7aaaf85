import { basename } from 'node:path';
import type { UsbIdentity } from '#contract/device.ts';
import { type DeviceProfile, type ProfileMatch, wayOf } from '#contract/device-profile.ts';
import { assertNever } from '#domain/result.ts';

/** What is plugged in somewhere, as far as the system tells without opening it. */
export interface PluggedIn {
  readonly transport: 'serial' | 'hid';
  readonly path: string;
  readonly usb: UsbIdentity | null;
}

/** Ids of the profiles that are made for what is plugged in, those that name its product before those that do not. */
export function matchProfiles(attached: PluggedIn, profiles: readonly DeviceProfile[]): readonly string[] {
  return profiles
    .filter((profile) => wayOf(profile) === attached.transport)
    .map((profile) => ({
      id: profile.id,
      closeness: Math.max(0, ...profile.match.map((match) => closeness(match, attached))),
    }))
    .filter((found) => found.closeness > 0)
    .toSorted((a, b) => b.closeness - a.closeness || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}

/** 0: no match, 1: a vendor, 2: a name, 3: a product. */
function closeness(match: ProfileMatch, { usb, path }: PluggedIn): number {
  switch (match.by) {
    case 'usb':
      if (usb?.vendorId !== match.vendorId) return 0;
      if (match.productId === undefined) return 1;
      return usb.productId === match.productId ? 3 : 0;
    case 'by-id':
      return matchesName(basename(path), match.name) ? 2 : 0;
    default:
      return assertNever(match);
  }
}

/** Whether a name fits a pattern in which `*` stands for any characters. Each part is looked for once, from the left. */
export function matchesName(name: string, pattern: string): boolean {
  const parts = pattern.split('*');
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
