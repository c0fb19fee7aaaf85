import { chmodSync, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { MakerOptions } from '@electron-forge/maker-base';
import { debianArch, MakerDeb } from '@electron-forge/maker-deb';
import { Installer } from 'electron-installer-debian';
import { SYSTEM_FILES } from './system-files.ts';

const root = resolve(import.meta.dirname, '../..');

/**
 * A Debian package for a kiosk: with units, users and device rules, without a desktop entry, icon or setuid helper.
 * Chromium's sandbox is made of user namespaces, which Debian's kernel has, and the unit forbids new privileges anyway.
 */
class KioskInstaller extends Installer {
  override get contentFunctions(): string[] {
    return ['copyApplication', 'copyScripts', 'createControl', 'createCopyright', 'copySystemFiles'];
  }

  /**
   * Electron's usual list has helpers of desktops in it, for a wastebasket and notifications that a kiosk has not, and
   * knows nothing of what node-hid is linked with.
   */
  override async generateDefaults(): Promise<Record<string, unknown>> {
    const defaults = await super.generateDefaults();
    const depends = (defaults.depends ?? []) as readonly string[];
    return Object.assign(defaults, {
      depends: [
        ...depends.filter((name) => !/trash-cli|xdg-utils|libnotify/.test(name)),
        'libudev1',
        'libusb-1.0-0',
      ],
      suggests: [],
    });
  }

  override async copyApplication(): Promise<void> {
    await super.copyApplication();
    const helper = join(this.stagingAppDir, 'chrome-sandbox');
    if (existsSync(helper)) chmodSync(helper, 0o755);
  }

  /** Called by its name, see {@link contentFunctions}. */
  async copySystemFiles(): Promise<void> {
    for (const { source, place } of SYSTEM_FILES) {
      const target = join(this.stagingDir, place);
      mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
      copyFileSync(join(root, source), target);
      chmodSync(target, 0o644);
    }
  }
}

export class KioskDeb extends MakerDeb {
  override async make({ dir, makeDir, targetArch }: MakerOptions): Promise<string[]> {
    const folder = resolve(makeDir, 'deb', targetArch);
    await this.ensureDirectory(folder);
    const installer = new KioskInstaller({
      options: {},
      ...this.config,
      arch: debianArch(targetArch),
      src: dir,
      dest: folder,
      rename: (destination: string) => join(destination, '<%= name %>_<%= version %>_<%= arch %>.deb'),
      logger: () => undefined,
    });
    await installer.generateDefaults();
    installer.generateOptions();
    await installer.createStagingDir();
    await installer.createContents();
    await installer.createPackage();
    await installer.movePackage();
    return installer.options.packagePaths;
  }
}
