import { describe, expect, it } from 'vitest';
import { readThrough } from './visit.ts';

/** Bytes of the answer that holds text and photo. */
const ANSWER = 1295;

describe('a reader that is unplugged in the middle of a card', () => {
  it.each(['SDT, serial', 'SDT, serial, finds read cards'])(
    '%s, behind every byte of the answer: put the card back, and no half record is used',
    async (kind) => {
      for (let length = 0; length < ANSWER; length += 1) {
        // A row that takes half a card for a whole one throws.
        const { citizen } = await readThrough(kind, `on read: unplug-at ${length} 1000`);
        expect(citizen, `after ${length} bytes`).toBe('put-back, reader-missing, read');
      }
      expect((await readThrough(kind, `on read: unplug-at ${ANSWER} 1000`)).citizen).toBe('read');
    },
    60_000,
  );
});
