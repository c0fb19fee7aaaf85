import * as v from 'valibot';
import {
  type DecisionsAnswer,
  DecisionsAnswerSchema,
  NonceAnswerSchema,
  type PacketDecisionAnswer,
  PacketDecisionAnswerSchema,
  type Problem,
  ProblemSchema,
  REGISTRY_CONTENT_TYPES,
  REGISTRY_LIMITS,
  type TimeAnswer,
  TimeAnswerSchema,
} from '#contract/registry-api.ts';
import { type Acknowledgement, openAcknowledgement } from '#protocol/acknowledgement.ts';
import { openDecision, type SignedDecision } from '#protocol/decision.ts';
import { decodeBody } from '#protocol/http-body.ts';
import { openRefusal, type Refusal } from '#protocol/refusal.ts';
import type { HttpAnswer, TestStation } from './test-station.ts';

/** Opens what came as a station would, and fails the test with the reason when it is anything else. */
export function acknowledgementIn(station: TestStation, answer: HttpAnswer): Acknowledgement {
  if (answer.contentType !== REGISTRY_CONTENT_TYPES.acknowledgement) throw new Error(told(answer));
  const opened = openAcknowledgement({
    bytes: answer.body,
    findVerifier: station.verifierOf('acknowledgement'),
  });
  if (!opened.ok) throw new Error(`acknowledgement: ${opened.error.reason}`);
  return opened.value;
}

export function refusalIn(station: TestStation, answer: HttpAnswer): Refusal {
  if (answer.contentType !== REGISTRY_CONTENT_TYPES.refusal) throw new Error(told(answer));
  const opened = openRefusal({ bytes: answer.body, findVerifier: station.verifierOf('acknowledgement') });
  if (!opened.ok) throw new Error(`refusal: ${opened.error.reason}`);
  return opened.value;
}

export function decisionIn(station: TestStation, statement: Uint8Array): SignedDecision {
  const opened = openDecision({ bytes: statement, findVerifier: station.verifierOf('issuer') });
  if (!opened.ok) throw new Error(`decision: ${opened.error.reason}`);
  return opened.value;
}

export function problemIn(answer: { readonly contentType: string; readonly body: Uint8Array }): Problem {
  if (answer.contentType !== REGISTRY_CONTENT_TYPES.problem)
    throw new Error(`not a problem: ${answer.contentType}`);
  return v.parse(ProblemSchema, JSON.parse(new TextDecoder().decode(answer.body)));
}

export const timeIn = (answer: HttpAnswer): TimeAnswer => bodyIn(answer, TimeAnswerSchema);
export const nonceIn = (answer: HttpAnswer): Uint8Array => bodyIn(answer, NonceAnswerSchema).nonce;
export const decisionsIn = (answer: HttpAnswer): DecisionsAnswer => bodyIn(answer, DecisionsAnswerSchema);
export const packetDecisionIn = (answer: HttpAnswer): PacketDecisionAnswer =>
  bodyIn(answer, PacketDecisionAnswerSchema);

function bodyIn<S extends v.GenericSchema>(answer: HttpAnswer, schema: S): v.InferOutput<S> {
  const body = decodeBody(answer.body, schema, REGISTRY_LIMITS.answerBytes);
  if (!body.ok) throw new Error(`${JSON.stringify(body.error)} in ${told(answer)}`);
  return body.value;
}

function told(answer: HttpAnswer): string {
  return `${answer.status} ${answer.contentType}: ${new TextDecoder().decode(answer.body.subarray(0, 300))}`;
}
