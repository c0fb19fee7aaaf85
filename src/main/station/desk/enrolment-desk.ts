import type Database from 'better-sqlite3';
import type { RandomBytes } from '#domain/clock.ts';
import type { SoftwareIdentity } from '#domain/enrolment/enrolment.ts';
import { ok } from '#domain/result.ts';
import type { AuditLog } from '#station/audit/audit-log.ts';
import type { StationClock } from '#station/clock/station-clock.ts';
import type { StationLog } from '#station/log/station-log.ts';
import type { EnrolmentContents, EnrolmentDesk } from '#station/ports.ts';
import type { PacketQueue } from '#station/queue/packet-queue.ts';
import { saveEnrolment } from '#station/queue/save-enrolment.ts';
import { awaitDecision, type ExpectedEid } from './await-decision.ts';
import type { PlanLedger } from './plan-ledger.ts';
import type { RegistryLink } from './registry-link.ts';
import { slipCodeOf } from './slip-code.ts';
import type { StandingWatch } from './standing-watch.ts';
import { within } from './within.ts';

/** A citizen does not wait for a nonce; the liveness plan works without it. */
const NONCE_DEADLINE_MS = 1_000;
/** A session that asks for no decision never comes back for what its e-ID must say; the longest wait is far shorter. */
const EXPECTED_FOR_MS = 60_000;

/** The session's side of the desk: saving, waiting for a decision, nonces, standing. */
export function enrolmentDesk(parts: {
  readonly database: Database.Database;
  readonly queue: PacketQueue;
  readonly audit: AuditLog;
  readonly plans: PlanLedger;
  readonly clock: StationClock;
  readonly monotonic: () => number;
  readonly randomBytes: RandomBytes;
  readonly software: SoftwareIdentity;
  readonly log: StationLog;
  readonly watch: StandingWatch;
  readonly link: () => RegistryLink | null;
  readonly review: () => void;
  /** Gives the reserve back to the disk; true when there was any. */
  readonly releaseReserve: () => boolean;
}): EnrolmentDesk {
  const { clock, log } = parts;
  const expected = new Map<string, ExpectedEid>();

  function expectEid(packetId: string, contents: EnrolmentContents): void {
    const { application, simulated, phone } = contents;
    const holderKey = phone === null ? null : phone.publicKey.slice();
    expected.set(packetId, { application, simulated, holderKey });
    setTimeout(() => expected.delete(packetId), EXPECTED_FOR_MS).unref();
  }

  /** What follows a commit changes nothing about it: told as failed, it would be saved a second time. */
  function afterSaving<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      log.error('packet.aftermath-failed', { error });
      return undefined;
    }
  }

  return {
    save: (contents) => {
      const link = parts.link();
      if (link === null) throw new Error('an enrolment was to be saved before the station was provisioned');
      const station = link.savingStation();
      const saved = saveEnrolment(contents, station, {
        ...parts,
        now: clock.now,
        clockTrust: clock.trust,
      });
      if (!saved.ok) {
        log.error('packet.not-saved', { reason: saved.error });
        afterSaving(parts.review);
        return saved;
      }
      const { packetId, sequence, envelopeSha256, createdAt } = saved.value;
      const { application, simulated } = contents;
      expectEid(packetId, contents);
      log.info('packet.saved', { packetId, sequence });
      // The citizen waits: node:crypto makes the same signature as tweetnacl in a hundredth of the time.
      const speaker = { ...station, signer: link.keys.requests };
      const slipStatement =
        afterSaving(() => slipCodeOf({ packet: saved.value, station: speaker, application, simulated })) ??
        '';
      afterSaving(parts.review);
      afterSaving(link.runner.look);
      return ok({ packetId, sequence, envelopeSha256, slipStatement, createdAt });
    },
    awaitDecision: async ({ packetId, timeoutMs }) => {
      const link = parts.link();
      const eid = expected.get(packetId);
      if (link === null || eid === undefined) return { kind: 'offline' };
      try {
        return await awaitDecision({ link, packetId, expected: eid, timeoutMs }, parts);
      } catch (error) {
        // The packet is safe; the citizen gets the slip that says where to ask.
        log.error('decision.failed', { packetId, error });
        return { kind: 'not-yet' };
      } finally {
        expected.delete(packetId);
      }
    },
    registryNonce: async () => {
      const link = parts.link();
      if (link === null || link.runner.link() === 'offline') return null;
      // A call may be repeated, and each of its attempts has the deadline anew: the citizen has one.
      const nonce = await within(link.calls.nonce(NONCE_DEADLINE_MS), NONCE_DEADLINE_MS);
      return nonce !== 'too-late' && nonce.ok ? nonce.value : null;
    },
    standing: parts.watch.standing,
    onStandingChange: parts.watch.onChange,
  };
}
