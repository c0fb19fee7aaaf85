import { judgeEvidence } from '#domain/liveness/judge-evidence.ts';
import { nodeDigests } from '#protocol/digests.ts';
import { type Replayed, replay, replayedTogether } from '../replay/drawn-plans.ts';
import type { AttackRecord } from '../run/attack-record.ts';
import { LIVE, type Programme } from '../run/programme.ts';
import { momentAt } from '../run/screen.ts';
import { BEGINS_AT } from '../run/virtual-try.ts';
import { ATTACK_SPECIES } from '../species/all-species.ts';
import { livePresentations } from '../species/live/live-presentations.ts';
import type { Presentation, Species } from '../species/species.ts';
import { type JudgedPresentation, type Rates, ratesOf } from './rates.ts';

/** What a run found; everything that is reported is a function of this. */
export interface AttackResults {
  readonly species: readonly SpeciesResult[];
  readonly live: LiveResult | null;
  readonly replayed: readonly ReplayedSpecies[];
  /** Ids of presentations without a record. */
  readonly missing: readonly string[];
  /** Ids of presentations that would be shown, rendered or read differently now than when they were recorded. */
  readonly outdated: readonly string[];
}

export interface SpeciesResult {
  readonly species: Species;
  readonly rates: Rates;
  readonly judged: readonly JudgedPresentation[];
}

export interface LiveResult {
  readonly all: Rates;
  /** Those who stand so that no hint asks for a better position first: the bar is theirs. */
  readonly wellPlaced: Rates;
  readonly byPlace: readonly { readonly place: string; readonly rates: Rates }[];
  readonly byHabit: readonly { readonly habit: string; readonly rates: Rates }[];
  readonly judged: readonly JudgedPresentation[];
}

export interface ReplayedSpecies {
  readonly species: Species;
  readonly all: Replayed;
  readonly recordings: readonly Replayed[];
}

/** Judges every record again with the judge of today. */
export async function resultsOf(programme: Programme): Promise<AttackResults> {
  const judged = new Map(
    programme.groups.map(({ species, entries }) => [
      species,
      entries.flatMap(({ presentation, record }): JudgedPresentation[] =>
        record === null
          ? []
          : [
              {
                id: presentation.id,
                species,
                conditions: presentation.conditions,
                verdict: judgeEvidence(record.evidence, nodeDigests).verdict,
                gained: hasGained({ species, presentation, record }),
                took: record.faceAt === null ? null : record.readyAt - record.faceAt,
              },
            ],
      ),
    ]),
  );
  const entries = [
    ...programme.groups.flatMap((group) => group.entries),
    ...programme.recordings.flatMap((group) =>
      group.entries.map((entry) => ({
        ...entry,
        presentation: { id: `${entry.presentation.id} (recording)` },
      })),
    ),
  ];
  const live = judged.get(LIVE);
  return {
    species: ATTACK_SPECIES.flatMap((species) => {
      const own = judged.get(species.id);
      return own === undefined ? [] : [{ species, rates: ratesOf(own), judged: own }];
    }),
    live: live === undefined ? null : liveResult(live),
    replayed: await replayedSpecies(programme),
    missing: entries.filter(({ record }) => record === null).map(({ presentation }) => presentation.id),
    outdated: entries
      .filter(({ record, current }) => record !== null && !current)
      .map(({ presentation }) => presentation.id),
  };
}

/** Whether a picture of the evidence shows what the attacker wanted it to. */
function hasGained(told: {
  readonly species: string;
  readonly presentation: Presentation;
  readonly record: AttackRecord;
}): boolean {
  const { species, presentation, record } = told;
  const gains = ATTACK_SPECIES.find(({ id }) => id === species)?.gains;
  if (gains === undefined) return true;
  const { tries, portrait } = record.evidence;
  const pictures = [...tries.flatMap(({ keyFrames }) => keyFrames), ...(portrait === null ? [] : [portrait])];
  return pictures.some(({ at }) => gains(presentation.perform(momentAt(at - BEGINS_AT, record.shown))));
}

function liveResult(judged: readonly JudgedPresentation[]): LiveResult {
  const asks = new Set(livePresentations().flatMap(({ id, asksForBetter }) => (asksForBetter ? [id] : [])));
  const groups = (nameOf: (presentation: JudgedPresentation) => string) =>
    [...Map.groupBy(judged, nameOf)].map(([name, own]) => ({ name, rates: ratesOf(own) }));
  return {
    all: ratesOf(judged),
    wellPlaced: ratesOf(judged.filter(({ id }) => !asks.has(id))),
    byPlace: groups(({ id, conditions }) => placeOf(conditions, asks.has(id))).map(({ name, rates }) => ({
      ...{ place: name, rates },
    })),
    byHabit: groups(({ conditions }) => String(conditions.habit)).map(({ name, rates }) => ({
      ...{ habit: name, rates },
    })),
    judged,
  };
}

function placeOf({ light, level, distance }: JudgedPresentation['conditions'], asks: boolean): string {
  const decimetres = Number(distance);
  const reach = decimetres < 5.7 ? 'near' : decimetres < 7 ? 'a step back' : 'far';
  return `${light} ${level}, ${reach}${asks ? ' (hints ask for better)' : ''}`;
}

async function replayedSpecies({ recordings }: Programme): Promise<readonly ReplayedSpecies[]> {
  const found: ReplayedSpecies[] = [];
  for (const { species: id, entries } of recordings) {
    const species = ATTACK_SPECIES.find((each) => each.id === id);
    const each: Replayed[] = [];
    for (const { record } of entries) if (record !== null) each.push(await replay(record));
    if (species !== undefined && each.length > 0)
      found.push({ species, all: replayedTogether(id, each), recordings: each });
  }
  return found;
}
