import type { Device } from '#contract/device.ts';
import { assertNever } from '#domain/result.ts';
import type { RecordedEvent } from './recording.ts';
import { FIRST_LINE, withoutPlace } from './recording.ts';

/** Bytes on one line. */
const ROW = 32;
/** Where comments stand, unless the bytes are longer. */
const COMMENT_COLUMN = 56;

export function recordingHead(head: {
  readonly started: string;
  readonly device: Device;
  readonly notes?: readonly string[];
  readonly expected?: readonly string[];
}): string {
  const lines = [
    FIRST_LINE,
    `started ${head.started}`,
    `device ${JSON.stringify(withoutPlace(head.device))}`,
  ];
  for (const note of head.notes ?? []) lines.push(`note ${note}`);
  for (const report of head.expected ?? []) lines.push(`expect ${report}`);
  return `${lines.join('\n')}\n\n`;
}

/** One event as its line or lines; `comment` is for the eye. */
export function eventLines(event: RecordedEvent, comment: string | null): string {
  const at = Math.round(event.at);
  switch (event.kind) {
    case 'open':
      return event.failed === null ? `${at} open\n` : `${at} open failed: ${oneLine(event.failed)}\n`;
    case 'asked':
      return chunkLines(`${at} >`, event.bytes, comment);
    case 'heard':
      return chunkLines(`${at} <`, event.bytes, comment);
    case 'told':
      return `${at} ! ${event.command}\n`;
    case 'end':
      return event.unplugged ? `${at} end unplugged: ${oneLine(event.cause)}\n` : `${at} end closed\n`;
    case 'stop':
      return `${at} stop ${oneLine(event.why)}\n`;
    default:
      return assertNever(event);
  }
}

function chunkLines(begin: string, bytes: Uint8Array, comment: string | null): string {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += ROW) {
    const hex = Array.from(bytes.subarray(at, at + ROW), (byte) =>
      byte.toString(16).toUpperCase().padStart(2, '0'),
    ).join(' ');
    rows.push(`${at === 0 ? begin : '+'} ${hex}`);
  }
  const [first = begin, ...more] = rows;
  const commented = comment === null ? first : `${first.padEnd(COMMENT_COLUMN)} # ${oneLine(comment)}`;
  return `${[commented, ...more].join('\n')}\n`;
}

function oneLine(words: string): string {
  return words.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ').slice(0, 300);
}
