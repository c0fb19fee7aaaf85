import { readFileSync } from 'node:fs';
import { err, ok, type Result } from '#domain/result.ts';
import { parseRecording } from '../recording/parse-recording.ts';
import type { Recording } from '../recording/recording.ts';

/** A recording from its file, or a sentence with file, line and reason. */
export function recordingAt(options: {
  readonly path: string;
  /** What sentences call the file. */
  readonly called: string;
}): Result<Recording, string> {
  const { path, called } = options;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return err(`${called}: the recording cannot be read (${code})`);
  }
  const parsed = parseRecording(text);
  if (parsed.ok) return ok(parsed.value);
  const { line, reason } = parsed.error;
  if (reason === 'no-recording') return err(`${called}: this is not a recording`);
  return err(`${called}:${line}: ${reason.replaceAll('-', ' ')}`);
}
