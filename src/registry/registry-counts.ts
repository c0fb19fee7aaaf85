import type { ExpressionBuilder } from 'kysely';
import type { Store } from './store/store.ts';
import type { RegistryTables } from './store/tables.ts';

/** What the registry holds, in numbers. */
export interface RegistryCounts {
  readonly stations: number;
  readonly installations: number;
  readonly packets: number;
  /** Not yet adjudicated. */
  readonly waiting: number;
  /** Adjudication failed on them; a program's fault, never a decision. */
  readonly setAside: number;
  readonly issued: number;
  /** Loss reports that ended an e-ID. */
  readonly revoked: number;
  readonly referred: number;
  readonly rejected: number;
  readonly eids: number;
  readonly forked: number;
  readonly brokenLinks: number;
  /** Packets that a later one of the same chain shows to be missing. */
  readonly missing: number;
}

export async function countAll({ queries }: Store): Promise<RegistryCounts> {
  const packets = await queries
    .selectFrom('packets')
    .select((row) => [
      row.fn.countAll<number>().as('packets'),
      row.fn.countAll<number>().filterWhere('adjudication', '=', 'waiting').as('waiting'),
      row.fn.countAll<number>().filterWhere('adjudication', '=', 'failed').as('setAside'),
      row.fn.countAll<number>().filterWhere('forked', '=', 1).as('forked'),
      row.fn.countAll<number>().filterWhere('broken_link', '=', 1).as('brokenLinks'),
    ])
    .executeTakeFirstOrThrow();
  const decisions = await queries
    .selectFrom('decisions')
    .select((row) => [
      row.fn.countAll<number>().filterWhere('outcome', '=', 'issued').as('issued'),
      row.fn.countAll<number>().filterWhere('outcome', '=', 'revoked').as('revoked'),
      row.fn.countAll<number>().filterWhere('outcome', '=', 'referred').as('referred'),
      row.fn.countAll<number>().filterWhere('outcome', '=', 'rejected').as('rejected'),
    ])
    .executeTakeFirstOrThrow();
  const chains = await queries
    .selectFrom('chain_runs')
    .select((row) => [row.fn.max('last').as('head'), row.fn.sum<number>('last').as('lasts')])
    .select((row) => [row.fn.sum<number>('first').as('firsts'), row.fn.countAll<number>().as('runs')])
    .groupBy(['station_id', 'installation'])
    .execute();
  const missing = chains.reduce(
    (sum, chain) =>
      sum + Number(chain.head) - (Number(chain.lasts) - Number(chain.firsts) + Number(chain.runs)),
    0,
  );
  const others = await queries
    .selectNoFrom((row) => [
      countOf(row, 'stations').as('stations'),
      countOf(row, 'installations').as('installations'),
      countOf(row, 'eids').as('eids'),
    ])
    .executeTakeFirstOrThrow();
  return {
    stations: Number(others.stations),
    installations: Number(others.installations),
    eids: Number(others.eids),
    ...packets,
    ...decisions,
    missing,
  };
}

function countOf(
  row: ExpressionBuilder<RegistryTables, never>,
  table: 'stations' | 'installations' | 'eids',
) {
  return row.selectFrom(table).select((inner) => inner.fn.countAll<number>().as('rows'));
}
