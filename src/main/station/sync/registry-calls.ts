import type * as v from 'valibot';
import {
  type DecisionsAnswer,
  DecisionsAnswerSchema,
  NonceAnswerSchema,
  type PacketDecisionAnswer,
  PacketDecisionAnswerSchema,
  type ProblemCode,
  REGISTRY_CONTENT_TYPES,
  REGISTRY_LIMITS,
  REGISTRY_PATHS,
  type SlipStatusAnswer,
  SlipStatusAnswerSchema,
} from '#contract/registry-api.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { decodeBody } from '#protocol/http-body.ts';
import { encodeUpload, type Upload } from '#protocol/packet.ts';
import { problemIn } from './problem.ts';
import type { CallFault, ProvenAnswer, RegistryConnection } from './registry-connection.ts';
import type { FailureScope } from './sync-machine.ts';

/**
 * Why a call brought nothing; `scope` says what that means for other calls.
 */
export interface ExchangeFault {
  readonly scope: FailureScope;
  readonly reason: CallFault['reason'] | ProblemCode | 'unreadable-answer';
  readonly status: number | null;
  readonly retryAfterMs: number | null;
}

/** What a station asks its registry, as calls with typed answers. What they say about packets is judged elsewhere. */
export interface RegistryCalls {
  upload(request: {
    readonly packetId: string;
    readonly upload: Upload;
  }): Promise<Result<Statement, ExchangeFault>>;
  decisions(after: string): Promise<Result<DecisionsAnswer, ExchangeFault>>;
  decision(request: {
    readonly packetId: string;
    readonly waitMs: number;
  }): Promise<Result<PacketDecisionAnswer, ExchangeFault>>;
  /** A fresh liveness nonce, 32 bytes. */
  nonce(deadlineMs: number): Promise<Result<Uint8Array, ExchangeFault>>;
  /** COSE_Sign1 of kind `staff-list`, not yet opened. */
  staffList(): Promise<Result<Uint8Array, ExchangeFault>>;
  /** What became of the packet that a slip names; `forged` when the registry does not know it for a station's word. */
  slipStatus(request: {
    /** COSE_Sign1 of kind `slip`. */
    readonly statement: Uint8Array;
    readonly deadlineMs: number;
  }): Promise<Result<Pick<SlipStatusAnswer, 'state' | 'reason'>, ExchangeFault['reason'] | 'forged'>>;
  /** Moves the clock as a side effect of the connection. */
  proveTime(): Promise<Result<void, ExchangeFault>>;
}

/** A signed statement about a packet, not yet opened. */
export interface Statement {
  readonly kind: 'acknowledgement' | 'refusal';
  readonly octets: Uint8Array;
}

export const CALL_DEADLINES = {
  short: 10_000,
  /** 2 MB over a line of 256 kbit/s take a minute. */
  upload: 120_000,
  /** Beyond the wait that was asked for. */
  afterWait: 5_000,
} as const;

