import type {
  ConsoleDeviceMethods,
  DeviceChangeView,
  DevicesPage,
  DeviceView,
} from '#contract/console-devices.ts';
import { devicePlace } from '#contract/device.ts';
import type { TrialProgress } from '#contract/device-trial.ts';
import type { Handlers } from '#contract/rpc.ts';
import { err, type Result } from '#domain/result.ts';
import type { Permission, StaffRole } from '#domain/staff/role.ts';
import { matchProfiles } from '#drivers/profiles/match-profiles.ts';
import { chosenDevice } from '#station/devices/chosen-device.ts';
import type { DeskFault } from '#station/devices/desk-fault.ts';
import type { DeviceDesk } from '#station/devices/device-desk.ts';
import { type DeviceProfiles, profileChoice } from '#station/devices/device-profiles.ts';

export type DeviceHandlers = (parts: {
  /** Who is in and may, which the window looks up anew at every call. */
  readonly roleFor: (permission: Permission) => StaffRole | null;
  /** To the page that is open by then. */
  readonly pushProgress: (progress: TrialProgress) => void;
}) => Handlers<ConsoleDeviceMethods>;

const NOT_ALLOWED = { kind: 'not-allowed' } as const;

/** What the console's Devices page may ask. Everything but looking is for who may change devices, at an open console. */
export function deviceHandlers(options: {
  readonly desk: DeviceDesk;
  readonly profiles: DeviceProfiles;
  readonly views: () => DeviceView[];
  readonly isOpen: () => boolean;
  readonly touched: () => void;
}): DeviceHandlers {
  const { desk, profiles, touched } = options;

  function page(mayChange: boolean): DevicesPage {
    const { source, faults } = desk.inForce();
    const known = profiles();
    return {
      source,
      listFaults: [...faults],
      devices: options.views(),
      mayChange,
      change: changeView(desk),
      recordings: mayChange ? [...desk.recordings.views()] : [],
      recordingEnd: mayChange ? desk.recordings.lastEnd() : null,
      profiles: mayChange ? known.profiles.map(profileChoice).filter((choice) => choice !== null) : [],
      profileFaults: mayChange ? [...known.faults] : [],
    };
  }

  return ({ roleFor, pushProgress }) => {
    /** Null when it may go on. */
    function hindrance() {
      touched();
      if (roleFor('change-devices') === null) return NOT_ALLOWED;
      if (!options.isOpen()) return refusal({ reason: 'serving-citizens', detail: null });
      return null;
    }

    async function answered<T>(work: () => Promise<Result<T, DeskFault>>) {
      const hindered = hindrance();
      if (hindered !== null) return hindered;
      const answer = await work();
      // Whoever asked may be gone by now, and somebody else at the page.
      if (roleFor('change-devices') === null) return NOT_ALLOWED;
      return answer.ok ? ({ kind: 'view', view: answer.value } as const) : refusal(answer.error);
    }

    function done(work: () => Result<void, DeskFault>) {
      const hindered = hindrance();
      if (hindered !== null) return hindered;
      const outcome = work();
      return outcome.ok ? ({ kind: 'done' } as const) : refusal(outcome.error);
    }

    const tell = (progress: TrialProgress) => {
      if (roleFor('change-devices') !== null) pushProgress(progress);
    };

    const chosen = (choice: Parameters<typeof chosenDevice>[0]['choice']) =>
      chosenDevice({ choice, devices: desk.inForce().devices, profiles: profiles().profiles });

    return {
      devices: () => {
        if (roleFor('see-devices') === null) return NOT_ALLOWED;
        // The next look at the page has them: drivers tell counts by themselves only now and then.
        if (options.isOpen()) desk.askHealth();
        return { kind: 'view', view: page(roleFor('change-devices') !== null) };
      },
      attachedDevices: () =>
        answered(async () => {
          const listed = await desk.attached();
          if (!listed.ok) return listed;
          const known = profiles().profiles;
          const devices = listed.value.devices.map((each) => ({
            ...each,
            profiles: [...matchProfiles(each, known)],
          }));
          return { ok: true, value: { devices, trouble: listed.value.trouble } };
        }),
      identifyDevice: ({ connection }) => answered(() => desk.identify(connection)),
      tryDevice: ({ choice, card }) =>
        answered(async () => {
          const device = chosen(choice);
          if (!device.ok) return device;
          const tried = await desk.tryDevice({ device: device.value, card, onProgress: tell });
          if (!tried.ok) return tried;
          const { passed, steps } = tried.value;
          return { ok: true, value: { ...namesOf(device.value), passed, steps } };
        }),
      replayRecording: ({ file }) => answered(() => desk.replay(file)),
      tryRecording: ({ file }) =>
        answered(async () => {
          const tried = await desk.tryRecording(file, tell);
          if (!tried.ok) return tried;
          const { device, passed, steps } = tried.value;
          return { ok: true, value: { role: device.role, model: device.model, place: file, passed, steps } };
        }),
      saveDevice: ({ choice }) =>
        done(() => {
          const device = chosen(choice);
          return device.ok ? desk.save(device.value) : device;
        }),
      removeDevice: ({ role }) => done(() => desk.remove(role)),
      eraseDeviceList: () => done(desk.erase),
      startRecording: ({ role }) =>
        done(() =>
          desk.driven().some((device) => device.role === role)
            ? desk.recordings.start(role)
            : err({ reason: 'no-such-device', detail: null }),
        ),
      stopRecording: ({ role }) =>
        done(() =>
          desk.recordings.stop(role)
            ? { ok: true, value: undefined }
            : err({ reason: 'no-such-device', detail: null }),
        ),
    };
  };
}

function refusal({ reason, detail }: DeskFault) {
  return { kind: 'refused', reason, detail } as const;
}

function namesOf(device: Parameters<typeof devicePlace>[0]) {
  return { role: device.role, model: device.model, place: devicePlace(device) };
}

function changeView(desk: DeviceDesk): DeviceChangeView {
  const change = desk.change();
  switch (change.at) {
    case 'resting':
      return { at: 'resting' };
    case 'erasing':
      return { at: 'resting' };
    case 'trying':
    case 'writing':
      return { at: 'trying', ...namesOf(change.device), leftMs: desk.leftMs() };
    case 'kept':
    case 'removed':
      return { at: change.at, ...namesOf(change.device), since: change.since };
    case 'erased':
    case 'not-erased':
      return change;
    case 'rolled-back': {
      const { since, reason, detail } = change;
      return { at: 'rolled-back', ...namesOf(change.device), since, reason, detail };
    }
  }
}
