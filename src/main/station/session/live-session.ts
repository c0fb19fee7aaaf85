import type { FaceCommand } from '#contract/station-api.ts';
import type { DeskTicket } from '#domain/session/snapshot.ts';
import type { FaceStep } from './face-step.ts';
import type { SessionRecord } from './session-record.ts';

/** What belongs to the session under way, and to no other. */
export interface LiveSession {
  record: SessionRecord | null;
  face: FaceStep | null;
  /** No personal data; outlives the record, which is wiped before the ticket is shown. */
  ticket: DeskTicket | null;
  /** A card or a code of this session came from a simulated device. */
  simulatedInput: boolean;
  /** True when any device of the session, its camera or the station itself is not the real thing. */
  simulated(): boolean;
  command(command: FaceCommand): void;
  /** Zeroes the record even when the face step's own wipe throws; then it throws on. */
  wipe(): void;
}

export function liveSession(options: {
  readonly deviceSimulated: () => boolean;
  readonly command: (command: FaceCommand) => void;
}): LiveSession {
  return {
    record: null,
    face: null,
    ticket: null,
    simulatedInput: false,
    simulated() {
      return this.simulatedInput || this.face?.cameraSimulated === true || options.deviceSimulated();
    },
    command: options.command,
    wipe() {
      const { face, record } = this;
      this.face = null;
      this.record = null;
      try {
        face?.wipe();
      } finally {
        record?.wipe();
      }
    },
  };
}
