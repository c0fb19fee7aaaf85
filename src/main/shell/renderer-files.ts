import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { err, ok, type Result } from '#domain/result.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.task': 'application/octet-stream',
};

export interface RendererFile {
  readonly contentType: string;
  readonly body: Buffer;
}

/**
 * Reads one of the renderer's files by its URL path. Only known types below the folder are served: a path that climbs
 * out, a directory or an unknown type is `not-found`.
 */
export async function readRendererFile(request: {
  readonly folder: string;
  readonly path: string;
}): Promise<Result<RendererFile, 'not-found'>> {
  const root = normalize(request.folder);
  const relative = decodePath(request.path);
  if (relative === null) return err('not-found');
  const file = normalize(join(root, relative));
  const contentType = CONTENT_TYPES[extname(file)];
  if (!file.startsWith(root + sep) || contentType === undefined) return err('not-found');
  try {
    return ok({ contentType, body: await readFile(file) });
  } catch (error) {
    if (isMissing(error)) return err('not-found');
    throw error;
  }
}

function decodePath(path: string): string | null {
  try {
    const decoded = decodeURIComponent(path);
    return decoded.includes('\0') ? null : decoded;
  } catch {
    return null; // a malformed escape names no file
  }
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && ['ENOENT', 'EISDIR', 'ENOTDIR'].includes(String(error.code))
  );
}
