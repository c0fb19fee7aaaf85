import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '#domain/session/snapshot.ts';
import { HEALTHY, judgeLook, type Look } from '#shell/health-rule.ts';
import { keepServing } from '#shell/keep-serving.ts';
import { silentLog } from '#station/log/station-log.ts';
import type { Standing } from '#station/ports.ts';
import { manualTimers } from '../../drivers/manual-timers.ts';

const GOOD: Look = { station: 'answers', page: 'answers' };

describe('the rule of health', () => {
  it('renews a page that is silent twice in a row, and counts anew', () => {
    const silent: Look = { station: 'answers', page: 'silent' };
    const first = judgeLook(HEALTHY, silent);
    const second = judgeLook(first.health, silent);
    const third = judgeLook(second.health, silent);
    expect([first, second, third].map(({ action }) => action)).toEqual(['none', 'renew-page', 'none']);
  });

  it('forgives a page that was busy once', () => {
    const first = judgeLook(HEALTHY, { station: 'answers', page: 'silent' });
    expect(judgeLook(first.health, GOOD).health).toEqual(HEALTHY);
  });

  it('ends the process when the station fails three times in a row', () => {
    const fails: Look = { station: 'fails', page: 'answers' };
    let health = HEALTHY;
    const actions = [fails, fails, fails].map((look) => {
      const judged = judgeLook(health, look);
      health = judged.health;
      return judged.action;
    });
    expect(actions).toEqual(['none', 'none', 'end-process']);
  });

  it('gives a sign of life exactly when the station works', () => {
    const looks = fc.record({
      station: fc.constantFrom<Look['station']>('answers', 'fails'),
      page: fc.constantFrom<Look['page']>('answers', 'silent'),
    });
    fc.assert(
      fc.property(fc.array(looks), (sequence) => {
        let health = HEALTHY;
        for (const look of sequence) {
          const judged = judgeLook(health, look);
          expect(judged.alive).toBe(look.station === 'answers');
          expect(judged.action === 'renew-page' && look.page === 'answers').toBe(false);
          health = judged.health;
        }
      }),
    );
  });
});

describe('a terminal that serves', () => {
  function serving() {
    const timers = manualTimers();
    const said: string[] = [];
    const ended: number[] = [];
    const signals = new EventEmitter();
    const state = {
      screen: 'attract',
      face: 'citizen' as 'citizen' | 'console',
      works: true,
      page: 'answers',
    };
    let lost = 0;
    const kept = keepServing({
      station: {
        snapshot: () => ({ screen: { name: state.screen } }) as unknown as Snapshot,
        standing: () => {
          if (!state.works) throw new Error('the vault is gone');
          return {} as Standing;
        },
      },
      screen: {
        face: () => state.face,
        ask: () => {
          if (state.page === 'answers') return Promise.resolve(0);
          return state.page === 'broken' ? Promise.reject(new Error('no page')) : new Promise(() => {});
        },
        lost: () => {
          lost += 1;
        },
      },
      manager: {
        ready: async () => void said.push('ready'),
        alive: async () => void said.push('alive'),
        stopping: async () => void said.push('stopping'),
      },
      timers,
      log: silentLog,
      signals: signals as unknown as NodeJS.Process,
      end: (code) => void ended.push(code),
    });
    return { timers, said, ended, signals, state, kept, lost: () => lost };
  }

  it('says that it is ready, and every ten seconds that it lives', async () => {
    const { timers, said } = serving();
    await timers.advance(30_500);
    expect(said).toEqual(['ready', 'alive', 'alive', 'alive']);
  });

  it('says nothing while its station fails, and ends after the third time', async () => {
    const { timers, said, ended, state } = serving();
    state.works = false;
    await timers.advance(40_000);
    expect(said).toEqual(['ready']);
    expect(ended).toEqual([1]);
  });

  it.each(['silent', 'broken'])('has a page that is %s replaced, and goes on living', async (page) => {
    const { timers, said, ended, state, lost } = serving();
    state.page = page;
    await timers.advance(31_000);
    expect(lost()).toBe(1);
    state.page = 'answers';
    await timers.advance(60_000);
    expect(lost()).toBe(1);
    expect(said.filter((word) => word === 'alive').length).toBeGreaterThanOrEqual(6);
    expect(ended).toEqual([]);
  });

  it('starts anew at once when it is asked while nobody is served', () => {
    const { ended, signals } = serving();
    signals.emit('SIGUSR2');
    expect(ended).toEqual([0]);
  });

  it('starts anew after the session when it is asked during one', () => {
    const { ended, signals, state, kept } = serving();
    state.screen = 'face';
    signals.emit('SIGUSR2');
    expect(ended).toEqual([]);
    kept.sessionOver();
    expect(ended).toEqual([0]);
  });

  it('does not start anew under the hands of a member of staff', () => {
    const { ended, signals, state } = serving();
    state.face = 'console';
    signals.emit('SIGUSR2');
    expect(ended).toEqual([]);
  });

  it('serves one citizen after the other when nobody asks', () => {
    const { ended, kept } = serving();
    kept.sessionOver();
    kept.sessionOver();
    expect(ended).toEqual([]);
  });

  it('looks no further once it has stopped', async () => {
    const { timers, said, signals, ended, kept } = serving();
    kept.stop();
    await timers.advance(60_000);
    signals.emit('SIGUSR2');
    expect(said).toEqual(['ready', 'stopping']);
    expect(ended).toEqual([]);
  });
});
