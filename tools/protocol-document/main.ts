import { readFile, writeFile } from 'node:fs/promises';
import { renderDocument } from './render.ts';

/** Writes the field tables and test vectors of docs/protocol.md anew: `npx -c 'node tools/protocol-document/main.ts'`. */
const path = new URL('../../docs/protocol.md', import.meta.url);
await writeFile(path, await renderDocument(await readFile(path, 'utf8')));
