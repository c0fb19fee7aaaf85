import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { type StationSettings, StationSettingsSchema } from '#contract/settings.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { jsonLines } from './json-lines.ts';

/** What is wrong with a settings file, for the technician who wrote it. */
export interface SettingsFault {
  readonly file: string;
  /** 1 for the first line; null when the file could not be read at all. */
  readonly line: number | null;
  /** The setting, e.g. `devices.0.baudRate`; empty for the file as a whole. */
  readonly setting: string;
  readonly reason: string;
}

/** `FILE:LINE: SETTING: REASON`, the form that editors and terminals can follow. */
export function describeSettingsFault(fault: SettingsFault): string {
  const place = fault.line === null ? fault.file : `${fault.file}:${fault.line}`;
  return fault.setting === '' ? `${place}: ${fault.reason}` : `${place}: ${fault.setting}: ${fault.reason}`;
}

/** Reads and checks the station's settings file. Every fault is told, in the order of the file. */
export async function loadSettings(file: string): Promise<Result<StationSettings, readonly SettingsFault[]>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return err([{ file, line: null, setting: '', reason: `the file cannot be read (${code})` }]);
  }
  return readSettings({ file, text });
}

export function readSettings(source: {
  readonly file: string;
  readonly text: string;
}): Result<StationSettings, readonly SettingsFault[]> {
  const { file, text } = source;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.replace(/ \(line \d+ column \d+\)$/, '') : 'not JSON';
    return err([
      { file, line: lineOfSyntaxError({ text, error }), setting: '', reason: `not JSON: ${reason}` },
    ]);
  }
  const checked = v.safeParse(StationSettingsSchema, parsed);
  if (checked.success) return ok(checked.output);
  const lines = jsonLines(text);
  const faults = checked.issues.map((issue): SettingsFault => {
    const setting = v.getDotPath(issue) ?? '';
    return { file, line: nearestLine(lines, setting), setting, reason: reasonOf(issue) };
  });
  return err(faults.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)));
}

/** A setting that is missing stands on no line: then the line of what it should stand in. */
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

function lineOfSyntaxError(source: { readonly text: string; readonly error: unknown }): number {
  const message = source.error instanceof Error ? source.error.message : '';
  const line = /\(line (\d+) column \d+\)/.exec(message)?.[1];
  if (line !== undefined) return Number(line);
  // "Unexpected end of JSON input" names no place: it is the end.
  return source.text.split('\n').length;
}
