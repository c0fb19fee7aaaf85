import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';

/**
 * The packages that a built bundle asks for at run time, by `import`, `import()` or `require` at the start of a
 * statement. Node's own modules, Electron and the bundle's own files are not among them.
 */
export function askedPackages(bundleFolder: string): readonly string[] {
  const scripts = readdirSync(bundleFolder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.c?js$/.test(file),
  );
  const asked = scripts.flatMap((file) => {
    const lines = readFileSync(join(bundleFolder, file), 'utf8').split('\n');
    // Comments of bundled packages show calls that nobody makes.
    const text = lines.filter((line) => !/^\s*(\*|\/\/|\/\*)/.test(line)).join('\n');
    return [
      ...text.matchAll(/^(?:import|export) [^'"\n]*["']([^'"\n]+)["'];?$/gm),
      ...text.matchAll(/\bimport\(["']([^'"\n]+)["']\)/g),
      ...text.matchAll(/\b(?:__)?require\(["']([^'"\n]+)["']\)/g),
    ].map((match) => packageOf(match[1] ?? ''));
  });
  return [...new Set(asked)].filter(isPackage).toSorted();
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}

function isPackage(name: string): boolean {
  return (
    name !== '' &&
    !name.startsWith('.') &&
    !name.startsWith('node:') &&
    name !== 'electron' &&
    !builtinModules.includes(name)
  );
}
