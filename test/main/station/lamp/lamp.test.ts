import { describe, expect, it } from 'vitest';
import type { LampSign } from '#contract/driver-messages.ts';
import type { ClosedReason, Screen, Snapshot } from '#domain/session/snapshot.ts';
import { lampSignFor } from '#station/lamp/lamp-sign.ts';
import { showLamp } from '#station/lamp/show-lamp.ts';
import { openHall } from '../session/hall.ts';

const closed = (reason: ClosedReason): Screen => ({ name: 'closed', reason });

describe('the lamp', () => {
  it.each<readonly [string, Screen, boolean, LampSign]>([
    ['somebody may come', { name: 'attract' }, false, 'free'],
    ['a citizen chooses', { name: 'language' }, false, 'in-use'],
    ['a citizen asks for help', { name: 'language' }, true, 'call-staff'],
    ['a citizen leaves', { name: 'goodbye' }, false, 'in-use'],
    ['a card is to be taken', { name: 'take-card' }, false, 'in-use'],
    ['staff are at work', { name: 'staff' }, false, 'in-use'],
    ['nothing could be saved', { name: 'save-failed', reason: 'storage-full' }, false, 'call-staff'],
    ['the terminal starts', closed('starting'), false, 'off'],
    ['a card was left', closed('card-left'), false, 'call-staff'],
    ['its devices are gone', closed('devices-missing'), false, 'call-staff'],
    ['it must be restarted', closed('restart-needed'), false, 'call-staff'],
  ])('when %s', (_, screen, helpOpen, sign) => {
    expect(lampSignFor({ screen, helpOpen })).toBe(sign);
  });

  it('follows a visit from the first touch to the ticket and to the next citizen, and is dark at the end', async () => {
    const hall = openHall();
    const signs: LampSign[] = [];
    const lamp = showLamp({
      drivers: { send: (command) => command.type === 'lamp.show' && signs.push(command.sign) },
      sessions: hall.sessions,
    });
    await hall.goTo('phone');
    hall.touch('ask-staff');
    hall.touch('finish');
    await hall.nextCitizen();
    lamp.stop();
    expect(signs).toEqual(['free', 'in-use', 'call-staff', 'in-use', 'free', 'off']);
  });

  it('is told a sign once, and nothing after the end', () => {
    const signs: LampSign[] = [];
    const heard: { listener: ((snapshot: Snapshot) => void) | null } = { listener: null };
    const hall = openHall();
    const lamp = showLamp({
      drivers: { send: (command) => command.type === 'lamp.show' && signs.push(command.sign) },
      sessions: {
        snapshot: hall.sessions.snapshot,
        onSnapshot: (listener) => {
          heard.listener = listener;
        },
      },
    });
    heard.listener?.(hall.sessions.snapshot());
    lamp.stop();
    heard.listener?.(hall.sessions.snapshot());
    expect(signs).toEqual(['free', 'off']);
  });
});
