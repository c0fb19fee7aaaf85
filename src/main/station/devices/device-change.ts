import { READY_WITHIN_MS, type RollBackReason } from '#contract/console-devices.ts';
import type { Device, DeviceRole } from '#contract/device.ts';
import type { DeviceStatus } from '#station/drivers/driver-link.ts';

/**
 * How a device comes into the terminal's list: the drivers run with it first, and only when it has become ready is the
 * list written. Whatever else happens (it does not answer, the disk does not take the list, the console is left, the
 * power fails) the list on the disk is the one before, and the drivers go back to it. A device that leaves the list has
 * nothing to become; neither have the settings' devices when the list itself is given up.
 */
export type DeviceChange =
  | { readonly at: 'resting' }
  | ({ readonly at: 'trying'; readonly until: number; readonly heard: string | null } & Pending)
  /** Ready, or gone; the disk has not answered yet. */
  | ({ readonly at: 'writing'; readonly as: 'kept' | 'removed' } & Pending)
  | { readonly at: 'kept' | 'removed'; readonly device: Device; readonly since: number }
  /** The drivers run with the settings' devices; the list is still on the disk. */
  | { readonly at: 'erasing'; readonly candidate: readonly Device[]; readonly before: readonly Device[] }
  | { readonly at: 'erased'; readonly since: number }
  | { readonly at: 'not-erased'; readonly since: number; readonly detail: string }
  | {
      readonly at: 'rolled-back';
      readonly device: Device;
      readonly since: number;
      readonly reason: RollBackReason;
      readonly detail: string | null;
    };

interface Pending {
  readonly device: Device;
  /** The list with it, or without it when it is to leave. */
  readonly candidate: readonly Device[];
  /** The list that holds until it is kept. */
  readonly before: readonly Device[];
}

export type ChangeEvent =
  | {
      readonly type: 'save';
      readonly device: Device;
      readonly inForce: readonly Device[];
      readonly now: number;
    }
  | { readonly type: 'remove'; readonly role: DeviceRole; readonly inForce: readonly Device[] }
  | {
      readonly type: 'erase';
      readonly settings: readonly Device[];
      readonly inForce: readonly Device[];
    }
  /** Of the drivers that run with the candidate. */
  | { readonly type: 'status'; readonly status: DeviceStatus }
  | { readonly type: 'time-up'; readonly at: number }
  /** What the disk says of a list that was to be written or erased. */
  | { readonly type: 'written'; readonly fault: string | null; readonly at: number }
  | { readonly type: 'console-left'; readonly at: number };

export type ChangeEffect =
  /** End the drivers and start them with these devices, so that nothing of the old ones is taken for the new. */
  | { readonly type: 'drive'; readonly devices: readonly Device[] }
  | { readonly type: 'write'; readonly devices: readonly Device[] }
  | { readonly type: 'erase' }
  | {
      readonly type: 'tell-kept' | 'tell-removed';
      readonly device: Device;
      readonly devices: readonly Device[];
    }
  | { readonly type: 'tell-erased'; readonly devices: readonly Device[] }
  | { readonly type: 'tell-rolled-back'; readonly device: Device; readonly reason: RollBackReason };

export interface ChangeStep {
  readonly change: DeviceChange;
  readonly effects: readonly ChangeEffect[];
}

export const NO_CHANGE: DeviceChange = { at: 'resting' };

/** A list with one device in place of those of its role: one of each role is driven. */
export function withDevice(devices: readonly Device[], device: Device): readonly Device[] {
  const at = devices.findIndex(({ role }) => role === device.role);
  const others = devices.filter(({ role }) => role !== device.role);
  return at < 0 ? [...others, device] : [...others.slice(0, at), device, ...others.slice(at)];
}

export function withoutRole(devices: readonly Device[], role: DeviceRole): readonly Device[] {
  return devices.filter((device) => device.role !== role);
}

type UnderWay = Extract<DeviceChange, { readonly at: 'trying' | 'writing' | 'erasing' }>;

export function isUnderWay(change: DeviceChange): change is UnderWay {
  return change.at === 'trying' || change.at === 'writing' || change.at === 'erasing';
}

/** An event that does not belong to a state changes nothing. `now` never runs backwards; `at` is the time of day. */
export function stepChange(change: DeviceChange, event: ChangeEvent): ChangeStep {
  const stay: ChangeStep = { change, effects: [] };
  switch (event.type) {
    case 'save': {
      if (isUnderWay(change)) return stay;
      const { device, inForce } = event;
      const candidate = withDevice(inForce, device);
      const until = event.now + READY_WITHIN_MS;
      return {
        change: { at: 'trying', device, candidate, before: inForce, until, heard: null },
        effects: [{ type: 'drive', devices: candidate }],
      };
    }
    case 'remove': {
      const device = event.inForce.find(({ role }) => role === event.role);
      if (isUnderWay(change) || device === undefined) return stay;
      const candidate = withoutRole(event.inForce, event.role);
      return {
        change: { at: 'writing', as: 'removed', device, candidate, before: event.inForce },
        effects: [
          { type: 'drive', devices: candidate },
          { type: 'write', devices: candidate },
        ],
      };
    }
    case 'erase': {
      if (isUnderWay(change)) return stay;
      const { settings, inForce } = event;
      return {
        change: { at: 'erasing', candidate: settings, before: inForce },
        effects: [{ type: 'drive', devices: settings }, { type: 'erase' }],
      };
    }
    case 'status': {
      const { status } = event;
      if (change.at !== 'trying' || status.role !== change.device.role) return stay;
      if (status.state !== 'ready')
        return { change: { ...change, heard: status.detail ?? change.heard }, effects: [] };
      const { device, candidate, before } = change;
      return {
        change: { at: 'writing', as: 'kept', device, candidate, before },
        effects: [{ type: 'write', devices: candidate }],
      };
    }
    case 'time-up':
      if (change.at !== 'trying') return stay;
      return rollBack(change, { reason: 'not-ready', detail: change.heard, since: event.at });
    case 'written': {
      if (change.at === 'erasing') return erased(change, event);
      if (change.at !== 'writing') return stay;
      if (event.fault !== null)
        return rollBack(change, { reason: 'not-written', detail: event.fault, since: event.at });
      const { as, device, candidate } = change;
      return {
        change: { at: as, device, since: event.at },
        effects: [{ type: `tell-${as}`, device, devices: candidate }],
      };
    }
    case 'console-left':
      if (change.at !== 'trying') return stay;
      return rollBack(change, { reason: 'console-left', detail: change.heard, since: event.at });
  }
}

function erased(
  { candidate, before }: Extract<DeviceChange, { readonly at: 'erasing' }>,
  { fault, at }: Extract<ChangeEvent, { readonly type: 'written' }>,
): ChangeStep {
  if (fault === null)
    return { change: { at: 'erased', since: at }, effects: [{ type: 'tell-erased', devices: candidate }] };
  return {
    change: { at: 'not-erased', since: at, detail: fault },
    effects: [{ type: 'drive', devices: before }],
  };
}

function rollBack(
  { device, before }: Pending,
  why: { readonly reason: RollBackReason; readonly detail: string | null; readonly since: number },
): ChangeStep {
  return {
    change: { at: 'rolled-back', device, ...why },
    effects: [
      { type: 'drive', devices: before },
      { type: 'tell-rolled-back', device, reason: why.reason },
    ],
  };
}
