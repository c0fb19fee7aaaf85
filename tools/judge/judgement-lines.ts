import { NOT_MEASURED } from '#domain/liveness/checks/finding.ts';
import type { LivenessEvidence, LivenessTry } from '#domain/liveness/evidence.ts';
import type { EvidenceJudgement, TryJudgement } from '#domain/liveness/judge-evidence.ts';
import type { Check, Verdict } from '#domain/liveness/verdict.ts';

/** A judgement as a person reads it: the camera, then for each try what was asked, both verdicts and every check. */
export function judgementLines(evidence: LivenessEvidence, judgement: EvidenceJudgement): readonly string[] {
  const { camera, sessionId, abandoned } = evidence;
  return [
    `session ${sessionId}; camera ${camera.driver} at ${camera.busPath || 'no place'} (${camera.source})`,
    ...(abandoned.length === 0 ? [] : [`${abandoned.length} plans were given up since the packet before`]),
    ...judgement.tries.flatMap((judged, index) => tryLines(evidence.tries[index], judged)),
    '',
    judgement.differs
      ? `Judged again: ${verdictWords(judgement.verdict)}. THE STATION SAID OTHERWISE.`
      : `Judged again: ${verdictWords(judgement.verdict)}, as the station said.`,
  ];
}

function tryLines(played: LivenessTry | undefined, judged: TryJudgement): readonly string[] {
  if (played === undefined) return [];
  const start = played.trace[0]?.at ?? 0;
  const seconds = (at: number) => `${((at - start) / 1000).toFixed(2)} s`;
  const asked = played.prompts.map(
    ({ action, shownAt, closesAt }) => `  ${action.padEnd(12)} ${seconds(shownAt)} to ${seconds(closesAt)}`,
  );
  const exchanged = played.exchanges.length === 0 ? '' : `; exchanged: ${played.exchanges.join(', ')}`;
  return [
    '',
    `try ${judged.attempt}: ${played.trace.length} frames in ${seconds(played.trace.at(-1)?.at ?? start)}${exchanged}`,
    `  the plan ${judged.commitmentFits ? 'is the one that was committed to' : 'IS NOT THE ONE THAT WAS COMMITTED TO'}`,
    ...asked,
    `  station: ${verdictWords(judged.station)} (judge ${judged.station.judgeVersion})`,
    `  again:   ${verdictWords(judged.own)} (judge ${judged.own.judgeVersion})${judged.differs ? '  <-- differs' : ''}`,
    ...judged.own.checks.map(checkLine),
  ];
}

function checkLine({ name, value, threshold, passed, weight }: Check): string {
  const mark = passed ? 'ok  ' : weight === 'soft' ? 'REF ' : 'FAIL';
  const measured = value === NOT_MEASURED ? 'none' : String(value);
  return `    ${mark} ${name.padEnd(28)} ${measured.padStart(12)}   limit ${threshold}`;
}

export function verdictWords(verdict: Verdict): string {
  return verdict.result === 'live' ? 'live' : `${verdict.result}: ${verdict.reason}`;
}
