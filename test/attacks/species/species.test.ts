import { describe, expect, it } from 'vitest';
import { ACTIONS } from '#domain/liveness/action.ts';
import { HEADS } from '../../citizens/citizen-controls.ts';
import type { View } from '../../citizens/scene-view.ts';
import { ATTACK_SPECIES } from './all-species.ts';
import { livePresentations } from './live/live-presentations.ts';
import { momentIn, momentWithHint, sampleMoments } from './sample-moments.ts';
import { PRESENTATIONS, type Presentation } from './species.ts';
import { faults } from './view-faults.ts';

const MOMENTS = sampleMoments(1370);
const presentations = ATTACK_SPECIES.flatMap((species) => species.presentations());
const of = (id: string) => ATTACK_SPECIES.find((species) => species.id === id)?.presentations() ?? [];

function lifeOf({ perform }: Presentation): readonly View[] {
  return MOMENTS.map(perform);
}

describe('every species', () => {
  it('has names of its own', () => {
    const ids = ATTACK_SPECIES.map((species) => species.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ATTACK_SPECIES.map((species) => species.name.zh)).size).toBe(ids.length);
    const all = presentations.map((presentation) => presentation.id);
    expect(new Set(all).size).toBe(all.length);
  });

  it.each(ATTACK_SPECIES)('$id is presented often enough, of enough people', (species) => {
    const made = species.presentations();
    expect(made.length).toBeGreaterThanOrEqual(PRESENTATIONS);
    expect(new Set(made.map((presentation) => presentation.identity)).size).toBeGreaterThanOrEqual(4);
    const lives = made.map((presentation) => JSON.stringify(lifeOf(presentation)));
    expect(new Set(lives).size).toBe(made.length);
  });

  it.each(ATTACK_SPECIES)(
    '$id does the same at the same moment, and nothing that cannot be drawn',
    (species) => {
      const again = species.presentations();
      for (const [i, presentation] of species.presentations().entries()) {
        const backwards = MOMENTS.toReversed()
          .map((moment) => again[i]?.perform(moment))
          .reverse();
        const views = lifeOf(presentation);
        expect(backwards).toEqual(views);
        expect(JSON.parse(JSON.stringify(views))).toEqual(views);
        expect(views.flatMap(faults)).toEqual([]);
      }
    },
  );

  it('gives a camera’s noise to every picture but those that are fed in', () => {
    for (const species of ATTACK_SPECIES) {
      if (species.kind === 'injection' || species.id === 'spliced-injection') continue;
      for (const presentation of species.presentations()) {
        const frames = lifeOf(presentation).map((view) => view.noise?.frame);
        expect(new Set(frames).size).toBe(frames.length);
      }
    }
  });
});

