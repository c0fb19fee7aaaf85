import { describe, expect, test } from 'vitest';
import { EMBEDDING_LENGTH } from '#domain/comparison/embedding.ts';
import { ok } from '#domain/result.ts';
import { settle } from '../../../drivers/manual-timers.ts';
import { openHall } from './hall.ts';

const jpeg = () => Uint8Array.of(0xff, 0xd8, 1, 2, 0xff, 0xd9);

describe('a citizen who cannot make every movement', () => {
  test('is not asked for those in the tries that follow', async () => {
    const hall = openHall();
    await hall.goTo('face');
    hall.touch('open-exchange');
    expect(hall.screen('exchange').exchanged).toEqual([]);
    expect(hall.sessions.act({ type: 'exchange-actions', actions: ['smile', 'nod'] })).toBe(true);
    hall.screen('face');
    expect(hall.face.exchanged).toEqual([[], ['nod', 'smile']]);
  });

  test('who comes next is asked for all of them again', async () => {
    const hall = openHall();
    await hall.goTo('face');
    hall.touch('open-exchange');
    hall.sessions.act({ type: 'exchange-actions', actions: ['blink'] });
    hall.touch('cancel', 'confirm-cancel');
    hall.drivers.lift();
    await hall.nextCitizen();
    await hall.goTo('face');
    expect(hall.face.exchanged.at(-1)).toEqual([]);
  });
});

describe('the portrait that the citizen is asked about', () => {
  test('is on the screen, and the answer reaches the conductor', async () => {
    const hall = openHall();
    await hall.goTo('face');
    hall.face.show(jpeg());
    expect(hall.screen('face').view).toEqual({
      phase: 'portrait',
      jpegBase64: Buffer.from(jpeg()).toString('base64'),
      retakesLeft: 2,
    });
    hall.touch('retake-portrait');
    hall.face.view({ phase: 'between', index: 2 });
    expect(hall.sessions.act({ type: 'keep-portrait' })).toBe(false);
    hall.face.show(jpeg(), 1);
    hall.touch('keep-portrait');
    expect(hall.face.chosen).toEqual(['retake', 'keep']);
  });

  test('is on no screen after its step, and told by no name in what the chart knows', async () => {
    const hall = openHall();
    await hall.goTo('face');
    await hall.cameraRuns();
    const shown = Uint8Array.from({ length: 60 }, (_, index) => index + 100);
    hall.face.show(shown);
    const base64 = Buffer.from(shown).toString('base64');
    expect(JSON.stringify(hall.snapshots.at(-1))).toContain(base64);
    hall.face.pass();
    hall.screen('review');
    expect(JSON.stringify(hall.snapshots.at(-1))).not.toContain(base64);
  });
});

describe('who tells whose face a picture shows', () => {
  test('is warmed at consent and ended with the session', async () => {
    const hall = openHall();
    await hall.goTo('consent');
    expect(hall.faces).toEqual([]);
    hall.touch('agree');
    expect(hall.faces).toEqual(['warm']);
    hall.touch('cancel', 'confirm-cancel');
    expect(hall.faces).toEqual(['warm', 'rest']);
  });

  test('is shown the card’s portrait in a copy, and what is told for a card that was taken back is zeroed', async () => {
    const asked: { readonly bytes: Uint8Array; readonly from: string }[] = [];
    const told = new Int16Array(EMBEDDING_LENGTH).fill(9);
    let answer: () => void = () => {};
    const hall = openHall({
      decoder: { decode: async () => ok({ mime: 'image/webp', bytes: Uint8Array.of(1, 2, 3) }) },
      embedder: {
        embed: (picture) => {
          asked.push({ bytes: picture.bytes, from: picture.from });
          expect([...picture.bytes]).toEqual([1, 2, 3]);
          return new Promise((resolve) => {
            answer = () => resolve(ok(told));
          });
        },
      },
    });
    await hall.goTo('face');
    expect(asked.map(({ from }) => from)).toEqual(['card']);
    hall.touch('cancel', 'confirm-cancel');
    answer();
    await settle();
    expect(asked[0]?.bytes.every((octet) => octet === 0)).toBe(true);
    expect(told.every((value) => value === 0)).toBe(true);
    expect(hall.warnings.join()).not.toContain('card.face');
  });
});
