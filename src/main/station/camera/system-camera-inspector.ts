import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import type { CameraIdentity } from '#domain/liveness/evidence.ts';
import { err, ok } from '#domain/result.ts';
import type { StationLog } from '#station/log/station-log.ts';
import type { CameraInspector } from '#station/ports.ts';

/** Linux drivers whose pictures come from a program and not from a sensor. */
const VIRTUAL_DRIVERS: readonly string[] = [
  'v4l2loopback',
  'v4l2 loopback',
  'vivid',
  'vimc',
  'akvcam',
  'vcam',
];

interface VideoDevice {
  readonly name: string;
  readonly driver: string;
  readonly busPath: string;
  readonly virtual: boolean;
}

/**
 * Names a camera by what the kernel says of it. The browser's label is believed in one thing only: which of the system's
 * cameras it means. A label that fits none is unknown; one that also fits a virtual device is refused.
 *
 * | file under `/sys/class/video4linux/videoN/` | what it says |
 * |---|---|
 * | `name` | the name that the browser's label begins with |
 * | `index` | 0 for the node that delivers pictures; further nodes carry metadata |
 * | `device` | link to the device on its bus; missing for devices without hardware |
 * | `device/driver` | link whose last part is the driver |
 */
export function systemCameraInspector(options: {
  readonly log: StationLog;
  /** The kernel's view; another folder in tests. */
  readonly sysfs?: string;
}): CameraInspector {
  const sysfs = options.sysfs ?? '/sys';
  return {
    async identify({ label }) {
      const devices = await videoDevices(sysfs);
      const meant = devices.filter((device) => fits(label, device.name));
      const virtual = meant.find((device) => device.virtual);
      if (virtual) {
        options.log.warn('camera.virtual', { device: virtual.driver });
        return err('virtual');
      }
      const [camera] = meant;
      if (!camera) {
        options.log.warn('camera.unknown', { count: devices.length });
        return err('unknown');
      }
      const { driver, busPath } = camera;
      return ok({ source: 'system', driver, busPath } satisfies CameraIdentity);
    },
  };
}

/** Chromium's label is the kernel's name, followed by vendor and product of a USB camera: `Name (046d:0826)`. */
function fits(label: string, name: string): boolean {
  return name !== '' && label.replace(/ \([0-9a-f]{4}:[0-9a-f]{4}\)$/, '') === name;
}

async function videoDevices(sysfs: string): Promise<VideoDevice[]> {
  const folder = join(sysfs, 'class', 'video4linux');
  const nodes = await listed(folder);
  const found = await Promise.all(nodes.map((node) => describe({ node: join(folder, node), sysfs })));
  return found.filter((device) => device !== null);
}

async function describe(place: {
  readonly node: string;
  readonly sysfs: string;
}): Promise<VideoDevice | null> {
  const { node, sysfs } = place;
  const name = await text(join(node, 'name'));
  if (name === null || ((await text(join(node, 'index'))) ?? '0') !== '0') return null;
  const device = await resolved(join(node, 'device'));
  const driverPath = await resolved(join(node, 'device', 'driver'));
  const driver = driverPath === null ? 'none' : basename(driverPath);
  const busPath = relative(join(await realpath(sysfs), 'devices'), device ?? (await realpath(node)));
  const virtual =
    device === null ||
    driverPath === null ||
    busPath.startsWith('virtual/') ||
    VIRTUAL_DRIVERS.includes(driver);
  return { name, driver, busPath, virtual };
}

/** A machine without cameras has no such folder; a camera may be unplugged while it is looked at. */
async function absentAsNull<T>(look: Promise<T>): Promise<T | null> {
  try {
    return await look;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENODEV') return null;
    throw error;
  }
}

async function listed(folder: string): Promise<readonly string[]> {
  return (await absentAsNull(readdir(folder)))?.filter((entry) => /^video\d+$/.test(entry)).sort() ?? [];
}

async function text(path: string): Promise<string | null> {
  return (await absentAsNull(readFile(path, 'utf8')))?.trim() ?? null;
}

function resolved(path: string): Promise<string | null> {
  return absentAsNull(realpath(path));
}
