import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { barResults } from './report/bars.ts';
import { barLines, figureLines } from './report/lines.ts';
import { type AttackResults, resultsOf } from './report/results.ts';
import { keptIn, LIVE, readProgramme } from './run/programme.ts';
import { ATTACK_SPECIES } from './species/all-species.ts';
import { PRESENTATIONS } from './species/species.ts';

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

describe('what is on record, before the judge of today', () => {
  let results: AttackResults;
  beforeAll(async () => {
    results = await resultsOf({ ...programme, recordings: [] });
  });

  it('stands in the document, figure by figure, with the limits that are kept and those that are not', () => {
    const document = readFileSync(resolve(import.meta.dirname, '../../docs/liveness.md'), 'utf8');
    const measured = barResults(results).filter(({ outcome }) => outcome !== 'not-measured');
    const figures = [...figureLines(results), '', ...barLines(measured)];
    expect(document).toContain(`\`\`\`text\n${figures.join('\n')}\n\`\`\``);
  });
});
