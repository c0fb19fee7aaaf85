import { CHECK_SCENES } from './check-scenes.ts';
import { DEVICE_SCENES } from './device-scenes.ts';
import { PACKET_SCENES } from './packet-scenes.ts';
import type { Scene } from './scene.ts';
import { SESSION_SCENES } from './session-scenes.ts';
import { SETTINGS_SCENES } from './settings-scenes.ts';
import { STAFF_SCENES } from './staff-scenes.ts';
import { STATION_SCENES } from './station-scenes.ts';

export const SCENES: readonly Scene[] = [
  ...STATION_SCENES,
  ...SETTINGS_SCENES,
  ...SESSION_SCENES,
  ...STAFF_SCENES,
  ...DEVICE_SCENES,
  ...CHECK_SCENES,
  ...PACKET_SCENES,
];
