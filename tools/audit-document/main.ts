import '../../src/require-node.mjs';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { renderAuditDocument } from './render.ts';

/** `npm run document:audit`: writes docs/audit-events.md anew. */
const path = new URL('../../docs/audit-events.md', import.meta.url);
writeFileSync(path, renderAuditDocument(existsSync(path) ? readFileSync(path, 'utf8') : ''));
