import { FusesPlugin } from '@electron-forge/plugin-fuses';
import { VitePlugin } from '@electron-forge/plugin-vite';
import type { ForgeConfig } from '@electron-forge/shared-types';
import { ELECTRON_BUILDS, ELECTRON_RENDERER } from './tools/electron/builds.ts';
import { KIOSK_FUSES } from './tools/electron/fuses.ts';
import { KioskDeb } from './tools/electron/kiosk-deb.ts';
import { packageAfterCopy, shrinkManifest } from './tools/electron/package-after-copy.ts';

const root = import.meta.dirname;

const config: ForgeConfig = {
  packagerConfig: {
    name: 'eid-terminal',
    executableName: 'eid-terminal',
    // Native code cannot be loaded out of the archive.
    asar: { unpack: '**/*.node' },
    // The hook copies exactly what is needed; there is nothing to prune.
    prune: false,
    afterCopy: [async ({ buildPath }) => shrinkManifest(buildPath)],
    // A machine without a way to Electron's downloads takes the archive from a folder of its own.
    ...(process.env.EID_ELECTRON_ZIP_FOLDER === undefined
      ? {}
      : { electronZipDir: process.env.EID_ELECTRON_ZIP_FOLDER }),
  },
  // The native packages bring Node-API binaries, which serve every Node and Electron: nothing is compiled anew.
  rebuildConfig: { onlyModules: [] },
  hooks: {
    packageAfterCopy: async (_config, buildPath, _electronVersion, platform, arch) =>
      packageAfterCopy({ root, buildPath, platform, arch }),
  },
  makers: [
    new KioskDeb({
      options: {
        name: 'eid-terminal',
        description: 'Self-service terminal that issues electronic IDs',
        productDescription:
          'Citizens pair a phone, lay their resident ID card on a reader, prove to be live persons and leave with an electronic ID. Runs full-screen on a kiosk.',
        maintainer: 'Operator of the e-ID terminals <root@localhost>',
        section: 'misc',
        // cage starts an X server for old programs and does not run without one.
        depends: ['libasound2', 'cage', 'seatd', 'xwayland', 'systemd (>= 252)', 'udev', 'fonts-noto-cjk'],
        recommends: ['ca-certificates', 'chrony | systemd-timesyncd'],
        scripts: {
          postinst: `${root}/resources/debian/postinst`,
          prerm: `${root}/resources/debian/prerm`,
          postrm: `${root}/resources/debian/postrm`,
        },
      },
    }),
  ],
  plugins: [
    new VitePlugin({ build: [...ELECTRON_BUILDS], renderer: [ELECTRON_RENDERER] }),
    new FusesPlugin(KIOSK_FUSES),
  ],
};

export default config;
