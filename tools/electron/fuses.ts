import { type FuseConfig, FuseV1Options, FuseVersion } from '@electron/fuses';

/**
 * Electron's fuses: bytes in its binary that switch a feature off for good, whatever arguments or environment a process
 * is started with. Every fuse is named, so that one that a new Electron brings stops the packaging until it is decided.
 */
export const KIOSK_FUSES = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  /** `ELECTRON_RUN_AS_NODE` would make a plain Node of the binary. Children start by `utilityProcess.fork`. */
  [FuseV1Options.RunAsNode]: false,
  /** Nothing of the page is kept on a disk; should a cookie ever be, it is encrypted. */
  [FuseV1Options.EnableCookieEncryption]: true,
  /** `NODE_OPTIONS` and `NODE_EXTRA_CA_CERTS` are ignored: the registry's CA comes by provisioning only. */
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  /** `--inspect` and its like, and SIGUSR1, open no debugger. */
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  /** Checked by Electron on macOS and Windows; on Linux the package manager's and the file system's duty. */
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  /** No `app` folder beside the archive is ever run. */
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  /** We ship no V8 snapshot of our own. */
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  /** Pages come from our own scheme; `file:` has no privileges. */
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  /** MediaPipe's WebAssembly keeps its bounds checks in hardware: off, each frame would cost more. */
  [FuseV1Options.WasmTrapHandlers]: true,
} as const satisfies FuseConfig;
