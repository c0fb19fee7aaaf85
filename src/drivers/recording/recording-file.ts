import { closeSync, openSync, writeSync } from 'node:fs';
import { err, ok, type Result } from '#domain/result.ts';
import type { RecordingSink } from './recorder.ts';

/** A new file that only its owner reads. One that exists is never written over; `detail` is the system's words. */
export function openRecordingFile(path: string): Result<RecordingSink, { readonly detail: string }> {
  let file: number | null;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    return err({ detail: error instanceof Error ? error.message : String(error) });
  }
  return ok({
    write(text) {
      if (file === null) return;
      const bytes = Buffer.from(text);
      for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    },
    close() {
      if (file !== null) closeSync(file);
      file = null;
    },
  });
}
