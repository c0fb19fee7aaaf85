import * as v from 'valibot';
import { err, ok, type Result } from '#domain/result.ts';
import { jsonLines } from './json-lines.ts';

/** What is wrong with a JSON file that a person wrote. */
export interface FileFault {
  readonly file: string;
  /** 1 for the first line; null when the file could not be read at all. */
  readonly line: number | null;
  /** The place in the file, e.g. `devices.0.baudRate`; empty for the file as a whole. */
  readonly setting: string;
  readonly reason: string;
}

/** `FILE:LINE: SETTING: REASON`, the form that editors and terminals can follow. */
export function describeFileFault(fault: FileFault): string {
  const place = fault.line === null ? fault.file : `${fault.file}:${fault.line}`;
  return fault.setting === '' ? `${place}: ${fault.reason}` : `${place}: ${fault.setting}: ${fault.reason}`;
}

/** A JSON text that fits its schema, and where each of its values stands. */
export interface CheckedJson<T> {
  readonly value: T;
  /** As it stands in the file, before defaults were filled in. */
  readonly written: unknown;
  readonly lines: ReadonlyMap<string, number>;
}

/** Checks a JSON text. Every fault is told with its line and reason, in the order of the file. */
export function checkJson<S extends v.GenericSchema>(source: {
  readonly file: string;
  readonly text: string;
  readonly schema: S;
}): Result<CheckedJson<v.InferOutput<S>>, readonly FileFault[]> {
  const { file, text, schema } = source;
  let written: unknown;
  try {
    written = JSON.parse(text);
  } catch (error) {
    return err([{ file, setting: '', ...syntaxFault({ text, error }) }]);
  }
  const lines = jsonLines(text);
  const checked = v.safeParse(schema, written);
  if (checked.success) return ok({ value: checked.output, written, lines });
  const faults = checked.issues.map((issue): FileFault => {
    const setting = v.getDotPath(issue) ?? '';
    return { file, line: nearestLine(lines, setting), setting, reason: reasonOf(issue) };
  });
  return err(faults.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)));
}

/** A value that is missing stands on no line: then the line of what it should stand in. */
function nearestLine(lines: ReadonlyMap<string, number>, setting: string): number {
  for (let path = setting; ; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const line = lines.get(path);
    if (line !== undefined) return line;
    if (path === '') return 1;
  }
}

function reasonOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'strict_object' && issue.expected === 'never') return 'there is no setting of this name';
  if (issue.received === 'undefined' && issue.kind === 'schema') return 'this setting is missing';
  return issue.message.replace(/^Invalid /, 'invalid ');
}

/** Where reading failed and why, in the engine's words, but without the piece of the file that it quotes. */
function syntaxFault(source: { readonly text: string; readonly error: unknown }): {
  readonly line: number;
  readonly reason: string;
} {
  const { text, error } = source;
  const message = error instanceof Error ? error.message : '';
  const [, sign] = UNEXPECTED.exec(message) ?? [];
  const place = /^(.*?)(?: in JSON)? at position \d+ \(line (\d+) column \d+\)$/s.exec(message);
  if (sign !== undefined)
    return { line: lineOfUnexpected(text), reason: `not JSON: unexpected ${JSON.stringify(sign)}` };
  if (place !== null) return { line: Number(place[2]), reason: `not JSON: ${place[1]}` };
  // "Unexpected end of JSON input" names no place: it is the end.
  return { line: text.split('\n').length, reason: 'not JSON: the file ends too soon' };
}

/** The one fault that the engine tells without its line. */
const UNEXPECTED = /^Unexpected token '(.+?)', /su;

/** A beginning of the text has the same fault from the character on that is not expected, and none or another before. */
function lineOfUnexpected(text: string): number {
  let sound = 0;
  let faulty = text.length;
  while (faulty - sound > 1) {
    const middle = (sound + faulty) >> 1;
    if (hasUnexpected(text.slice(0, middle))) faulty = middle;
    else sound = middle;
  }
  return text.slice(0, sound).split('\n').length;
}

function hasUnexpected(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return false;
  } catch (error) {
    return error instanceof Error && UNEXPECTED.test(error.message);
  }
}
