import { expect, it } from 'vitest';
import { cardOf, openHall } from './hall.ts';

it.each(['consent', 'card'] as const)(
  'the fingerprints of a card that is read at the step %s are zeroed at once: nobody has agreed to them',
  async (step) => {
    const hall = openHall();
    await hall.goTo(step);
    const { text, photo } = cardOf('lin');
    const report = {
      type: 'card.read',
      text: Uint8Array.from(text),
      photo: Uint8Array.from(photo),
      fingerprints: new Uint8Array(1024).fill(0xa5),
      samId: 'x',
      simulated: true,
      tookMs: 1,
    } as const;
    hall.drivers.tell(report);
    expect(report.fingerprints).toEqual(new Uint8Array(1024));
    hall.screen(step === 'card' ? 'face' : 'consent');
  },
);
