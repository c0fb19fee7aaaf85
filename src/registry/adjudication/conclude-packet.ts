import type { RandomBytes } from '#domain/clock.ts';
import { type Application, gradeAsked } from '#domain/enrolment/application.ts';
import { assertNever } from '#domain/result.ts';
import { thumbprintOf } from '#protocol/keys/kid.ts';
import type { EidPassword, Issuance } from '../issuance/issuance.ts';
import { freeStatusIndex } from '../issuance/status-index.ts';
import type { Queries } from '../store/store.ts';
import { claimNonces } from './claim-nonces.ts';
import { reportedBy } from './enrolled-at.ts';
import type { Examined } from './examine-packet.ts';
import { countWrongTry, type HeldEid, hasOpenCase, heldEid, revokeEid } from './held-eid.ts';
import { keepPlans, type PlanFault } from './keep-plans.ts';
import { type ProvedPassword, passwordStanding } from './password-proof.ts';
import type { WaitingPacket } from './waiting-packets.ts';
import { type Outcome, type PasswordStanding, weighEnrolment } from './weigh-enrolment.ts';

export type Conclusion =
  | { readonly kind: 'decided'; readonly outcome: Outcome; readonly planFaults: readonly PlanFault[] }
  /** Somebody else decided on the packet first; nothing was changed. */
  | { readonly kind: 'decided-already' }
  /** The person's e-ID is another by now than the password was compared with; nothing was changed. */
  | { readonly kind: 'proof-outdated' };

const MALFORMED: Outcome = { outcome: 'rejected', reason: 'rejected-malformed' };

/** The e-ID that an examined packet is about; null when the person has none. */
export async function eidConcerned(
  queries: Queries,
  { examined, at }: { readonly examined: Examined; readonly at: number },
): Promise<HeldEid | null> {
  const { facts, lookup } = examined;
  if (lookup === null) return null;
  // A report can travel for weeks. It ends what was lost then, not what the person was given since.
  const issuedBy = facts.enrolment.application === 'report-lost' ? reportedBy(facts) : null;
  return heldEid(queries, { lookup, at, issuedBy });
}

/**
 * Decides on a packet and does all that follows from it, inside one transaction: concluding twice does nothing twice.
 *
 * @param examined null when the packet could not be opened
 * @param proved null when there was no password to prove
 */
export async function concludePacket(request: {
  readonly queries: Queries;
  readonly waiting: WaitingPacket;
  readonly examined: Examined | null;
  readonly proved: ProvedPassword | null;
  readonly issuance: Issuance;
  readonly decidedAt: number;
  readonly randomBytes: RandomBytes;
}): Promise<Conclusion> {
  const { queries, waiting, examined, decidedAt } = request;
  const { packetId, stationId, envelopeSha256 } = waiting;
  if (await isDecided(queries, packetId)) return { kind: 'decided-already' };
  const held = examined === null ? null : await eidConcerned(queries, { examined, at: decidedAt });
  const isProof = examined?.facts.enrolment.password.kind === 'proof';
  const password = passwordStanding({ isProof, held, proved: request.proved });
  if (password === 'outdated') return { kind: 'proof-outdated' };

  const plans = examined?.plans ?? [];
  const planFaults = await keepPlans(queries, { packetId, stationId, plans });
  const outcome =
    examined === null ? MALFORMED : await settle({ ...request, examined, held, password, planFaults });
  const enrolment = examined?.facts.enrolment ?? null;
  // What cannot be opened asks for nothing that is known; `basic` is the least of what there is.
  const application: Application = enrolment?.application ?? 'basic';
  const phone = enrolment?.phone ?? null;
  await queries
    .insertInto('decisions')
    .values({
      packet_id: packetId,
      station_id: stationId,
      installation: waiting.installation,
      ...outcome,
      decided_at: decidedAt,
      statement: request.issuance.signDecision({
        ...{ packetId, stationId, envelopeSha256, application, decidedAt },
        ...outcome,
      }),
      phone_thumbprint: phone === null ? null : thumbprintOf(phone.publicKey),
    })
    .execute();
  await queries
    .updateTable('packets')
    .set({ adjudication: 'done' })
    .where('packet_id', '=', packetId)
    .execute();
  return { kind: 'decided', outcome, planFaults };
}

