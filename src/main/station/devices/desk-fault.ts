import type { DeviceRefusal } from '#contract/console-devices.ts';

/** Why the desk did not do what was asked, and for the technician what exactly is wrong. */
export interface DeskFault {
  readonly reason: DeviceRefusal;
  readonly detail: string | null;
}
