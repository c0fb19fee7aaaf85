import { realpathSync, statSync } from 'node:fs';

/**
 * Remembers which device file stands at a path, and tells later whether it still does. A link is followed now and not
 * again: it may lead to another device of the same name by then.
 */
export function sameFile(path: string): () => boolean {
  const first = fileAt(path);
  return () => first !== null && identityOf(first.path) === first.identity;
}

function fileAt(path: string): { readonly path: string; readonly identity: string | null } | null {
  try {
    const real = realpathSync(path);
    return { path: real, identity: identityOf(real) };
  } catch {
    return null; // gone already: that is the answer
  }
}

function identityOf(path: string): string | null {
  try {
    const { dev, ino, rdev } = statSync(path);
    return `${dev} ${ino} ${rdev}`;
  } catch {
    return null; // gone: that is the answer
  }
}
