import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '#domain/session/snapshot.ts';
import { watchActivity } from '#renderer/citizen/watch-activity.ts';

const inSession: Snapshot = {
  number: 1,
  language: 'en',
  screen: { name: 'consent', textVersion: '1' },
  progress: { step: 2, of: 8 },
  canGoBack: true,
  canCancel: true,
  helpOpen: false,
  cancelAsked: false,
  idleSecondsLeft: null,
  notices: { simulated: true, offline: false, stationName: '' },
};

function watch(snapshot: Snapshot | null) {
  const target = new EventTarget();
  let time = 0;
  let told = 0;
  watchActivity({
    target,
    now: () => time,
    station: {
      snapshot: signal(snapshot),
      noteActivity: () => {
        told += 1;
      },
    },
  });
  return {
    sign: (type: string, after: number) => {
      time += after;
      target.dispatchEvent(new Event(type));
    },
    told: () => told,
  };
}

describe('whoever reads or types', () => {
  it('is noticed by the station, but not at every stroke', () => {
    const { sign, told } = watch(inSession);
    sign('scroll', 0);
    sign('scroll', 200);
    sign('keydown', 5000);
    expect(told()).toBe(1);
    sign('pointerdown', 5000);
    expect(told()).toBe(2);
  });

  it('does not answer the question whether somebody is there by chance', () => {
    const { sign, told } = watch({ ...inSession, idleSecondsLeft: 12 });
    sign('pointerdown', 60_000);
    expect(told()).toBe(0);
  });

  it('is nobody’s business outside a session', () => {
    for (const snapshot of [null, { ...inSession, screen: { name: 'attract' } } as const]) {
      const { sign, told } = watch(snapshot);
      sign('pointerdown', 60_000);
      expect(told()).toBe(0);
    }
  });
});
