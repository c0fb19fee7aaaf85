import { FuseV1Options, FuseVersion } from '@electron/fuses';
import { MakerDeb } from '@electron-forge/maker-deb';
import { FusesPlugin } from '@electron-forge/plugin-fuses';
import { VitePlugin } from '@electron-forge/plugin-vite';
import type { ForgeConfig } from '@electron-forge/shared-types';
import { ELECTRON_ENTRIES } from './tools/electron-entries.ts';

const config: ForgeConfig = {
  packagerConfig: {
    name: 'eid-terminal',
    executableName: 'eid-terminal',
    asar: { unpack: '**/*.node' },
  },
  makers: [
    new MakerDeb({
      options: {
        name: 'eid-terminal',
        productName: 'e-ID Terminal',
        categories: ['Utility'],
        section: 'misc',
      },
    }),
  ],
  plugins: [
    new VitePlugin({
      build: ELECTRON_ENTRIES.map(({ entry, config: file, target }) => ({ entry, config: file, target })),
      renderer: [{ name: 'renderer', config: 'vite.electron-renderer.config.ts' }],
    }),
    new FusesPlugin({
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.EnableCookieEncryption]: true,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    }),
  ],
};

export default config;
