import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MOST_RECORDINGS, RECORDINGS_FOLDER } from '#contract/console-devices.ts';
import { DEVICE_ROLES, type DeviceRole } from '#contract/device.ts';
import { err, ok, type Result } from '#domain/result.ts';

/** As the message to the drivers bounds it. */
const LONGEST_PATH = 400;
const FILE_NAME = new RegExp(`^(${DEVICE_ROLES.join('|')})-\\d{8}-\\d{6}(?:-\\d{1,2})?\\.txt$`);
const DAY_AND_TIME = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
});

export interface RecordingFile {
  readonly file: string;
  readonly role: DeviceRole;
  readonly bytes: number;
}

/** The folder of recordings. Its names tell role and time, and nothing of anybody. */
export interface RecordingFiles {
  /** Newest first; empty while there is no folder. */
  list(): readonly RecordingFile[];
  /** Makes room for one more and names it; the path names no file yet. The sentence is for the technician. */
  next(role: DeviceRole, now: number): Result<{ readonly path: string; readonly file: string }, string>;
  path(file: string): string;
  /** 0 while it is not there. */
  size(file: string): number;
}

export function recordingFiles(dataFolder: string): RecordingFiles {
  // The drivers may run elsewhere.
  const folder = resolve(dataFolder, RECORDINGS_FOLDER);

  function list(): readonly RecordingFile[] {
    return names()
      .map((file) => ({ file, role: roleOf(file), bytes: size(file), at: timeIn(file) }))
      .toSorted((a, b) => (a.at === b.at ? (a.file < b.file ? 1 : -1) : a.at < b.at ? 1 : -1))
      .map(({ file, role, bytes }) => ({ file, role, bytes }));
  }

  function names(): readonly string[] {
    try {
      return readdirSync(folder).filter((name) => FILE_NAME.test(name));
    } catch (error) {
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
      throw error;
    }
  }

  function size(file: string): number {
    return statSync(join(folder, file), { throwIfNoEntry: false })?.size ?? 0;
  }

  return {
    list,
    size,
    path: (file) => join(folder, file),
    next(role, now) {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        for (const { file } of list().slice(MOST_RECORDINGS - 1)) rmSync(join(folder, file), { force: true });
        const stem = `${role}-${DAY_AND_TIME.format(now).replaceAll(/[-:]/g, '').replace(' ', '-')}`;
        const taken = new Set(names());
        const number = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((each) => !taken.has(nameOf(stem, each)));
        if (number === undefined) return err(`${folder}: there are enough recordings of this second`);
        const file = nameOf(stem, number);
        if (join(folder, file).length > LONGEST_PATH) return err(`${folder}: the path is too long`);
        return ok({ file, path: join(folder, file) });
      } catch (error) {
        return err(`${folder}: cannot be written (${codeOf(error)})`);
      }
    },
  };
}

function nameOf(stem: string, number: number): string {
  return number === 1 ? `${stem}.txt` : `${stem}-${number}.txt`;
}

function roleOf(file: string): DeviceRole {
  return DEVICE_ROLES.find((role) => file.startsWith(`${role}-`)) ?? 'reader';
}

/** Compares by time whatever the role. */
function timeIn(file: string): string {
  return file.slice(file.indexOf('-'), -'.txt'.length);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown fault';
}
