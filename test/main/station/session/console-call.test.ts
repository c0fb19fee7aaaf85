import { describe, expect, it } from 'vitest';
import { settle } from '../../../drivers/manual-timers.ts';
import { openHall } from './hall.ts';

function hallWithConsole() {
  const hall = openHall();
  let opened = 0;
  hall.sessions.onConsole(() => {
    opened += 1;
  });
  return {
    hall,
    get opened() {
      return opened;
    },
  };
}

describe('staff who call the console', () => {
  it('get it from the first screen; the terminal is renewed when they leave it', async () => {
    const staffed = hallWithConsole();
    const { hall } = staffed;
    hall.touch('call-console');
    hall.screen('staff');
    expect(staffed.opened).toBe(1);
    await hall.timers.advance(3_600_000);
    hall.screen('staff');
    hall.sessions.staffLeft();
    hall.screen('goodbye');
    await hall.nextCitizen();
    expect([hall.ends, hall.drivers.renewals]).toEqual([1, 1]);
    expect(hall.audit).toEqual([]);
    await hall.goTo('phone');
  });

  it.each([
    ['frozen', { frozen: 'offline-too-long' }],
    ['without a registry', { provisioned: false }],
  ] as const)(
    'get it from a terminal that is %s, which is as shut as before when they leave',
    async (_, standing) => {
      const { hall } = hallWithConsole();
      hall.desk.setStanding(standing);
      const { reason } = hall.screen('closed');
      hall.touch('call-console');
      hall.screen('staff');
      hall.sessions.staffLeft();
      await hall.timers.until(() => hall.screen().name === 'closed');
      expect(hall.screen('closed').reason).toBe(reason);
    },
  );

  it('mend what it was shut for: it opens when they leave', async () => {
    const { hall } = hallWithConsole();
    hall.desk.setStanding({ frozen: 'storage-full' });
    hall.touch('call-console');
    hall.desk.setStanding({ frozen: null });
    hall.screen('staff');
    hall.sessions.staffLeft();
    await hall.nextCitizen();
  });

  it('get it where the page cannot be renewed; the end of the visit before is written down once', async () => {
    const hall = openHall({ onEnd: () => Promise.reject(new Error('no window')) });
    hall.sessions.onConsole(() => {});
    await hall.goTo('consent');
    hall.sessions.reset();
    await hall.timers.advance(60_000);
    hall.touch('call-console');
    hall.screen('staff');
    hall.sessions.staffLeft();
    await hall.timers.advance(60_000);
    hall.screen('closed');
    const ends = hall.audit.filter(({ type }) => type === 'session.ended' || type === 'session.wiped');
    expect(ends.map(({ type }) => type)).toEqual(['session.wiped', 'session.ended']);
  });

  it('get nothing while a citizen is served', async () => {
    const staffed = hallWithConsole();
    const { hall } = staffed;
    for (const screen of ['language', 'consent', 'password', 'face', 'review', 'deciding'] as const) {
      await hall.goTo(screen);
      expect(hall.sessions.act({ type: 'call-console' }), screen).toBe(false);
    }
    expect(staffed.opened).toBe(0);
  });

  it('leave when they were never there: nothing happens', async () => {
    const { hall } = hallWithConsole();
    await hall.goTo('consent');
    hall.sessions.staffLeft();
    hall.screen('consent');
  });

  it('find a terminal without a console as it was', async () => {
    const hall = openHall();
    hall.touch('call-console');
    await hall.nextCitizen();
  });

  it('find a host that cannot show it: the terminal serves on', async () => {
    const hall = openHall();
    hall.sessions.onConsole(() => {
      throw new Error('no window');
    });
    hall.touch('call-console');
    await settle();
    expect(hall.errors).toBe(1);
    await hall.nextCitizen();
  });
});
