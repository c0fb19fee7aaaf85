import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { err, ok, type Result } from '#domain/result.ts';
import { parseRecording } from '#drivers/recording/parse-recording.ts';
import type { Recording } from '#drivers/recording/recording.ts';

/** A recording from its file, or a sentence with file, line and reason. */
export function recordingAt(path: string): Result<Recording, string> {
  const file = resolve(path);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return err(`${file}: the recording cannot be read (${code})`);
  }
  const parsed = parseRecording(text);
  if (parsed.ok) return ok(parsed.value);
  const { line, reason } = parsed.error;
  if (reason === 'no-recording') return err(`${file}: this is not a recording`);
  return err(`${file}:${line}: ${reason.replaceAll('-', ' ')}`);
}
