import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SoftwareIdentity } from '#domain/enrolment/enrolment.ts';

/** Version and models that an enrolment was made with, read from the program's own files once at start. */
export function readSoftwareIdentity(options: {
  /** Folder of `package.json`. */
  readonly programFolder: string;
  /** Folder of the face models; without it the list is empty. */
  readonly modelFolder: string;
}): SoftwareIdentity {
  const { version } = JSON.parse(readFileSync(join(options.programFolder, 'package.json'), 'utf8')) as {
    version?: unknown;
  };
  if (typeof version !== 'string') throw new Error('package.json names no version');
  const files = existsSync(options.modelFolder)
    ? readdirSync(options.modelFolder, { withFileTypes: true })
    : [];
  const models = files
    .filter((file) => file.isFile() && /\.(?:task|tflite|bin)$/.test(file.name))
    .map((file) => file.name)
    .toSorted()
    .map((name) => ({
      name,
      sha256: new Uint8Array(
        createHash('sha256')
          .update(readFileSync(join(options.modelFolder, name)))
          .digest(),
      ),
    }));
  return { version, models };
}

/** The nearest folder upwards that holds a `package.json`: the program's own, from sources and from a bundle alike. */
export function programFolder(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) throw new Error('the program has no package.json above it');
  }
}
