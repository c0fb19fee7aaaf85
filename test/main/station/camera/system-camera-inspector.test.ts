import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemCameraInspector } from '#station/camera/system-camera-inspector.ts';
import { silentLog } from '#station/log/station-log.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

/** A kernel's view of cameras, as sysfs shows it: links into the device tree. */
function sysfs(
  cameras: readonly {
    readonly node: string;
    readonly name: string;
    readonly index?: number;
    /** Place in the device tree, or null for a device without hardware. */
    readonly bus: string | null;
    readonly driver?: string;
  }[],
): string {
  const root = temporaryFolder();
  mkdirSync(join(root, 'class/video4linux'), { recursive: true });
  for (const { node, name, index, bus, driver } of cameras) {
    const home = join(root, 'devices', bus ?? 'virtual', 'video4linux', node);
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'name'), `${name}\n`);
    writeFileSync(join(home, 'index'), `${index ?? 0}\n`);
    if (bus !== null) {
      symlinkSync(join(root, 'devices', bus), join(home, 'device'));
      if (driver) {
        mkdirSync(join(root, 'bus/drivers', driver), { recursive: true });
        const link = join(root, 'devices', bus, 'driver');
        symlinkSync(join(root, 'bus/drivers', driver), link);
      }
    }
    symlinkSync(home, join(root, 'class/video4linux', node));
  }
  return root;
}

const USB = 'pci0000:00/0000:00:14.0/usb1/1-3/1-3:1.0';
const webcam = { node: 'video0', name: 'HD Webcam C525', bus: USB, driver: 'uvcvideo' };
const identify = (root: string, label: string) =>
  systemCameraInspector({ sysfs: root, log: silentLog }).identify({ label, deviceId: 'opaque' });

describe('the camera', () => {
  it('is named by its driver and its place on the bus', async () => {
    expect(await identify(sysfs([webcam]), 'HD Webcam C525 (046d:0826)')).toEqual({
      ok: true,
      value: { source: 'system', driver: 'uvcvideo', busPath: USB },
    });
  });

  it('is told apart from its own metadata node and from another camera', async () => {
    const other = 'platform/soc/csi';
    const root = sysfs([
      { ...webcam, node: 'video1', index: 1, bus: `${USB}/meta` },
      webcam,
      { node: 'video2', name: 'imx219', bus: other, driver: 'unicam' },
    ]);
    expect(await identify(root, 'imx219')).toEqual({
      ok: true,
      value: { source: 'system', driver: 'unicam', busPath: other },
    });
    expect((await identify(root, 'HD Webcam C525 (046d:0826)')).ok).toBe(true);
  });

  it.each([
    ['without hardware', { node: 'video7', name: 'OBS Virtual Camera', bus: null }],
    [
      'of a loop-back driver',
      { node: 'video7', name: 'OBS Virtual Camera', bus: 'platform/x', driver: 'v4l2loopback' },
    ],
    [
      'of the test driver',
      { node: 'video7', name: 'OBS Virtual Camera', bus: 'platform/vivid.0', driver: 'vivid' },
    ],
    [
      'on the virtual bus, whatever it calls its driver',
      { node: 'video7', name: 'OBS Virtual Camera', bus: 'virtual/camera', driver: 'uvcvideo' },
    ],
    [
      'of a driver that takes an app’s pictures',
      { node: 'video7', name: 'OBS Virtual Camera', bus: 'platform/z', driver: 'akvcam' },
    ],
    ['without a driver', { node: 'video7', name: 'OBS Virtual Camera', bus: 'platform/y' }],
  ])('%s is refused', async (_, camera) => {
    expect(await identify(sysfs([webcam, camera]), 'OBS Virtual Camera')).toEqual({
      ok: false,
      error: 'virtual',
    });
  });

  it('that borrows the name of a real one makes both refused', async () => {
    const impostor = { node: 'video9', name: 'HD Webcam C525', bus: null };
    expect(await identify(sysfs([webcam, impostor]), 'HD Webcam C525 (046d:0826)')).toEqual({
      ok: false,
      error: 'virtual',
    });
  });

  it.each(['', 'HD Webcam', 'HD Webcam C525 (046d:0826) x', 'fake_device_0'])(
    'called %j is none of the system’s',
    async (label) => {
      expect(await identify(sysfs([webcam]), label)).toEqual({ ok: false, error: 'unknown' });
    },
  );

  it('is unknown on a machine that has none', async () => {
    expect(await identify(temporaryFolder(), 'HD Webcam C525')).toEqual({ ok: false, error: 'unknown' });
  });
});
