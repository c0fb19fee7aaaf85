import { expect, it } from 'vitest';
import { createActor, SimulatedClock } from 'xstate';
import { sessionChart } from '#domain/session/chart.ts';
import type { ChartEvent } from '#domain/session/chart-event.ts';
import { snapshotOf } from '#domain/session/project.ts';
import type { Screen } from '#domain/session/snapshot.ts';
import { STANDING_WELL, WAYS } from './chart-events.ts';
import { VIEW } from './record-view.ts';

const SCANNER_READY = { type: 'device.changed', role: 'scanner', state: 'ready' } as const;
const SCANNER_LOST = { type: 'device.changed', role: 'scanner', state: 'connecting' } as const;

function atThePhoneStep() {
  const started: string[] = [];
  const actor = createActor(
    sessionChart.provide({ actions: { startScanner: () => started.push('startScanner') } }),
    { clock: new SimulatedClock() },
  );
  actor.start();
  const tell = (...events: readonly ChartEvent[]) => {
    for (const event of events) actor.send(event);
  };
  tell(STANDING_WELL, { type: 'device.changed', role: 'reader', state: 'ready' }, SCANNER_READY);
  const phone = WAYS.full.findIndex(({ type }) => type === 'phone.accepted');
  tell({ type: 'start' }, { type: 'continue' }, ...WAYS.full.slice(0, phone));
  const screen = (): Screen =>
    snapshotOf({
      state: actor.getSnapshot(),
      view: VIEW,
      number: 1,
      idleSecondsLeft: 1,
      actions: 3,
      notices: { simulated: false, offline: false, stationName: '' },
    }).screen;
  return { tell, screen, started };
}

it('a scanner that is ready again is told to look, and takes away nothing that the citizen is reading', () => {
  const { tell, screen, started } = atThePhoneStep();
  tell({ type: 'phone.refused', problem: 'bad-signature' });
  expect(screen()).toEqual({ name: 'phone', problem: 'bad-signature' });
  const before = started.length;
  tell(SCANNER_READY);
  expect(screen()).toEqual({ name: 'phone', problem: 'bad-signature' });
  expect(started.length).toBe(before + 1);
});

it('a scanner that is gone is said so before anything else', () => {
  const { tell, screen } = atThePhoneStep();
  tell({ type: 'phone.refused', problem: 'bad-signature' }, SCANNER_LOST);
  expect(screen()).toEqual({ name: 'phone', problem: 'scanner-missing' });
});
