import type { Channel } from '#contract/channel.ts';
import { cameraProfileOf, type StationSettings } from '#contract/settings.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Snapshot } from '#domain/session/snapshot.ts';
import { systemTimers, type Timers } from '#drivers/timers.ts';
import { citizenWindow } from './api/citizen-window.ts';
import { watchDevices } from './audit/watch-devices.ts';
import { cameraInspectorFor } from './camera/camera-inspector-for.ts';
import { auditedChecks } from './check/audited-checks.ts';
import { childLog } from './children/child-log.ts';
import { openConsole } from './console/open-console.ts';
import { settingViewsInForce } from './console/setting-views.ts';
import { openStationDesk, type StationDesk, type StationIdentity } from './desk/station-desk.ts';
import { shippedProfiles } from './devices/device-profiles.ts';
import { devicesInForce } from './devices/devices-in-force.ts';
import { hearingEnds } from './devices/drivers-ending.ts';
import { createDriverLink } from './drivers/driver-link.ts';
import { logDevices } from './drivers/log-devices.ts';
import { conductorsFor } from './face/conductors-for.ts';
import { createFaceLink } from './faces/face-link.ts';
import { inThisProcess } from './faces-in-this-process.ts';
import { showLamp } from './lamp/show-lamp.ts';
import type { StationLog } from './log/station-log.ts';
import { portraitDecoderFor } from './portrait-decoder-for.ts';
import type {
  CameraInspector,
  Environment,
  FaceEmbedder,
  KeyStore,
  PassiveNetwork,
  PortraitDecoder,
  ProcessHost,
  SlipPrinter,
  Standing,
} from './ports.ts';
import { driverPrinter } from './printing/driver-printer.ts';
import type { ProvisioningFault } from './provisioning/provision.ts';
import { consentText } from './session/consent-texts.ts';
import { newSessionId } from './session/session-id.ts';
import type { SlipDrawer } from './session/session-ports.ts';
import { startSessions } from './session/session-service.ts';
import { type HostFacts, refusedRelaxations } from './settings/relaxations.ts';
import { drawOwnSlip } from './slip/draw-own-slip.ts';
import { type BootClock, systemBootClock } from './staff/boot-clock.ts';
import { type VaultFault, vaultSentence } from './vault/vault.ts';

export interface StationOptions {
  readonly settings: StationSettings;
  readonly keyStore: KeyStore;
  readonly processHost: ProcessHost;
  readonly environment: Environment;
  readonly log: StationLog;
  /** In place of the configured printer; null to print on that. Without either the slip is shown. */
  readonly slipPrinter: SlipPrinter | null;
  /** Follows from the settings unless given. */
  readonly portraitDecoder?: PortraitDecoder;
  /** Follows from the settings unless given. */
  readonly cameraInspector?: CameraInspector;
  /** In place of the station's own, which has a process of its own. */
  readonly faceEmbedder?: FaceEmbedder;
  /** The operator's own network for presentation attacks; what it says can refer a try to a person, and no more. */
  readonly passiveNetwork?: PassiveNetwork;
  readonly timers?: Timers;
  /** What of the host could be a relaxation; a host that says nothing vouches for itself. */
  readonly host?: HostFacts;
  /** The machine's own unless given. */
  readonly bootClock?: BootClock;
  /** The terminal's own receipt unless given. */
  readonly drawSlip?: SlipDrawer;
}

export type StartFault =
  /** One sentence for each thing that the mode refuses. */
  | { readonly reason: 'relaxed'; readonly sentences: readonly string[] }
  | { readonly reason: 'vault'; readonly fault: VaultFault };

/** A running terminal, whatever host shows it. */
export interface Station {
  /** Serves a citizen's page; the one before is cut off, and the new one gets the same screen. */
  attachCitizen(channel: Channel): void;
  /** Makes this machine a station of the registry named in the settings, also when it is another's. For its host. */
  provision(code: string): Promise<Result<StationIdentity, ProvisioningFault>>;
  /** Null until provisioned. */
  identity(): StationIdentity | null;
  snapshot(): Snapshot;
  standing(): Standing;
  /**
   * Called when a session is over and wiped: the host ends the renderer's process and starts a new one. The next
   * citizen is let in when the returned promise has settled. The listener is the host's; there is one.
   */
  onSessionEnd(listener: () => void | Promise<void>): void;
  /**
   * Called when staff ask for the console at a terminal that serves nobody: the host shows it in place of the citizen's
   * page. The listener is the host's; there is one. Without one the terminal goes on as if nobody had asked.
   */
  onConsole(listener: () => void): void;
  /** Serves the console's page, which may come up only after {@link onConsole} was called. */
  attachConsole(channel: Channel): void;
  /** The console was left, or could not be shown: the terminal is renewed as after a citizen. */
  staffLeft(): void;
  queueRows: StationDesk['queueRows'];
  /** Ends a session under way, wipes it and starts afresh. */
  reset(): void;
  close(): Promise<void>;
}

/** Sentences for the technician who reads why a station did not start. */
export function startFaultSentences(fault: StartFault): readonly string[] {
  return fault.reason === 'vault' ? [vaultSentence(fault.fault)] : fault.sentences;
}

