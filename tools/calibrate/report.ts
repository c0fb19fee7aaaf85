import { COMPARISON_TABLE } from '#domain/comparison/comparison-table.ts';
import type { Proportion } from './proportion.ts';
import { type Distances, type Rates, ratesOf } from './rates.ts';
import type { Sample } from './sample.ts';

/** What the JSON beside the printed words holds: numbers, and no picture, embedding or file name. */
export interface Calibration {
  readonly source: 'generated-heads' | 'own-pictures';
  readonly claim: string;
  readonly limits: { readonly same: number; readonly different: number };
  readonly pictures: number;
  readonly people: number | null;
  readonly unread: Readonly<Record<string, number>>;
  readonly medianMs: number;
  readonly groups: Readonly<Record<string, Group>>;
}

interface Group {
  readonly genuine: Spread;
  readonly impostor: Spread;
  readonly rates: Rates;
}

interface Spread {
  readonly count: number;
  readonly least: number | null;
  readonly median: number | null;
  readonly most: number | null;
}

export const CLAIM = {
  'generated-heads':
    'Generated heads: a regression test of this program. It says nothing about real faces, and is no evidence after ISO/IEC 19795.',
  'own-pictures': 'Measured on pictures of your own: as good as the choice of people and pictures.',
} as const;

export function calibrationOf(measured: {
  readonly source: Calibration['source'];
  readonly samples: readonly Sample[];
  readonly people: number | null;
  readonly groups: Readonly<Record<string, Distances>>;
}): Calibration {
  const { source, samples, people, groups } = measured;
  const faults = samples.flatMap(({ fault }) => (fault === null ? [] : [fault]));
  return {
    source,
    claim: CLAIM[source],
    limits: { same: COMPARISON_TABLE.same.value, different: COMPARISON_TABLE.different.value },
    pictures: samples.length,
    people,
    unread: Object.fromEntries(
      [...new Set(faults)].map((fault) => [fault, faults.filter((each) => each === fault).length]),
    ),
    medianMs: Math.round(spread(samples.map(({ tookMs }) => tookMs)).median ?? 0),
    groups: Object.fromEntries(
      Object.entries(groups).map(([name, distances]) => [
        name,
        {
          genuine: spread(distances.genuine),
          impostor: spread(distances.impostor),
          rates: ratesOf(distances),
        },
      ]),
    ),
  };
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  return {
    count: sorted.length,
    least: sorted[0] ?? null,
    median: sorted[Math.floor(sorted.length / 2)] ?? null,
    most: sorted.at(-1) ?? null,
  };
}

export function calibrationText(calibration: Calibration): string {
  const { limits, unread, groups } = calibration;
  const faults = Object.entries(unread).map(([fault, count]) => `${count} ${fault}`);
  return [
    calibration.claim,
    `${calibration.pictures} pictures${calibration.people === null ? '' : ` of ${calibration.people} people`}, ${calibration.medianMs} ms each (median); not read: ${faults.join(', ') || 'none'}`,
    `the table: same up to ${limits.same}, different above ${limits.different}`,
    ...Object.entries(groups).flatMap(([name, group]) => groupText(name, group)),
    '',
  ].join('\n');
}

function groupText(name: string, { genuine, impostor, rates }: Group): readonly string[] {
  const { equalError, missedAtOneInThousand: missed } = rates;
  return [
    '',
    name,
    `  the same person       ${spreadText(genuine)}`,
    `  another one           ${spreadText(impostor)}`,
    ...(genuine.count > 0
      ? [
          `  own, "different"      ${percent(rates.falseDifferent)}`,
          `  own, "cannot tell"    ${percent(rates.genuineUntold)}`,
        ]
      : []),
    ...(impostor.count > 0
      ? [
          `  others, "same"        ${percent(rates.falseSame)}`,
          `  others, "cannot tell" ${percent(rates.impostorUntold)}`,
        ]
      : []),
    ...(equalError === null
      ? []
      : [`  equal error           ${percent(equalError.rate)} at ${number(equalError.limit)}`]),
    ...(missed === null
      ? []
      : [`  missed at FMR 0.1 %   ${percent(missed.rate)} at ${number(missed.limit)}`]),
  ];
}

function spreadText({ count, least, median, most }: Spread): string {
  return count === 0
    ? 'no pairs'
    : `${count} pairs, ${number(least)} to ${number(most)}, median ${number(median)}`;
}

function percent({ count, of, share, low, high }: Proportion): string {
  const text = (value: number) => `${(value * 100).toFixed(1)} %`;
  return `${text(share)} (${count} of ${of}; 95 %: ${text(low)} to ${text(high)})`;
}

function number(value: number | null): string {
  return value === null ? '-' : value.toFixed(2);
}
