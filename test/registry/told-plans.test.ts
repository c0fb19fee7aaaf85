import { describe, expect, it } from 'vitest';
import type { AbandonedPlan, LivenessEvidence } from '#domain/liveness/evidence.ts';
import { ABANDONED_PLANS } from '#domain/policy/abandoned-plans.ts';
import { decide, hall, newStation } from './hall.ts';
import { PEOPLE } from './people.ts';
import { randomBytes } from './registry-fixture.ts';
import { playEvidence } from './test-evidence.ts';
import type { TestStation } from './test-station.ts';

async function reasonFor(station: TestStation, evidence: LivenessEvidence, person = PEOPLE.lin) {
  const packet = await station.packet({ person, edit: (enrolment) => ({ ...enrolment, evidence }) });
  return (await decide(station, packet)).decision.reason;
}

function gaveUp(count: number): readonly AbandonedPlan[] {
  return Array.from({ length: count }, () => ({ commitment: randomBytes(32), reason: 'left' }));
}

describe('a plan that a station tells of', () => {
  it('a second time, in another packet, is looked at by a person', async () => {
    const { station } = await hall();
    const evidence = playEvidence({});
    expect(await reasonFor(station, evidence)).toBe('issued');
    expect(await reasonFor(station, evidence, PEOPLE.mei)).toBe('referred-liveness');
  });

  it('a second time, from another hall, is looked at too', async () => {
    const place = await hall();
    const evidence = playEvidence({});
    expect(await reasonFor(place.station, evidence)).toBe('issued');
    const other = await newStation(place.registry, 'hall-2');
    expect(await reasonFor(other, evidence, PEOPLE.mei)).toBe('referred-liveness');
  });

  it('as given up and as used is looked at', async () => {
    const { station } = await hall();
    const evidence = playEvidence({});
    const commitment = evidence.tries[0]?.commitment ?? randomBytes(32);
    const both = { ...evidence, abandoned: [{ commitment, reason: 'left' as const }] };
    expect(await reasonFor(station, both)).toBe('referred-liveness');
  });
});

describe('a station that gives plans up', () => {
  it('now and then is believed', async () => {
    const { station } = await hall();
    expect(await reasonFor(station, { ...playEvidence({}), abandoned: gaveUp(5) })).toBe('issued');
  });

  it('more often than not, over many, is looked at', async () => {
    const { station } = await hall();
    const often = { ...playEvidence({}), abandoned: gaveUp(ABANDONED_PLANS.fewest - 1) };
    expect(await reasonFor(station, often)).toBe('referred-liveness');
  });

  it('is believed again when it has used as many since; another station always was', async () => {
    const place = await hall();
    const often = { ...playEvidence({}), abandoned: gaveUp(ABANDONED_PLANS.fewest - 1) };
    expect(await reasonFor(place.station, often)).toBe('referred-liveness');
    const other = await newStation(place.registry, 'hall-2');
    expect(await reasonFor(other, playEvidence({}), PEOPLE.mei)).toBe('issued');
  });
});
