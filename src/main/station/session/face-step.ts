import type * as v from 'valibot';
import type { CitizenMethods, FaceCommand } from '#contract/station-api.ts';
import type { Action } from '#domain/liveness/action.ts';
import type { CameraIdentity, LivenessEvidence } from '#domain/liveness/evidence.ts';
import type { StationEvent } from '#domain/session/chart-event.ts';
import type { FaceConductor } from '#station/ports.ts';
import type { SessionParts } from './session-ports.ts';
import type { SessionRecord } from './session-record.ts';

export type CameraReport = v.InferOutput<CitizenMethods['reportCamera']['input']>;
type Batch = Parameters<FaceConductor['frames']>[0];
type Flash = Parameters<FaceConductor['flashShown']>[0];
type Prompt = Parameters<FaceConductor['promptShown']>[0];
type Picture = Parameters<FaceConductor['keyFrame']>[0];

/** The face step of one session: keeps conductor and camera together and turns their news into the chart's words. */
export interface FaceStep {
  begin(attempt: 1 | 2, exchanges: readonly Action[]): void;
  abandon(): void;
  cameraReported(report: CameraReport): void;
  frames(batch: Batch): void;
  promptShown(prompt: Prompt): void;
  flashShown(flash: Flash): void;
  choosePortrait(choice: 'keep' | 'retake'): void;
  keyFrame(picture: Picture): void;
  /** With the camera as the system names it: it is known only after the renderer has opened one. */
  evidence(): LivenessEvidence;
  readonly cameraSimulated: boolean;
  wipe(): void;
}

export function faceStep(options: {
  readonly parts: Pick<SessionParts, 'createConductor' | 'cameraInspector' | 'log'>;
  readonly record: SessionRecord;
  readonly tell: (event: StationEvent) => void;
  readonly command: (command: FaceCommand) => void;
}): FaceStep {
  const { parts, record, tell } = options;
  let camera: CameraIdentity | null = null;
  /** What a try that was given up still says is nobody's business any more. */
  let running = false;

  const conductor = parts.createConductor({
    sessionId: record.sessionId,
    listener: {
      view: (view) => {
        if (running) tell({ type: 'face.view', view });
      },
      portrait: (jpeg) => {
        if (running) record.shownPortrait = Uint8Array.from(jpeg);
      },
      command: (command) => {
        if (record.live) options.command(command);
      },
      passed: () => {
        if (!running) return;
        over();
        const { portrait } = conductor.evidence();
        if (camera === null) {
          parts.log.warn('face.passed-with-unnamed-camera');
          tell({ type: 'camera.failed', problem: 'missing' });
          return;
        }
        if (portrait === null) {
          parts.log.error('face.passed-without-portrait');
          tell({ type: 'face.failed', reason: 'evidence-incomplete' });
          return;
        }
        record.portrait = Uint8Array.from(portrait.jpeg);
        tell({ type: 'face.passed' });
      },
      failed: (reason) => {
        if (!running) return;
        over();
        tell({ type: 'face.failed', reason });
      },
    },
  });

  /** The portrait that was asked about is shown no longer; which one was kept, the conductor knows. */
  function over(): void {
    running = false;
    record.shownPortrait = null;
  }

  return {
    begin(attempt, exchanges) {
      running = true;
      conductor.begin(attempt, exchanges).catch((error: unknown) => {
        parts.log.error('face.begin-failed', { attempt, error });
        if (!running) return;
        over();
        tell({ type: 'face.failed', reason: 'evidence-incomplete' });
      });
    },
    abandon() {
      if (!running) return;
      over();
      conductor.abandon();
    },
    cameraReported(report) {
      if (report.state !== 'running') {
        const problem = report.state === 'ended' ? 'missing' : report.state;
        tell({ type: 'camera.failed', problem });
        return;
      }
      parts.cameraInspector
        .identify({ label: report.label, deviceId: report.deviceId })
        .then((named) => {
          if (!record.live) return;
          if (named.ok) camera = named.value;
          else tell({ type: 'camera.failed', problem: named.error === 'virtual' ? 'virtual' : 'missing' });
        })
        .catch((error: unknown) => {
          parts.log.error('camera.inspection-failed', { error });
          tell({ type: 'camera.failed', problem: 'missing' });
        });
    },
    frames: (batch) => conductor.frames(batch),
    promptShown: (prompt) => conductor.promptShown(prompt),
    flashShown: (flash) => conductor.flashShown(flash),
    choosePortrait: (choice) => conductor.choosePortrait(choice),
    keyFrame: (picture) => conductor.keyFrame(picture),
    evidence() {
      if (camera === null) throw new Error('evidence of a camera that was never named');
      return { ...conductor.evidence(), camera };
    },
    get cameraSimulated() {
      return camera?.source === 'simulated';
    },
    wipe() {
      if (running) conductor.abandon();
      running = false;
      conductor.wipe();
    },
  };
}
