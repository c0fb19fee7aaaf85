import type { Device } from '#contract/device.ts';
import type { OperationMode, StationSettings } from '#contract/settings.ts';
import type { KeyStore } from '#station/ports.ts';
import { isRelaxed } from './effective-settings.ts';

/** What the host knows of how the program runs. A host that leaves something out vouches for it. */
export interface HostFacts {
  /** The browser's sandbox is on. */
  readonly sandboxed?: boolean;
  /** Somebody gave the browser switches or scripts of their own, as tests and the demo do. */
  readonly pagePrepared?: boolean;
  readonly runsAsRoot?: boolean;
  /** A debugger can be attached: the inspector listens. */
  readonly debuggable?: boolean;
  /** A crash would write this process's memory to the disk. */
  readonly dumpsCore?: boolean;
  /** The environment tells Node to believe any TLS certificate. */
  readonly tlsUnchecked?: boolean;
}

export interface Relaxation {
  readonly code: RelaxationCode;
  /** For the technician who reads why the terminal did not start, and what to do. */
  readonly sentence: string;
}

export type RelaxationCode =
  | 'simulated-camera'
  | 'simulated-device'
  | 'fingerprints-asked'
  | 'key-not-protected'
  | 'bodies-not-kept'
  | 'data-not-on-disk'
  | 'registry-is-this-machine'
  | 'registry-in-demo-mode'
  | 'registry-not-in-production'
  | 'no-sandbox'
  | 'page-prepared'
  | 'runs-as-root'
  | 'debugger'
  | 'core-dumps'
  | 'tls-unchecked';

/** Below these, what is written is gone with the power, or emptied at the next start. */
const FLEETING = /^\/(?:dev\/shm|run|tmp|var\/tmp|proc)(?:\/|$)/;
const THIS_MACHINE = /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0|\[::\])$/;

/**
 * Why a station must not serve citizens in the mode that it is set to, one sentence for each relaxation. A pilot serves
 * real citizens, so that everything about devices, pages and the line to the registry is as strict as in production;
 * what protects the machine itself (key, disk, user, dumps) production wants as well.
 *
 * A missing portrait decoder is none of them: the answer is then "cannot tell", and the registry refers the case. Nor is
 * a wait of 0 for the decision, or a missing printer: the citizen is told less at once, and nothing is weaker.
 */
export function refusedRelaxations(station: {
  readonly settings: StationSettings;
  readonly keyStore: Pick<KeyStore, 'kind' | 'demoOnly'>;
  readonly host?: HostFacts;
  /** The list that a technician has saved at the terminal; while it holds, the settings' devices may hold again. */
  readonly savedDevices?: readonly Device[];
}): readonly Relaxation[] {
  const { settings, keyStore, host = {}, savedDevices = [] } = station;
  switch (settings.mode) {
    case 'demo':
      return [];
    case 'pilot':
      return forCitizens({ settings, host, savedDevices });
    case 'production':
      return [...forCitizens({ settings, host, savedDevices }), ...forProduction(settings, keyStore, host)];
  }
}

/** The same for the registry that the station belongs to, as its root has signed; known once the trust list is. */
export function refusedRegistry(station: {
  readonly mode: OperationMode;
  readonly registryMode: OperationMode;
}): Relaxation | null {
  const { mode, registryMode } = station;
  if (mode === 'demo') return null;
  if (registryMode === 'demo') {
    return {
      code: 'registry-in-demo-mode',
      sentence: `In mode "${mode}" the registry must not be in mode "demo", as its signed trust list says it is: it would take invented people and simulated packets.`,
    };
  }
  if (mode === 'production' && registryMode !== 'production') {
    return {
      code: 'registry-not-in-production',
      sentence: `In mode "production" the registry must be in mode "production" as well; its signed trust list says "${registryMode}".`,
    };
  }
  return null;
}

