import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { barResults } from './report/bars.ts';
import { figureLines } from './report/lines.ts';
import { type AttackResults, resultsOf } from './report/results.ts';
import { keptIn, LIVE, readProgramme } from './run/programme.ts';
import { ATTACK_SPECIES } from './species/all-species.ts';
import { PRESENTATIONS } from './species/species.ts';

/** Of each species' recordings; `npm run attacks -- --from-records` takes them all. */
const RECORDINGS = 1;

/**
 * The committed records before the judge of today. Nothing is rendered: whether scenes or reader have changed since is
 * for `npm run attacks` to say.
 */
const programme = readProgramme({ only: [], kept: keptIn(resolve(import.meta.dirname)), files: null });
const recorded = (species: string) =>
  programme.groups
    .filter((group) => group.species === species)
    .flatMap(({ entries }) => entries)
    .filter(({ record }) => record !== null).length;

describe('every species is on record', () => {
  it.each(ATTACK_SPECIES.map(({ id }) => id))('%s', (species) => {
    const why = `npm run attacks -- --species ${species} records what is missing`;
    expect(recorded(species), why).toBeGreaterThanOrEqual(PRESENTATIONS);
  });

  it('and a hundred living people', () => {
    expect(recorded(LIVE), 'npm run attacks -- --live records what is missing').toBeGreaterThanOrEqual(100);
  });
});

describe('the bars over what is on record', () => {
  let results: AttackResults;
  beforeAll(async () => {
    const recordings = programme.recordings.map(({ species, entries }) => ({
      species,
      entries: entries.slice(0, RECORDINGS),
    }));
    results = await resultsOf({ ...programme, recordings });
  });

  it('are all kept', () => {
    expect(barResults(results).filter(({ outcome }) => outcome !== 'met')).toEqual([]);
  });

  it('are told in the document with the very figures of the records', () => {
    const document = readFileSync(resolve(import.meta.dirname, '../../docs/liveness.md'), 'utf8');
    expect(document).toContain(`\`\`\`text\n${figureLines(results).join('\n')}\n\`\`\``);
  });
});
