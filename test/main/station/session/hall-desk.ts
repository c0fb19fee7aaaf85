import { randomBytes } from 'node:crypto';
import type { Result } from '#domain/result.ts';
import { ok } from '#domain/result.ts';
import { newSealingKeyPair } from '#protocol/sealing.ts';
import type { AwaitedDecision, EnrolmentContents, SavedEnrolment, Standing } from '#station/ports.ts';
import type { SessionDesk } from '#station/session/session-ports.ts';

/** A working day on which the invented residents have the ages that their notes name. */
export const NOON = Date.UTC(2026, 4, 20, 4);

/** A desk that keeps what it was given and decides when it is told to. */
export function hallDesk() {
  const saved: EnrolmentContents[] = [];
  const keyPair = newSealingKeyPair((length) => new Uint8Array(randomBytes(length)));
  const listeners: (() => void)[] = [];
  let standing: Standing = {
    provisioned: true,
    online: true,
    waiting: 0,
    clockTrust: 'synchronised',
    frozen: null,
    daysLeft: null,
  };
  let decide: (decision: AwaitedDecision) => void = () => {};
  let fault: 'storage-full' | 'storage-failed' | null = null;
  const port: SessionDesk = {
    save(contents): Result<SavedEnrolment, 'storage-full' | 'storage-failed'> {
      if (fault) return { ok: false, error: fault };
      saved.push(structuredClone(contents));
      return ok({
        packetId: '0197a2f0-1111-7222-8333-444455556666',
        sequence: saved.length,
        envelopeSha256: new Uint8Array(32),
        slipStatement: 'EIDS1:TESTSTATEMENT',
        createdAt: NOON,
      });
    },
    awaitDecision: () =>
      new Promise((resolve) => {
        decide = resolve;
      }),
    registryNonce: async () => null,
    standing: () => standing,
    onStandingChange: (listener) => listeners.push(listener),
    credentialKey: () => keyPair.publicKey,
  };
  return {
    port,
    saved,
    keyPair,
    decide: (decision: AwaitedDecision) => decide(decision),
    failSaving: (reason: typeof fault) => {
      fault = reason;
    },
    setStanding(change: Partial<Standing>) {
      standing = { ...standing, ...change };
      for (const listener of listeners) listener();
    },
  };
}
