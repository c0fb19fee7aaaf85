import type { CameraProfile } from '#contract/camera-profile.ts';
import type { Channel } from '#contract/channel.ts';
import { type Server, serve } from '#contract/rpc.ts';
import {
  CITIZEN_METHODS,
  CITIZEN_PUSHES,
  type CitizenPushes,
  LARGEST_MESSAGE,
} from '#contract/station-api.ts';
import type { StationLog } from '#station/log/station-log.ts';
import type { SessionService } from '#station/session/session-service.ts';
import { readBase64, readWireFrame } from './wire-frame.ts';

/** The citizen's window: one at a time, trusted with nothing. */
export interface CitizenWindow {
  /** Serves a new page; the one before is cut off. A page that asks gets the screen that the session stands at. */
  attach(channel: Channel): void;
  /** Messages that were no calls of this API, since the start. */
  readonly unreadable: number;
  close(): void;
}

export function citizenWindow(options: {
  readonly sessions: SessionService;
  readonly camera: CameraProfile;
  readonly log: StationLog;
  /** Names a failed call in the log and on the screen. */
  readonly newId: () => string;
}): CitizenWindow {
  const { sessions, camera, log, newId } = options;
  let current: { readonly channel: Channel; readonly server: Server<CitizenPushes> } | null = null;
  let unreadable = 0;
  const badInputs = new Map<string, number>();

  sessions.onSnapshot((snapshot) => push((server) => server.push('snapshot', snapshot)));
  sessions.onFaceCommand((command) => push((server) => server.push('face', command)));

  /** A window that goes away while it is told something ends no session: the next one asks for the screen. */
  function push(tell: (server: Server<CitizenPushes>) => void): void {
    try {
      if (current) tell(current.server);
    } catch (error) {
      log.error('citizen.push-failed', { error });
    }
  }

  /** A flood is told with 1, 2, 4, 8 … messages, not with each. */
  function countUnreadable(bytes: number): void {
    unreadable += 1;
    if (Number.isInteger(Math.log2(unreadable))) log.warn('citizen.unreadable', { count: unreadable, bytes });
  }

  /** What no page of ours sends: a number that is none, a list without end. Told as a flood is, for each method. */
  function countBadInput(method: string): void {
    const count = (badInputs.get(method) ?? 0) + 1;
    badInputs.set(method, count);
    if (Number.isInteger(Math.log2(count))) log.warn('citizen.bad-input', { method, count });
  }

  function attach(channel: Channel): void {
    const former = current;
    current = null;
    former?.channel.close();
    const isCurrent = () => current?.channel === channel;
    const server = serve({
      channel,
      methods: CITIZEN_METHODS,
      pushes: CITIZEN_PUSHES,
      largestMessage: LARGEST_MESSAGE,
      onUnreadable: countUnreadable,
      onBadInput: countBadInput,
      onException: (error, method) => {
        const id = newId();
        log.error('citizen.call-failed', { id, method, error });
        return id;
      },
      handlers: {
        attach: () => {
          if (isCurrent()) sessions.screenAttached();
          return sessions.snapshot();
        },
        act: ({ event }) => ({ accepted: isCurrent() && sessions.act(event) }),
        submitNumber: ({ number }) => ({ accepted: isCurrent() && sessions.submitNumber(number) }),
        submitName: ({ name }) => ({ accepted: isCurrent() && sessions.submitName(name) }),
        submitPassword: async (entries) => ({
          accepted: isCurrent() && (await sessions.submitPassword(entries)),
        }),
        cameraProfile: () => camera,
        reportCamera: (report) => {
          if (isCurrent()) sessions.reportCamera(report);
          return {};
        },
        sendFrames: (batch) => {
          if (isCurrent()) sessions.face()?.frames({ ...batch, frames: batch.frames.map(readWireFrame) });
          return {};
        },
        reportPrompt: (prompt) => {
          if (isCurrent()) sessions.face()?.promptShown(prompt);
          return {};
        },
        reportFlash: (flash) => {
          if (isCurrent()) sessions.face()?.flashShown(flash);
          return {};
        },
        sendKeyFrame: ({ jpeg, ...picture }) => {
          if (isCurrent()) sessions.face()?.keyFrame({ ...picture, jpeg: readBase64(jpeg) });
          return {};
        },
      },
    });
    channel.onClose(() => {
      if (isCurrent()) current = null;
    });
    current = { channel, server };
  }

  return {
    attach,
    get unreadable() {
      return unreadable;
    },
    close() {
      current?.channel.close();
      current = null;
    },
  };
}
