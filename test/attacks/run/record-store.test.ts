import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packedStore } from './record-store.ts';

interface Note {
  readonly id: string;
  readonly text: string;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'records-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (form = 1) =>
  packedStore<Note>(folder, {
    ending: 'notes',
    write: (note) => new TextEncoder().encode(JSON.stringify({ form, note })),
    read: (bytes) => {
      const stored: { form: number; note: Note } = JSON.parse(new TextDecoder().decode(bytes));
      return stored.form === form ? stored.note : null;
    },
  });

describe('what a run keeps', () => {
  it('is there for the next run, whichever order it came in, the last of an id alone', () => {
    const first = open();
    for (const id of ['b', 'a', 'b']) first.keep('some', { id, text: `${id} ${first.all('some').length}` });
    expect(open().all('some')).toEqual([
      { id: 'a', text: 'a 1' },
      { id: 'b', text: 'b 2' },
    ]);
    expect(open().find('some', 'b')).toEqual({ id: 'b', text: 'b 2' });
    expect(open().find('others', 'b')).toBeNull();
  });

  it('is not there when it was written in a form that is not read any more', () => {
    open(1).keep('some', { id: 'a', text: 'old' });
    const later = open(2);
    expect(later.find('some', 'a')).toBeNull();
    later.keep('some', { id: 'a', text: 'new' });
    expect(open(2).all('some')).toEqual([{ id: 'a', text: 'new' }]);
  });
});
