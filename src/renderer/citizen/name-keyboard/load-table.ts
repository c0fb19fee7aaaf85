import { openPinyinTable, type PinyinTable } from './pinyin-table.ts';

let opened: Promise<PinyinTable> | null = null;

/** The candidates that were built into the product, loaded with the first keyboard and kept. */
export function loadPinyinTable(): Promise<PinyinTable> {
  opened ??= import('../../../../resources/pinyin/pinyin-table.txt?raw').then(({ default: text }) =>
    openPinyinTable(text),
  );
  return opened;
}