describe('attackers', () => {
  it('turn a tilted photo the way that is asked', () => {
    for (const { perform } of of('tilted-photo')) {
      expect(heldYaw(perform(momentIn('turn-left', 1700)))).toBeGreaterThan(8);
      expect(heldYaw(perform(momentIn('turn-right', 1700)))).toBeLessThan(-8);
    }
  });

  it('leave a still photo alone', () => {
    for (const { perform } of of('still-photo')) {
      const [first] = perform(momentIn('turn-left', 0)).props ?? [];
      expect(perform(momentIn('turn-left', 1700)).props).toEqual([first]);
    }
  });

  it('blink behind a mask and turn it', () => {
    for (const { perform } of of('eyes-cut-out')) {
      const blinks = range(400, 2600, 20).map((since) => eyes(perform(momentIn('blink', since))));
      expect(Math.max(...blinks)).toBeGreaterThan(0.6);
      const turns = range(400, 2600, 20).map((since) => heldYaw(perform(momentIn('turn-left', since))));
      expect(Math.max(...turns)).toBeGreaterThan(20);
    }
  });

  it('turn and nod a mannequin, whose face never moves', () => {
    for (const { perform } of of('mannequin')) {
      const turns = range(500, 2600, 20).map((since) => heldYaw(perform(momentIn('turn-right', since))));
      expect(Math.min(...turns)).toBeLessThan(-20);
      expect(perform(momentIn('smile', 1500)).people).toEqual([]);
    }
  });

  it('show the asked action when they know the order, and their own when they guess', () => {
    const shown = (perform: Presentation['perform']) =>
      ACTIONS.map((action) =>
        Math.max(...range(300, 2600, 20).map((since) => shownYaw(perform(momentIn(action, since))))),
      );
    for (const { perform } of of('replay-known-order')) expect(shown(perform)[0]).toBeGreaterThan(20);
    const guessed = of('replay-guessed-order').filter(({ perform }) => (shown(perform)[0] ?? 0) > 20);
    expect(guessed.length).toBeLessThan(PRESENTATIONS / 2);
  });

  it('jump to the asked action in a spliced recording, and back', () => {
    for (const id of ['spliced-injection', 'spliced-on-screen']) {
      for (const { perform } of of(id)) {
        const yawOf = (view: View) => (view.props?.length ? shownYaw(view) : yaw(view));
        const yaws = range(300, 3400, 20).map((since) => yawOf(perform(momentIn('turn-left', since))));
        expect(Math.max(...yaws)).toBeGreaterThan(20);
        const answered = momentIn('turn-left', 2600);
        const afterwards = perform({ ...answered, time: answered.time + 3000 });
        expect(Math.abs(yawOf(afterwards))).toBeLessThan(6);
      }
    }
  });

  it('feed the same picture again when it is frozen or looped', () => {
    for (const { perform } of of('frozen-injection')) {
      expect(perform(momentIn('smile', 900))).toEqual(perform(momentIn('blink', 900)));
    }
    for (const { perform, conditions } of of('looped-injection')) {
      const now = momentIn('nod', 900);
      const later = { ...now, time: now.time + Number(conditions.loop) };
      expect(perform(later)).toEqual(perform(now));
    }
  });

  it('hold the photo before the stranger for a part of the try only', () => {
    for (const { perform } of of('swapped-photo')) {
      const withPhoto = MOMENTS.filter((moment) => (perform(moment).props ?? []).length > 0);
      expect(withPhoto.length).toBeGreaterThan(0);
      expect(withPhoto.length).toBeLessThan(MOMENTS.length);
    }
  });
});

describe('living people', () => {
  const live = livePresentations();

  it('are many, of all identities, lights and habits', () => {
    expect(live.length).toBeGreaterThanOrEqual(100);
    expect(new Set(live.map((each) => each.identity)).size).toBe(HEADS.length);
    expect(new Set(live.map((each) => each.conditions.light)).size).toBe(4);
    expect(live.filter((each) => !each.asksForBetter).length).toBeGreaterThanOrEqual(80);
    expect(new Set(live.map((each) => JSON.stringify(each.perform(momentIn('nod', 900))))).size).toBe(
      live.length,
    );
  });

  it('do the same at the same moment, and nothing that cannot be drawn', () => {
    const again = livePresentations();
    for (const [i, { perform }] of live.entries()) {
      const views = MOMENTS.map(perform);
      expect(JSON.stringify(MOMENTS.map((moment) => again[i]?.perform(moment)))).toBe(JSON.stringify(views));
      expect(views.flatMap(faults)).toEqual([]);
    }
  });

  it('come closer when they are told that they are too far off', () => {
    for (const { perform } of live) {
      const far = perform(momentWithHint(400, 'too-far')).people[0]?.pose.z ?? 0;
      const near = perform(momentWithHint(4000, 'too-far')).people[0]?.pose.z ?? 0;
      expect(near - far).toBeGreaterThan(1.5);
    }
  });

  it('turn away from a window when they are told of the light behind them', () => {
    for (const { perform, conditions } of live) {
      if (conditions.light !== 'back') continue;
      expect(perform(momentWithHint(400, 'light-behind')).light?.kind).toBe('back');
      expect(perform(momentWithHint(5000, 'light-behind')).light?.kind).toBe('side');
    }
  });

  it('turn when they are asked, however slow they are', () => {
    for (const { perform } of live) {
      const turns = range(400, 3400, 20).map((since) => yaw(perform(momentIn('turn-left', since))));
      expect(Math.max(...turns)).toBeGreaterThan(18);
    }
  });
});

function range(from: number, until: number, step: number): number[] {
  return Array.from({ length: Math.ceil((until - from) / step) }, (_, i) => from + i * step);
}

function yaw(view: View): number {
  return view.people[0]?.pose.yaw ?? 0;
}

function eyes(view: View): number {
  return view.people[0]?.pose.closeEyes ?? 0;
}

function heldYaw(view: View): number {
  return view.props?.[0]?.held.yaw ?? 0;
}

function shownYaw(view: View): number {
  const [prop] = view.props ?? [];
  return prop?.kind === 'screen' ? Math.max(...prop.shows.map((shown) => yaw(shown.view))) : 0;
}