async function isDecided(queries: Queries, packetId: string): Promise<boolean> {
  const row = await queries
    .selectFrom('packets')
    .select('adjudication')
    .where('packet_id', '=', packetId)
    .executeTakeFirst();
  return row?.adjudication === 'done';
}

interface Settling {
  readonly queries: Queries;
  readonly waiting: WaitingPacket;
  readonly examined: Examined;
  readonly held: HeldEid | null;
  readonly password: PasswordStanding;
  readonly planFaults: readonly PlanFault[];
  readonly issuance: Issuance;
  readonly decidedAt: number;
  readonly randomBytes: RandomBytes;
}

async function settle(request: Settling): Promise<Outcome> {
  const { queries, waiting, examined, held, password, planFaults } = request;
  const { facts, lookup } = examined;
  const outcome = weighEnrolment({
    ...facts,
    noncesGenuine: await claimNonces(queries, { ...waiting, nonces: examined.nonces }),
    planFaults,
    holds: held?.grade ?? null,
    openCase: lookup !== null && (await hasOpenCase(queries, lookup)),
    password,
  });
  if (held !== null && isCountedTry(outcome, password)) await countWrongTry(queries, held);
  if (lookup === null) return outcome;
  const { packetId } = waiting;
  switch (outcome.outcome) {
    case 'rejected':
      return outcome;
    case 'referred':
      if (asksForFirst(facts.enrolment.application)) {
        await queries.insertInto('persons').values({ lookup, packet_id: packetId }).execute();
      }
      return outcome;
    case 'revoked':
      if (held !== null) {
        await revokeEid(queries, { eid: held, packetId, at: request.decidedAt, revocation: 'lost' });
      }
      return outcome;
    case 'issued':
      return issue({ ...request, lookup, outcome });
    default:
      return assertNever(outcome.outcome);
  }
}

/** Only a try that decided counts: who fails before it has not used it up. */
function isCountedTry({ reason }: Outcome, password: PasswordStanding): boolean {
  if (reason !== 'referred-password' && reason !== 'rejected-password-blocked') return false;
  return password === 'wrong' || password === 'wrong-at-last';
}

function asksForFirst(application: Application): boolean {
  return application === 'basic' || application === 'full';
}

async function issue(
  request: Settling & { readonly lookup: Uint8Array; readonly outcome: Outcome },
): Promise<Outcome> {
  const { queries, waiting, examined, held, issuance, decidedAt, lookup, outcome } = request;
  const { enrolment, identity } = examined.facts;
  const grade = gradeAsked(enrolment.application);
  const name = identity.source === 'card' ? (identity.card?.name ?? null) : identity.name;
  const password = passwordOf(enrolment.password, held);
  if (grade === null || name === null || password === null) return MALFORMED;
  const statusIndex = await freeStatusIndex(queries, request.randomBytes);
  const minted = issuance.mint({ enrolment, grade, name, password, issuedAt: decidedAt, statusIndex });
  if (!minted.ok) return MALFORMED;
  const { packetId } = waiting;
  if (held !== null) await revokeEid(queries, { eid: held, packetId, at: decidedAt, revocation: 'upgraded' });
  await queries
    .insertInto('eids')
    .values({ ...minted.value, packet_id: packetId, lookup })
    .execute();
  await queries.insertInto('persons').values({ lookup, packet_id: packetId }).execute();
  return outcome;
}

/** An upgraded e-ID keeps the password that was proved. */
function passwordOf(
  sealed: Examined['facts']['enrolment']['password'],
  held: HeldEid | null,
): EidPassword | null {
  if (sealed.kind === 'chosen') return sealed;
  return held === null ? null : { kind: 'kept', kept: held.password };
}
