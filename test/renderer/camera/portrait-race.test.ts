import { describe, expect, it } from 'vitest';
import { PortraitRace } from '#renderer/camera/portrait-race.ts';
import { FRONT, faceFrame, GOOD_LIGHT, type Pose } from '../../domain/liveness/synthetic-face.ts';

let at = 0;
const frame = (pose: Partial<Pose> = {}, light: Partial<typeof GOOD_LIGHT> = {}) => {
  // So far apart that nothing counts as movement.
  at += 1200;
  return faceFrame({ at, pose: { ...FRONT, ...pose }, light: { ...GOOD_LIGHT, ...light } });
};
/** A race that has seen a person at rest, and whose last picture was taken. */
function ready(): PortraitRace {
  const race = new PortraitRace();
  for (let i = 0; i < 25; i++) race.take(frame());
  race.restart();
  return race;
}

describe('the frame that is kept for a portrait', () => {
  it('is the first one, and then any with a better weakest measure', () => {
    const race = ready();
    expect(race.take(frame({}, { evenness: 0.3 }))).toBe(true);
    expect(race.take(frame({}, { evenness: 0.2 }))).toBe(false);
    expect(race.take(frame({}, { evenness: 0.9 }))).toBe(true);
  });

  it('passes the gate rather than scoring higher', () => {
    const race = ready();
    expect(race.take(frame({ yaw: 9 }, { evenness: 0.9, sharpness: 90 }))).toBe(true);
    expect(race.take(frame({ yaw: 1 }, { evenness: 0.1 }))).toBe(true);
    expect(race.take(frame({ yaw: 9 }, { evenness: 0.95, sharpness: 95 }))).toBe(false);
  });

  it('has the eyes as open as this person has them at rest', () => {
    const race = ready();
    expect(race.take(frame({ eyes: 0.7 }, { evenness: 0.9 }))).toBe(true);
    expect(race.take(frame({}, { evenness: 0.5 }))).toBe(true);
  });

  it('is looked for anew once the best was taken', () => {
    const race = ready();
    expect(race.take(frame())).toBe(true);
    expect(race.take(frame({}, { evenness: 0.3 }))).toBe(false);
    race.restart();
    expect(race.take(frame({}, { evenness: 0.3 }))).toBe(true);
  });

  it('is none whose light was not measured', () => {
    expect(ready().take({ ...frame(), light: null })).toBe(false);
  });
});