/** The same for devices, wherever they are named: in the settings, in a saved list, or by who wants to save one. */
export function refusedDevices(list: {
  readonly mode: OperationMode;
  readonly devices: readonly Device[];
  /** Names the place of one in its list for whoever has to mend it. */
  readonly placeOf: (index: number) => string;
}): readonly Relaxation[] {
  const { mode, devices, placeOf } = list;
  if (mode === 'demo') return [];
  return devices.flatMap((device, index) => {
    const named = `${placeOf(index)} (${device.role}, ${device.model})`;
    return [
      ...when(device.simulated, {
        code: 'simulated-device',
        sentence: `In mode "${mode}" no device may be simulated: ${named} is.`,
      }),
      ...when(device.role === 'reader' && device.quirks.readsFingerprints, {
        code: 'fingerprints-asked',
        sentence: `In mode "${mode}" no reader may ask a card for fingerprints, which nothing here uses: ${named} does; set "quirks.readsFingerprints" to false.`,
      }),
    ];
  });
}

function forCitizens(station: {
  readonly settings: StationSettings;
  readonly host: HostFacts;
  readonly savedDevices: readonly Device[];
}): readonly Relaxation[] {
  const { settings, host, savedDevices } = station;
  const { mode, devices } = settings;
  return [
    ...when(settings.camera.source === 'simulated', {
      code: 'simulated-camera',
      sentence: `In mode "${mode}" the camera must be named by the system: set "camera.source" to "system".`,
    }),
    ...refusedDevices({ mode, devices, placeOf: (index) => `"devices.${index}"` }),
    ...refusedDevices({
      mode,
      devices: savedDevices,
      placeOf: (index) => `"devices.${index}" of the saved list`,
    }),
    ...when(host.sandboxed === false, {
      code: 'no-sandbox',
      sentence: `In mode "${mode}" the browser must run in its sandbox: start the terminal as an ordinary user, not as root, and without ELECTRON_DISABLE_SANDBOX.`,
    }),
    ...when(host.pagePrepared === true, {
      code: 'page-prepared',
      sentence: `In mode "${mode}" nobody may give the browser switches or scripts of their own, such as a camera from a file.`,
    }),
    ...when(host.tlsUnchecked === true, {
      code: 'tls-unchecked',
      sentence: `In mode "${mode}" the registry's certificate must be checked: take NODE_TLS_REJECT_UNAUTHORIZED out of the environment.`,
    }),
    ...when(FLEETING.test(settings.dataFolder), {
      code: 'data-not-on-disk',
      sentence: `In mode "${mode}" enrolments must outlive a power cut: "dataFolder" lies where files are lost or cleared away; put it below /var/lib.`,
    }),
  ];
}

function forProduction(
  settings: StationSettings,
  keyStore: Pick<KeyStore, 'kind' | 'demoOnly'>,
  host: HostFacts,
): readonly Relaxation[] {
  return [
    ...when(keyStore.demoOnly, {
      code: 'key-not-protected',
      sentence: `In mode "production" the station's key needs the system's key ring or a TPM: the key store "${keyStore.kind}" is for demonstrations and pilots only.`,
    }),
    ...when(isRelaxed('retentionDays', settings.retentionDays), {
      code: 'bodies-not-kept',
      sentence:
        'In mode "production" bodies must be kept for a day at least, so that a registry restored from a backup can get them again: set "retentionDays" to 1 or more.',
    }),
    ...when(THIS_MACHINE.test(new URL(settings.registryUrl).hostname), {
      code: 'registry-is-this-machine',
      sentence:
        'In mode "production" the registry must not run on the terminal itself: "registryUrl" names this machine.',
    }),
    ...when(host.runsAsRoot === true, {
      code: 'runs-as-root',
      sentence: 'In mode "production" the terminal must not run as root: start it as a user of its own.',
    }),
    ...when(host.debuggable === true, {
      code: 'debugger',
      sentence: 'In mode "production" no debugger may be attached: start the terminal without --inspect.',
    }),
    ...when(host.dumpsCore === true, {
      code: 'core-dumps',
      sentence:
        'In mode "production" a crash must not write citizens\' data to the disk: set LimitCORE=0 in the service, or "ulimit -c 0".',
    }),
  ];
}

function when(relaxed: boolean, relaxation: Relaxation): readonly Relaxation[] {
  return relaxed ? [relaxation] : [];
}
