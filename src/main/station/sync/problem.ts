import * as v from 'valibot';
import { type Problem, ProblemSchema, REGISTRY_CONTENT_TYPES } from '#contract/registry-api.ts';
import type { ProvenAnswer } from './registry-connection.ts';

/** The RFC 9457 problem that an answer carries; null when it carries none that we know. */
export function problemIn(answer: ProvenAnswer): Problem | null {
  if (answer.contentType !== REGISTRY_CONTENT_TYPES.problem) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(answer.body));
  } catch (error) {
    if (error instanceof SyntaxError) return null; // not JSON: no problem that we know
    throw error;
  }
  const problem = v.safeParse(ProblemSchema, parsed);
  return problem.success ? problem.output : null;
}