export function registryCalls(connection: RegistryConnection): RegistryCalls {
  const ask = async <S extends v.GenericSchema>(request: {
    readonly method: 'GET' | 'POST';
    readonly path: string;
    readonly schema: S;
    readonly deadlineMs: number;
  }): Promise<Result<v.InferOutput<S>, ExchangeFault>> => {
    const { method, path, deadlineMs, schema } = request;
    const answer = await connection.call({ method, path, deadlineMs });
    if (!answer.ok) return err(linkFault(answer.error));
    if (answer.value.status !== 200) return err(problemOf(answer.value));
    const body = decodeBody(answer.value.body, schema, REGISTRY_LIMITS.answerBytes);
    return body.ok ? ok(body.value) : err(unreadable(answer.value));
  };
  return {
    upload: async ({ packetId, upload }) => {
      const answer = await connection.call({
        method: 'POST',
        path: REGISTRY_PATHS.packet(packetId),
        contentType: REGISTRY_CONTENT_TYPES.upload,
        body: encodeUpload(upload),
        deadlineMs: CALL_DEADLINES.upload,
      });
      if (!answer.ok) return err(linkFault(answer.error));
      const { contentType, body } = answer.value;
      switch (contentType) {
        case REGISTRY_CONTENT_TYPES.acknowledgement:
          return ok({ kind: 'acknowledgement', octets: body });
        case REGISTRY_CONTENT_TYPES.refusal:
          return ok({ kind: 'refusal', octets: body });
        default:
          return err(problemOf(answer.value));
      }
    },
    decisions: (after) =>
      ask({
        method: 'GET',
        path: REGISTRY_PATHS.decisions(after),
        schema: DecisionsAnswerSchema,
        deadlineMs: CALL_DEADLINES.short,
      }),
    decision: ({ packetId, waitMs }) =>
      ask({
        method: 'GET',
        path: REGISTRY_PATHS.packetDecision(packetId, waitMs),
        schema: PacketDecisionAnswerSchema,
        deadlineMs: waitMs + CALL_DEADLINES.afterWait,
      }),
    nonce: async (deadlineMs) => {
      const answer = await ask({
        method: 'POST',
        path: REGISTRY_PATHS.nonces,
        schema: NonceAnswerSchema,
        deadlineMs,
      });
      return answer.ok ? ok(answer.value.nonce) : answer;
    },
    staffList: async () => {
      const answer = await connection.call({
        method: 'GET',
        path: REGISTRY_PATHS.staff,
        deadlineMs: CALL_DEADLINES.short,
      });
      if (!answer.ok) return err(linkFault(answer.error));
      const { status, contentType, body } = answer.value;
      if (status !== 200) return err(problemOf(answer.value));
      return contentType === REGISTRY_CONTENT_TYPES.staffList ? ok(body) : err(unreadable(answer.value));
    },
    slipStatus: async ({ statement, deadlineMs }) => {
      const answer = await connection.call({
        method: 'POST',
        path: REGISTRY_PATHS.slipStatus,
        contentType: REGISTRY_CONTENT_TYPES.slip,
        body: statement,
        deadlineMs,
      });
      if (!answer.ok) return err(answer.error.reason);
      if (answer.value.status !== 200) {
        const { reason } = problemOf(answer.value);
        return err(SAYS_FORGED.has(reason) ? 'forged' : reason);
      }
      const body = decodeBody(answer.value.body, SlipStatusAnswerSchema, REGISTRY_LIMITS.answerBytes);
      return body.ok ? ok(body.value) : err('unreadable-answer');
    },
    proveTime: async () => {
      const answer = await connection.call({
        method: 'GET',
        path: REGISTRY_PATHS.time,
        deadlineMs: CALL_DEADLINES.short,
      });
      if (!answer.ok) return err(linkFault(answer.error));
      if (answer.value.status !== 200) return err(problemOf(answer.value));
      return answer.value.contentType === REGISTRY_CONTENT_TYPES.time
        ? ok(undefined)
        : err(unreadable(answer.value));
    },
  };
}

function linkFault(fault: CallFault): ExchangeFault {
  return {
    scope: fault.reason === 'unreachable' ? 'line' : 'link',
    reason: fault.reason,
    status: fault.reason === 'unproven-answer' ? fault.status : null,
    retryAfterMs: fault.reason === 'unproven-answer' ? fault.retryAfterMs : null,
  };
}

/** Problems that concern this one call; all others say that the registry cannot or will not serve this station now. */
const CONCERNS_ONE_CALL: ReadonlySet<ProblemCode> = new Set([
  'bad-request',
  'not-found',
  'too-large',
  'wrong-content-type',
  'replayed',
]);

/** Problems with the statement itself; the request around it was signed by this very station. */
const SAYS_FORGED: ReadonlySet<ExchangeFault['reason']> = new Set(['bad-request', 'not-found']);

function problemOf(answer: ProvenAnswer): ExchangeFault {
  const { status, retryAfterMs } = answer;
  const code = problemIn(answer)?.title;
  if (code === undefined) return unreadable(answer);
  return { scope: CONCERNS_ONE_CALL.has(code) ? 'packet' : 'link', reason: code, status, retryAfterMs };
}

function unreadable(answer: ProvenAnswer): ExchangeFault {
  return {
    scope: 'packet',
    reason: 'unreadable-answer',
    status: answer.status,
    retryAfterMs: answer.retryAfterMs,
  };
}
