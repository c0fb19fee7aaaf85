import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { BUILD_TIME_ONLY, type CopiedPackage } from './copied-packages.ts';
import { packageClosure } from './package-closure.ts';
import { runtimeFiles, type Target } from './runtime-files.ts';

/**
 * Copies packages with their production dependencies from the project's `node_modules` to the same places below
 * `destination`, and of each only what runs on the target.
 *
 * @returns the copied files, relative to `destination`.
 * @throws Error that names a package that is not installed, a listed file that it lacks, or a target that it does not
 *   run on.
 */
export function copyPackages(request: {
  readonly root: string;
  readonly destination: string;
  readonly packages: readonly CopiedPackage[];
  readonly target: Target;
}): readonly string[] {
  const { root, destination, packages, target } = request;
  const chosen = new Map(packages.map(({ name, only }) => [name, only]));
  const installed = packageClosure({
    root,
    names: packages.map(({ name }) => name),
    leaveOut: BUILD_TIME_ONLY,
  });
  return installed.flatMap(({ name, folder }) => {
    const files = chosen.get(name) ?? runtimeFiles(folder, target);
    const place = relative(root, folder);
    if (place.startsWith('..')) throw new Error(`The package "${name}" is installed outside the project.`);
    return files.map((file) => {
      const source = join(folder, file);
      if (!existsSync(source)) throw new Error(`The package "${name}" has no file ${file}.`);
      const copied = join(place, file);
      mkdirSync(dirname(join(destination, copied)), { recursive: true });
      copyFileSync(source, join(destination, copied));
      return copied;
    });
  });
}
