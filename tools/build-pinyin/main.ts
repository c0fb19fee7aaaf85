import '../../src/require-node.mjs';
import { resolve } from 'node:path';
import { buildPinyin } from './build-pinyin.ts';

/** `npm run build:pinyin`: assembles resources/pinyin/pinyin-table.txt from registry packages, offline. */
const root = resolve(import.meta.dirname, '../..');
const target = resolve(root, 'resources/pinyin/pinyin-table.txt');
const outcome = buildPinyin({ packagesFolder: resolve(root, 'node_modules'), target });
console.log(outcome === 'built' ? `built ${target}` : `${target} is already the pinned table`);
