import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { err, type Result } from '#domain/result.ts';
import { type Recording, USUAL_RECORDING_SIZE } from '../recording/recording.ts';
import { recordingAt } from './recording-at.ts';

/** Bytes; a recording ends itself long before. */
const LARGEST = 1.5 * USUAL_RECORDING_SIZE;

/**
 * A recording that the station keeps, or a sentence with the file's name, line and reason. Whatever lies there under its
 * name, the drivers go on: what is no file could be waited for without end, and what is larger than a recording becomes
 * would take their memory.
 */
export function keptRecordingAt(path: string): Result<Recording, string> {
  const called = basename(path);
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found !== undefined && !found.isFile()) return err(`${called}: this is not a file`);
    if (found !== undefined && found.size > LARGEST) return err(`${called}: too large for a recording`);
  } catch {
    // Whoever may not even look is told so when it is read.
  }
  return recordingAt({ path, called });
}
