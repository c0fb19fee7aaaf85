import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { HEADS } from './citizen-controls.ts';

/** One built file: its address below the folder it is served from, its bytes and its type. */
export interface BuiltFile {
  readonly name: string;
  readonly body: Buffer;
  readonly contentType: string;
}

/** Bundles a page module of the citizens with three.js, in memory, and puts the heads beside it. */
export async function bundleCitizen(
  entry: 'studio' | 'observer' | 'reactive',
): Promise<readonly BuiltFile[]> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    root: import.meta.dirname,
    build: {
      write: false,
      target: 'chrome140',
      modulePreload: { polyfill: false },
      lib: { entry: join(import.meta.dirname, 'page', `${entry}.ts`), formats: ['es'], fileName: entry },
    },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (!output || !('output' in output)) throw new Error('vite gave no output');
  const scripts = output.output.map((file) => ({
    name: file.fileName,
    body: Buffer.from(file.type === 'chunk' ? file.code : file.source),
    contentType: 'text/javascript',
  }));
  const heads = HEADS.map((id) => ({
    name: `heads/${id}.json.gz`,
    body: readFileSync(join(import.meta.dirname, 'heads', `${id}.json.gz`)),
    contentType: 'application/octet-stream',
  }));
  return [...scripts, ...heads];
}
