import type { OperationMode } from '#contract/settings.ts';
import type { RandomBytes } from '#domain/clock.ts';
import { type EidReading, judgeEid, type StatusStatement } from '#domain/eid/judge-eid.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { CheckedEid } from '#domain/session/snapshot.ts';
import type { EidClaims } from '#protocol/eid-token.ts';
import { statusBlockOf } from '#protocol/status-list.ts';
import type { StationClock } from '#station/clock/station-clock.ts';
import type { RegistryLink } from '#station/desk/registry-link.ts';
import { within } from '#station/desk/within.ts';
import type { StationLog } from '#station/log/station-log.ts';
import type { CheckDesk } from '#station/ports.ts';
import type { InstallationStore } from '#station/provisioning/installation-store.ts';
import type { PacketQueue } from '#station/queue/packet-queue.ts';
import { type HolderCheck, holderCheck } from './holder-check.ts';
import { type ReadEid, readEid } from './read-eid.ts';
import { slipStatus } from './slip-desk.ts';

/** Nobody waits longer for a newer list, or for the registry's word on a slip. */
export const CHECK_WAIT_MS = 3_000;

/** What was found of the e-ID that was checked last, and its holder. */
interface Checked {
  readonly found: Omit<CheckedEid, 'holder' | 'challenge'>;
  readonly holder: HolderCheck;
}

/**
 * Checks e-IDs and slips that are shown to the scanner: offline by what this station holds, which is renewed first when
 * there is a network. Keeps one e-ID at a time, in memory, until {@link CheckDesk.forget}.
 */
export function createCheckDesk(parts: {
  readonly link: () => RegistryLink | null;
  readonly queue: PacketQueue;
  readonly installations: InstallationStore;
  readonly clock: StationClock;
  readonly randomBytes: RandomBytes;
  /** What a phone is told of who asks. */
  readonly stationName: string;
  readonly mode: OperationMode;
  readonly log: StationLog;
}): CheckDesk {
  const { clock, log, mode, stationName } = parts;
  let checked: Checked | null = null;
  /** Counts what was begun, so that a check that ends after {@link forget} leaves nothing. */
  let turn = 0;

  function online(): RegistryLink | null {
    const link = parts.link();
    return link === null || link.runner.link() === 'offline' ? null : link;
  }

  /** Waits for a renewal at most {@link CHECK_WAIT_MS}; what went wrong with it changes nothing but is logged. */
  async function renewed(code: string, work: Promise<unknown>): Promise<void> {
    const guarded = work.catch((error: unknown) => log.error(code, { error }));
    await within(guarded, CHECK_WAIT_MS);
  }

  async function read(code: string): Promise<ReadEid | { readonly kind: 'no-trust-list' }> {
    const link = parts.link();
    if (link === null) {
      const shape = await readEid(code, () => undefined);
      return shape.kind === 'other-issuer' ? { kind: 'no-trust-list' } : shape;
    }
    const first = await readEid(code, link.trust.verifier('issuer'));
    // The issuer may have a new key since the trust list came.
    if (first.kind !== 'other-issuer' || online() === null) return first;
    await renewed('check.trust-not-renewed', link.refreshTrust());
    return readEid(code, link.trust.verifier('issuer'));
  }

  async function statementOn({ statusIndex }: EidClaims): Promise<StatusStatement | null> {
    const reached = online();
    if (reached !== null) {
      const block = statusBlockOf(statusIndex);
      const work = reached.statusLists.refresh({ block, deadlineMs: CHECK_WAIT_MS });
      await renewed('check.list-not-renewed', work);
    }
    return (await parts.link()?.statusLists.statementOn(statusIndex)) ?? null;
  }

  function shown({ found, holder }: Checked): CheckedEid {
    return { ...found, holder: holder.proof, challenge: holder.challenge() };
  }

  function forget(): void {
    turn += 1;
    checked?.holder.forget();
    checked = null;
  }

  return {
    checkEid: async (code): Promise<Result<CheckedEid, 'not-ours'>> => {
      forget();
      const mine = turn;
      const eid = await read(code);
      if (eid.kind === 'not-ours') return err('not-ours');
      const claims = eid.kind === 'opened' ? eid.claims : null;
      const status = claims === null ? null : await statementOn(claims);
      const reading: EidReading = eid;
      const verdict = judgeEid({
        reading,
        status,
        now: clock.now(),
        // A time that was proven in this run is counted on without the wall clock, whatever that one shows.
        clockTrust: clock.situation().expected === null ? clock.trust() : 'synchronised',
        provenTime: clock.provenTime(),
        mode,
      });
      const holder = holderCheck({
        subject: claims?.subject ?? '',
        holderKey: claims?.holderKey ?? null,
        ask: verdict.result !== 'not-valid',
        asker: stationName,
        randomBytes: parts.randomBytes,
      });
      const result: Checked = {
        found: {
          verdict,
          eid: claims === null ? null : shownClaims(claims),
          statusAsOf: status?.issuedAt ?? null,
        },
        holder,
      };
      const answer = shown(result);
      // Somebody else's turn by now: nothing is kept, and the challenge can never be answered.
      if (turn === mine) checked = result;
      else holder.forget();
      return ok(answer);
    },
    checkAnswer: async (code): Promise<Result<CheckedEid, 'not-ours'>> => {
      if (checked === null) return err('not-ours');
      const taken = checked.holder.take(code);
      return taken.ok ? ok(shown(checked)) : taken;
    },
    slipStatus: (code) => {
      const reached = online();
      return slipStatus(
        { code, registry: reached?.calls ?? null, deadlineMs: CHECK_WAIT_MS },
        { queue: parts.queue, installations: parts.installations, stationName, log },
      );
    },
    forget,
  };
}

function shownClaims(claims: EidClaims): CheckedEid['eid'] {
  const { maskedName, subject, grade, issuedAt, expiresAt } = claims;
  return { maskedName, subject, grade, issuedAt, expiresAt };
}
