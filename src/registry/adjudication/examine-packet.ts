import type { OperationMode } from '#contract/settings.ts';
import type { Enrolment } from '#domain/enrolment/enrolment.ts';
import type { Envelope } from '#protocol/envelope.ts';
import type { Verifier } from '#protocol/keys/signer.ts';
import { openEnrolment } from '#protocol/packet.ts';
import { type SealingKeyPair, wipe } from '#protocol/sealing.ts';
import type { EvidenceJudge } from './evidence-judge.ts';
import { identifyHolder, numberIn } from './identify-holder.ts';
import type { ToldPlan } from './keep-plans.ts';
import { lookupKey } from './lookup-key.ts';
import type { PopulationRegister } from './population-register.ts';
import type { Facts } from './weigh-enrolment.ts';

/** What an opened packet says, judged again, before it is weighed against what else is held. */
export interface Examined {
  readonly facts: Omit<Facts, 'noncesGenuine' | 'planFaults' | 'holds' | 'openCase' | 'password'>;
  /** Under what the person is found again; null when the packet gives no number that can be one. */
  readonly lookup: Uint8Array | null;
  /** Registry nonces that the evidence claims to have used. */
  readonly nonces: readonly Uint8Array[];
  /** Every plan that the evidence tells of. */
  readonly plans: readonly ToldPlan[];
  /** Zeroes pictures and card bytes. */
  wipe(): void;
}

/**
 * Opens a packet and reaches every judgement again from its bytes. The station's own verdict and parse count for
 * nothing here.
 *
 * @returns null when the body cannot be opened, is not signed by its station, or contradicts its envelope
 */
export async function examinePacket(request: {
  readonly sealed: Uint8Array;
  readonly envelope: Envelope;
  /** When the registry stored it, milliseconds since 1970. */
  readonly receivedAt: number;
  readonly station: Verifier;
  readonly sealingKey: SealingKeyPair;
  readonly lookupSecret: Uint8Array;
  readonly population: PopulationRegister;
  readonly judge: EvidenceJudge;
  readonly mode: OperationMode;
}): Promise<Examined | null> {
  const { sealed, envelope, station, mode } = request;
  const opened = openEnrolment({ sealed, keyPair: request.sealingKey, station, envelope });
  if (!opened.ok) return null;
  const enrolment = opened.value;
  const identity = identifyHolder(enrolment.holder);
  const number = numberIn(identity);
  return {
    facts: {
      enrolment,
      receivedAt: request.receivedAt,
      identity,
      registered: number === null ? null : await request.population.find(number),
      verdict: request.judge(enrolment),
      mode,
    },
    lookup: number === null ? null : lookupKey(request.lookupSecret, number),
    nonces: enrolment.evidence.tries.flatMap(({ registryNonce }) =>
      registryNonce === null ? [] : [registryNonce],
    ),
    plans: [
      ...enrolment.evidence.abandoned.map(({ commitment }) => ({ commitment, ended: 'abandoned' as const })),
      ...enrolment.evidence.tries.map(({ commitment }) => ({ commitment, ended: 'used' as const })),
    ],
    wipe: () => wipeEnrolment(enrolment),
  };
}

function wipeEnrolment(enrolment: Enrolment): void {
  const { holder, password } = enrolment;
  if (holder.source === 'card') {
    wipe(holder.card.text);
    wipe(holder.card.photo);
  }
  wipe(password.kind === 'chosen' ? password.verifier : password.sealed);
  for (const { keyFrames } of enrolment.evidence.tries) {
    for (const { jpeg, embedding } of keyFrames) {
      wipe(jpeg);
      embedding?.fill(0);
    }
  }
  const { portrait } = enrolment.evidence;
  if (portrait === null) return;
  wipe(portrait.jpeg);
  portrait.embedding?.fill(0);
}
