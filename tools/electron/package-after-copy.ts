import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askedPackages } from './asked-packages.ts';
import { BUNDLE_FOLDER } from './builds.ts';
import { COPIED_PACKAGES, NOT_BUNDLED } from './copied-packages.ts';
import { copyPackages } from './copy-packages.ts';

/**
 * Forge's `packageAfterCopy` hook. Its Vite plugin packages `.vite` and nothing else; here the packages that the bundle
 * leaves outside are added, the face model that enrolments name, and the device profiles that settings may name.
 *
 * @throws Error when the bundle asks for a package that would not be there.
 */
export function packageAfterCopy(request: {
  readonly root: string;
  /** The application's folder, before it becomes the archive. */
  readonly buildPath: string;
  readonly platform: string;
  readonly arch: string;
}): void {
  const { root, buildPath, platform, arch } = request;
  const known: readonly string[] = NOT_BUNDLED;
  const unknown = askedPackages(join(buildPath, BUNDLE_FOLDER)).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `The bundle asks for ${unknown.map((name) => `"${name}"`).join(', ')}, which is neither bundled nor copied. Bundle it, or name it in tools/electron/copied-packages.ts.`,
    );
  }
  copyPackages({
    root,
    destination: buildPath,
    packages: COPIED_PACKAGES,
    target: { platform, arch, libc: 'glibc' },
  });
  for (const folder of ['resources/models', 'resources/profiles'])
    cpSync(join(root, folder), join(buildPath, folder), { recursive: true });
}

/** The manifest that goes into the archive: what Electron and the station read of it, and no tools. */
export function shrinkManifest(buildPath: string): void {
  const file = join(buildPath, 'package.json');
  const { name, version, description, license, type, main } = JSON.parse(
    readFileSync(file, 'utf8'),
  ) as Record<string, unknown>;
  writeFileSync(file, `${JSON.stringify({ name, version, description, license, type, main }, null, 2)}\n`);
}
