import { assertNever } from '#domain/result.ts';
import { earlier, type ScannerEffect, type ScannerProtocol } from './scanner-protocol.ts';
import type { ToldScanner } from './told-scanner.ts';

/** What one kind of scanner makes of its bytes. */
export interface ScanIntake {
  take(bytes: Uint8Array, at: number): ScannerEffect[];
  /** The time that {@link due} named may have come. */
  silence(at: number): ScannerEffect[];
  due(): number | null;
  /** Drops the code that is under way: it is not what is asked for now. */
  drop(): void;
  /** Forgets everything: the connection is another. */
  reset(): void;
}

/** A scanner's protocol, from what comes of its bytes and what it is told. */
export function drivenProtocol(intake: ScanIntake, told: ToldScanner): ScannerProtocol {
  return {
    handle(event, at) {
      switch (event.type) {
        case 'opened':
        case 'closed':
          intake.reset();
          return told.step(event, at);
        case 'bytes':
          return intake.take(event.bytes, at);
        case 'elapsed':
          return [...intake.silence(at), ...told.step(event, at)];
        case 'start':
          intake.drop();
          return told.step({ type: 'wanted', what: 'on' }, at);
        case 'stop':
          return told.step({ type: 'wanted', what: 'off' }, at);
        default:
          return assertNever(event);
      }
    },
    due: () => earlier(intake.due(), told.due()),
  };
}

/** What cuts a scanner's bytes into frames, and knows of no time. */
interface ScanFramer<Frame> {
  push(bytes: Uint8Array): Frame[];
  silence(): Frame[];
  begun(): boolean;
  drop(): void;
  reset(): void;
}

/** Frames that end by themselves or by so many milliseconds of silence. */
export function framedIntake<Frame>(options: {
  readonly framer: ScanFramer<Frame>;
  readonly gap: number;
  readonly onFrame: (frame: Frame, at: number) => ScannerEffect[];
}): ScanIntake {
  const { framer, gap, onFrame } = options;
  let heardAt = 0;
  const due = () => (framer.begun() ? heardAt + gap : null);
  return {
    take(bytes, at) {
      heardAt = at;
      return framer.push(bytes).flatMap((frame) => onFrame(frame, at));
    },
    silence(at) {
      const time = due();
      return time !== null && at >= time ? framer.silence().flatMap((frame) => onFrame(frame, at)) : [];
    },
    due,
    drop: () => framer.drop(),
    reset: () => framer.reset(),
  };
}
