import type { DeviceHealth, DriverReport } from '#contract/driver-messages.ts';
import type { ScannedCode } from './scan-text.ts';

export type ScannerEvent =
  /** A new connection, or the end of one. */
  | { readonly type: 'opened' | 'closed' }
  /** The bytes are the protocol's only while it runs. Over HID they are one report. */
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  /** The time that {@link ScannerProtocol.due} named has come. */
  | { readonly type: 'elapsed' }
  /** A code is wanted, or no longer. */
  | { readonly type: 'start' | 'stop' };

/** What a technician is told of a scanner that is connected, by its subject. */
export const NOTE_SUBJECTS = ['silence', 'command', 'scans'] as const;
export type NoteSubject = (typeof NOTE_SUBJECTS)[number];

export type ScannerEffect =
  | { readonly do: 'write'; readonly bytes: Uint8Array }
  | { readonly do: 'scan'; readonly code: ScannedCode }
  | {
      readonly do: 'refuse';
      readonly reason: Extract<DriverReport, { type: 'scan.refused' }>['reason'];
    }
  | { readonly do: 'count'; readonly what: Exclude<keyof DeviceHealth, 'connections'> }
  /** Stands until the same subject's note says otherwise; null: all is well again. */
  | {
      readonly do: 'note';
      readonly about: NoteSubject;
      readonly detail: string | null;
      /** How the scanner stands while this does. */
      readonly state: NotedState;
    };

/** `connecting`: nothing has come yet from a scanner that answers. `out-of-service`: it is of no use. */
export type NotedState = 'ready' | 'connecting' | 'out-of-service';

/**
 * What one kind of scanner makes of bytes and of time. It has neither a line nor a clock: the same events at the same
 * times have the same effects. Codes are told whether or not one is wanted.
 */
export interface ScannerProtocol {
  /** `at` is monotonic. Never throws, whatever the bytes. */
  handle(event: ScannerEvent, at: number): ScannerEffect[];
  /** The monotonic time at which `elapsed` is wanted, or null. */
  due(): number | null;
}

export function clearNote(about: NoteSubject): ScannerEffect {
  return { do: 'note', about, detail: null, state: 'ready' };
}

export function note(about: NoteSubject, detail: string, state: NotedState = 'ready'): ScannerEffect {
  return { do: 'note', about, detail, state };
}

/** The earlier of two times, where null is never. */
export function earlier(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
