import type { Enrolment } from '#domain/enrolment/enrolment.ts';
import type { Verdict } from '#domain/liveness/verdict.ts';

/** Judges an enrolment's evidence again, with the domain code that the station used. */
export type EvidenceJudge = (enrolment: Enrolment) => Verdict;
