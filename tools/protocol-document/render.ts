import { FIELD_TABLE_BLOCKS, fieldTables } from './field-tables.ts';
import { vectorSections } from './vectors.ts';

/**
 * The document with its generated blocks as they should be. A block stands between `<!-- begin NAME -->` and
 * `<!-- end NAME -->`; everything else is written by hand and left alone.
 */
export async function renderDocument(documentNow: string): Promise<string> {
  let document = documentNow;
  for (const block of FIELD_TABLE_BLOCKS) {
    document = withBlock(document, `fields ${block}`, fieldTables(block));
  }
  return withBlock(document, 'vectors', await vectorSections(documentNow));
}

function withBlock(document: string, name: string, contents: string): string {
  const begin = `<!-- begin ${name} -->`;
  const end = `<!-- end ${name} -->`;
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the document lacks the block "${name}"`);
  return `${document.slice(0, from + begin.length)}\n\n${contents}\n\n${document.slice(to)}`;
}