/** Puts the station together: desk, drivers, sessions and the citizen's window. Everything it needs comes in here. */
export async function startStation(options: StationOptions): Promise<Result<Station, StartFault>> {
  const { settings, keyStore, environment, log } = options;
  const timers = options.timers ?? systemTimers;
  const devices = devicesInForce(settings, log);
  const relaxed = refusedRelaxations({
    settings,
    keyStore,
    host: options.host ?? {},
    savedDevices: devices.source === 'saved' ? devices.devices : [],
  });
  for (const { code } of relaxed) log.error('station.start-refused', { reason: code });
  if (relaxed.length > 0)
    return err({ reason: 'relaxed', sentences: relaxed.map(({ sentence }) => sentence) });

  const opened = await openStationDesk({ settings, keyStore, environment, log });
  if (!opened.ok) return err({ reason: 'vault', fault: opened.error });
  const stationDesk = opened.value;
  const wrongRegistry = stationDesk.refusedRegistry();
  if (wrongRegistry !== null) {
    log.error('station.start-refused', { reason: wrongRegistry.code });
    await stationDesk.close();
    return err({ reason: 'relaxed', sentences: [wrongRegistry.sentence] });
  }
  // Idle times and waits as registry, file and staff have them now; they count until the next start.
  const inForce = stationDesk.settings.settings();
  const { desk, audit } = stationDesk;
  const ends = hearingEnds(options.processHost);
  const drivers = createDriverLink({
    processHost: ends.processHost,
    devices: devices.devices,
    log: childLog('drivers', log),
    timers,
  });
  watchDevices({ drivers, audit });
  logDevices({ drivers, log });

  const faces = options.faceEmbedder
    ? inThisProcess(options.faceEmbedder)
    : createFaceLink({ processHost: options.processHost, timers, log: childLog('faces', log) });
  let onEnd: () => void | Promise<void> = () => {};
  const sessions = startSessions(
    {
      drivers,
      desk: { ...desk, credentialKey: stationDesk.credentialKey },
      checkDesk: auditedChecks(stationDesk.checkDesk, audit),
      usedPhoneCodes: stationDesk.usedPhoneCodes,
      createConductor: conductorsFor({
        ...{ settings, environment, audit, timers, log },
        registryNonce: desk.registryNonce,
        embedder: faces,
        passive: options.passiveNetwork ?? null,
      }),
      faces,
      cameraInspector: options.cameraInspector ?? cameraInspectorFor(settings, log),
      portraitDecoder:
        options.portraitDecoder ?? portraitDecoderFor(settings.portraitDecoder, devices.devices),
      drawSlip: options.drawSlip ?? drawOwnSlip,
      slipPrinter: options.slipPrinter ?? driverPrinter({ drivers, timers }),
      consentText,
      audit,
      log,
      // Age and validity are judged on the day that the packet is dated with, whatever the wall clock was set to.
      clock: stationDesk.inside.clock,
      timers,
      randomBytes: environment.randomBytes,
      onEnd: async () => onEnd(),
    },
    {
      stationName: settings.stationName,
      demo: settings.mode === 'demo',
      flash: settings.liveness.flash,
      idleWarningMs: inForce.idle.warnAfterMs,
      idleResetMs: inForce.idle.resetAfterMs,
      decisionWaitMs: inForce.decisionWaitMs,
      openingLanguage: inForce.openingLanguage,
    },
  );
  const provisionHere = (order: { readonly code: string; readonly mayMove: boolean }) =>
    stationDesk.provision({
      ...order,
      registryUrl: settings.registryUrl,
      stationName: settings.stationName,
    });
  const console = openConsole({
    inside: stationDesk.inside,
    settings,
    keyStore,
    drivers,
    audit,
    environment,
    bootClock: options.bootClock ?? systemBootClock(),
    timers,
    log,
    standing: desk.standing,
    identity: stationDesk.identity,
    provision: provisionHere,
    onDriversEnd: ends.onEnd,
    devices,
    profiles: shippedProfiles(),
    settingViews: (role, inForceNow) =>
      settingViewsInForce({ settings, devices: inForceNow, view: stationDesk.settings.view(), role }),
    changeSetting: stationDesk.settings.change,
    onLeft: sessions.staffLeft,
  });
  const citizen = citizenWindow({
    sessions,
    camera: cameraProfileOf(settings),
    log,
    newId: () => newSessionId(environment.randomBytes),
  });
  const lamp = showLamp({ drivers, sessions });
  stationDesk.start();

  return ok({
    attachCitizen: (channel) => {
      console.taken();
      citizen.attach(channel);
    },
    attachConsole: console.attach,
    // Whoever starts the program runs the machine.
    provision: (code) => provisionHere({ code, mayMove: true }),
    identity: stationDesk.identity,
    snapshot: sessions.snapshot,
    standing: desk.standing,
    onSessionEnd: (listener) => {
      onEnd = listener;
    },
    onConsole: (listener) =>
      sessions.onConsole(() => {
        console.open();
        listener();
      }),
    staffLeft: console.leave,
    queueRows: stationDesk.queueRows,
    reset: sessions.reset,
    async close() {
      lamp.stop();
      sessions.stop();
      console.stop();
      citizen.close();
      await Promise.all([drivers.stop(), faces.stop()]);
      await stationDesk.close();
    },
  });
}
