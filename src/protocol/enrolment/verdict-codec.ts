import {
  type Check,
  LIVENESS_REASONS,
  type LivenessReason,
  REFERRAL_REASONS,
  type ReferralReason,
  type Verdict,
} from '#domain/liveness/verdict.ts';
import { assertNever } from '#domain/result.ts';
import { type Codec, mapped } from '../codec/codec.ts';
import { field, list, record } from '../codec/containers.ts';
import { boolean, choice, nullable, real, text, unsigned } from '../codec/scalars.ts';

const measure = real(-1e12, 1e12);

export const checkCodec = record<Check>('check', {
  name: field(1, text({ min: 1, max: 60 })),
  value: field(2, measure),
  threshold: field(3, measure),
  passed: field(4, boolean),
  weight: field(5, choice(['hard', 'soft'])),
});

interface WireVerdict {
  readonly judgeVersion: number;
  readonly checks: readonly Check[];
  readonly result: Verdict['result'];
  readonly reason: ReferralReason | LivenessReason | null;
}

const wireVerdict = record<WireVerdict>('verdict', {
  judgeVersion: field(1, unsigned(65_535)),
  checks: field(2, list(checkCodec, 128)),
  result: field(3, choice(['live', 'referred', 'not-live'])),
  reason: field(4, nullable(choice([...REFERRAL_REASONS, ...LIVENESS_REASONS])), 'null only when live'),
});

export const verdictCodec: Codec<Verdict> = mapped(wireVerdict, {
  write: (verdict: Verdict): WireVerdict => ({
    judgeVersion: verdict.judgeVersion,
    checks: verdict.checks,
    result: verdict.result,
    reason: verdict.result === 'live' ? null : verdict.reason,
  }),
  read: ({ judgeVersion, checks, result, reason }): Verdict | undefined => {
    switch (result) {
      case 'live':
        return reason === null ? { judgeVersion, checks, result } : undefined;
      case 'referred':
        return isReferral(reason) ? { judgeVersion, checks, result, reason } : undefined;
      case 'not-live':
        return reason !== null && !isReferral(reason) ? { judgeVersion, checks, result, reason } : undefined;
      default:
        return assertNever(result);
    }
  },
});

function isReferral(reason: string | null): reason is ReferralReason {
  return (REFERRAL_REASONS as readonly (string | null)[]).includes(reason);
}
