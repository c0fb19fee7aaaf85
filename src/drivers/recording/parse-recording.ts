import * as v from 'valibot';
import { type Device, DeviceSchema } from '#contract/device.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { RecordedEvent, Recording } from './recording.ts';
import {
  FIRST_LINE,
  LARGEST_CHUNK,
  LARGEST_RECORDING_FILE,
  MOST_EVENTS,
  TOLD_COMMANDS,
} from './recording.ts';

/** What is wrong with a file, and in which line, from 1. */
export interface RecordingMistake {
  readonly line: number;
  readonly reason:
    | 'too-large'
    | 'no-recording'
    | 'no-such-line'
    | 'no-start'
    | 'no-device'
    | 'wrong-device'
    | 'wrong-bytes'
    | 'chunk-too-large'
    | 'wrong-time'
    | 'no-such-command';
}

const LATEST = 1_000_000_000;
const EVENT = /^(?<at>\d{1,10}) (?<what>open|>|<|!|end|stop)(?: (?<rest>.*))?$/;

/** Bytes from hexadecimal digits with blanks between; null when they are none. */
function readHex(text: string): Uint8Array | null {
  const digits = text.replaceAll(' ', '');
  return /^(?:[\dA-Fa-f]{2})+$/.test(digits) ? Uint8Array.from(Buffer.from(digits, 'hex')) : null;
}

function isMoment(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** Null for a device on no line of its own, too: playing it would ask the machine's real one. */
function readDevice(json: string): Device | null {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null; // JSON.parse throws for malformed JSON, and for nothing else
  }
  const checked = v.safeParse(DeviceSchema, value);
  return checked.success && 'connection' in checked.output ? checked.output : null;
}

function readEvent(line: string): Result<RecordedEvent, RecordingMistake['reason']> {
  const groups = EVENT.exec(line)?.groups;
  if (!groups) return err('no-such-line');
  const at = Number(groups.at);
  const rest = (groups.rest ?? '').trim();
  if (at > LATEST) return err('wrong-time');
  switch (groups.what) {
    case 'open':
      if (rest === '') return ok({ at, kind: 'open', failed: null });
      return rest.startsWith('failed:')
        ? ok({ at, kind: 'open', failed: rest.slice('failed:'.length).trim() })
        : err('no-such-line');
    case '!': {
      const command = TOLD_COMMANDS.find((each) => each === rest);
      return command === undefined ? err('no-such-command') : ok({ at, kind: 'told', command });
    }
    case 'end':
      if (rest === 'closed') return ok({ at, kind: 'end', unplugged: false, cause: '' });
      return rest.startsWith('unplugged:')
        ? ok({ at, kind: 'end', unplugged: true, cause: rest.slice('unplugged:'.length).trim() })
        : err('no-such-line');
    case 'stop':
      return ok({ at, kind: 'stop', why: rest });
    default: {
      const bytes = readHex(rest);
      if (bytes === null) return err('wrong-bytes');
      if (bytes.length > LARGEST_CHUNK) return err('chunk-too-large');
      return ok({ at, kind: groups.what === '>' ? 'asked' : 'heard', bytes });
    }
  }
}

/** Lines of one event joined: a chunk's rows after its first begin with `+`. */
function joinRows(lines: readonly string[]): Result<{ text: string; line: number }[], RecordingMistake> {
  const joined: { text: string; line: number }[] = [];
  let rows: string[] = [];
  const finish = () => {
    const last = joined.at(-1);
    if (last && rows.length > 0) last.text = [last.text, ...rows].join(' ');
    rows = [];
  };
  for (const [index, raw] of lines.entries()) {
    const line = index + 1;
    const comment = raw.indexOf('#');
    const text = (comment < 0 ? raw : raw.slice(0, comment)).trimEnd();
    if (text === '') continue;
    if (!text.startsWith('+')) {
      finish();
      if (joined.length === MOST_EVENTS) return err({ line, reason: 'too-large' });
      joined.push({ text, line });
    } else if (/^\d+ [<>] /.test(joined.at(-1)?.text ?? '')) {
      rows.push(text.slice(1).trim());
    } else {
      return err({ line, reason: 'no-such-line' });
    }
  }
  finish();
  return ok(joined);
}

export function parseRecording(text: string): Result<Recording, RecordingMistake> {
  if (text.length > LARGEST_RECORDING_FILE) return err({ line: 1, reason: 'too-large' });
  const all = text.split(/\r?\n/);
  const body = all.findIndex((line, index) => index > 0 && line === '');
  const head = all.slice(0, body < 0 ? all.length : body);
  if (head[0] !== FIRST_LINE) return err({ line: 1, reason: 'no-recording' });
  let started: string | null = null;
  let device: Device | null = null;
  const notes: string[] = [];
  const expected: string[] = [];
  for (const [index, line] of head.entries()) {
    if (index === 0) continue;
    const [word = ''] = line.split(' ', 1);
    const rest = line.slice(word.length + 1);
    if (word === 'started' && isMoment(rest)) started = rest;
    else if (word === 'note') notes.push(rest);
    else if (word === 'expect') expected.push(rest);
    else if (word === 'device') {
      device = readDevice(rest);
      if (device === null) return err({ line: index + 1, reason: 'wrong-device' });
    } else return err({ line: index + 1, reason: 'no-such-line' });
  }
  if (started === null) return err({ line: head.length, reason: 'no-start' });
  if (device === null) return err({ line: head.length, reason: 'no-device' });

  // The head's lines stay in their places as blank ones, so that lines count from the file's first.
  const joined = joinRows(all.map((line, index) => (index < head.length ? '' : line)));
  if (!joined.ok) return joined;
  const events: Recording['events'][number][] = [];
  for (const { text: written, line } of joined.value) {
    const event = readEvent(written);
    if (!event.ok) return err({ line, reason: event.error });
    if (event.value.at < (events.at(-1)?.at ?? 0)) return err({ line, reason: 'wrong-time' });
    events.push({ ...event.value, line });
  }
  return ok({ started, device, notes, expected, events });
}
