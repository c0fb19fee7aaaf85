import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}

/**
 * The packages named, with everything that they need at run time, found as Node finds them: in the nearest
 * `node_modules` upwards. A package that two others want in two versions is there twice, each in its place.
 *
 * @throws Error that names the package that is not installed and who wants it.
 */
export function packageClosure(request: {
  readonly root: string;
  readonly names: readonly string[];
  readonly leaveOut: ReadonlySet<string>;
}): readonly InstalledPackage[] {
  const found = new Map<string, InstalledPackage>();
  const add = (name: string, from: string, wantedBy: string) => {
    const folder = installedFolder(name, from);
    if (folder === null) {
      throw new Error(
        `The package "${name}" (wanted by ${wantedBy}) is to be copied into the application but is not installed. Run npm ci.`,
      );
    }
    if (found.has(folder)) return;
    const { version, dependencies } = manifestOf(folder);
    found.set(folder, { name, version, folder });
    for (const dependency of Object.keys(dependencies)) {
      if (!request.leaveOut.has(dependency)) add(dependency, folder, name);
    }
  };
  for (const name of request.names) add(name, request.root, 'the bundle');
  return [...found.values()];
}

function installedFolder(name: string, from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (dirname(folder) === folder) return null;
  }
}

function manifestOf(folder: string): { version: string; dependencies: Record<string, string> } {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    version?: string;
    dependencies?: Record<string, string>;
  };
  return { version: manifest.version ?? '0.0.0', dependencies: manifest.dependencies ?? {} };
}
