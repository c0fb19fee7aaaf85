import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import type { BuiltFile } from '../../citizens/bundle.ts';

const modules = resolve(import.meta.dirname, '../../../node_modules');
const MODELS = /^(models|blazeface|facemesh|iris|antispoof|liveness)\.(json|bin)$/;

/** `human-page.ts` as one script, with the WebAssembly and the models that its library asks for beside it. */
export async function humanFiles(): Promise<readonly BuiltFile[]> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    build: {
      write: false,
      target: 'chrome140',
      lib: {
        entry: join(import.meta.dirname, 'human-page.ts'),
        formats: ['es'],
        fileName: () => 'human.js',
      },
    },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (!output || !('output' in output)) throw new Error('vite gave no output');
  const scripts = output.output.map((file) => ({
    name: file.fileName,
    body: Buffer.from(file.type === 'chunk' ? file.code : file.source),
    contentType: 'text/javascript',
  }));
  const wasm = filesOf(join(modules, '@tensorflow/tfjs-backend-wasm/dist'), /\.wasm$/, '');
  const models = filesOf(join(modules, '@vladmandic/human/models'), MODELS, 'models/');
  return [...scripts, ...wasm, ...models];
}

function filesOf(folder: string, named: RegExp, below: string): BuiltFile[] {
  return readdirSync(folder)
    .filter((name) => named.test(name))
    .map((name) => ({
      name: `${below}${name}`,
      body: readFileSync(join(folder, name)),
      contentType: typeOf(name),
    }));
}

function typeOf(name: string): string {
  if (name.endsWith('.wasm')) return 'application/wasm';
  return name.endsWith('.json') ? 'application/json' : 'application/octet-stream';
}
