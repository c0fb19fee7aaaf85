import { resolve } from 'node:path';
import { openPinyinTable } from '#renderer/citizen/name-keyboard/pinyin-table.ts';
import { assembledTable } from '../../../../tools/build-pinyin/build-pinyin.ts';

/** The table as the product has it, assembled anew so that no test leans on a build. */
export const builtTable = openPinyinTable(
  assembledTable(resolve(import.meta.dirname, '../../../../node_modules')),
);

/** Readings that are typed in full, without those that are only hummed. */
export const READINGS = builtTable.readingsFrom('').filter((reading) => /[aeiouv]/.test(reading));
