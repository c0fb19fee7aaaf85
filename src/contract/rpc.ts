import * as v from 'valibot';
import type { Channel } from './channel.ts';

/** Methods and pushed events that one side offers, each with its schemas. */
export type MethodTable = Readonly<
  Record<string, { readonly input: v.GenericSchema; readonly output: v.GenericSchema }>
>;
export type PushTable = Readonly<Record<string, v.GenericSchema>>;

type Input<M extends MethodTable, K extends keyof M> = v.InferOutput<M[K]['input']>;
type Output<M extends MethodTable, K extends keyof M> = v.InferOutput<M[K]['output']>;

export type Handlers<M extends MethodTable> = {
  readonly [K in keyof M]: (input: Input<M, K>) => Output<M, K> | Promise<Output<M, K>>;
};

export type CallFault =
  | { readonly reason: 'unknown-method' }
  | { readonly reason: 'bad-input'; readonly where: string }
  /** A bug: the id stands in the station's log beside the exception. */
  | { readonly reason: 'failed'; readonly id: string }
  | { readonly reason: 'closed' };

/** A call that did not come back with a value. */
export class CallError extends Error {
  readonly fault: CallFault;
  constructor(fault: CallFault) {
    super(`call failed: ${fault.reason}`);
    this.fault = fault;
  }
}

const WireSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('call'), id: v.number(), method: v.string(), input: v.unknown() }),
  v.strictObject({ kind: v.literal('value'), id: v.number(), value: v.unknown() }),
  v.strictObject({
    kind: v.literal('fault'),
    id: v.number(),
    fault: v.variant('reason', [
      v.strictObject({ reason: v.literal('unknown-method') }),
      v.strictObject({ reason: v.literal('bad-input'), where: v.string() }),
      v.strictObject({ reason: v.literal('failed'), id: v.string() }),
      v.strictObject({ reason: v.literal('closed') }),
    ]),
  }),
  v.strictObject({ kind: v.literal('push'), event: v.string(), payload: v.unknown() }),
]);

function readWire(message: string, largest: number): v.InferOutput<typeof WireSchema> | null {
  if (message.length > largest) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(message);
  } catch {
    return null; // not JSON: the caller counts and reports it
  }
  const checked = v.safeParse(WireSchema, parsed);
  return checked.success ? checked.output : null;
}

/** Names the place of the first fault, e.g. `event.language`, and never quotes the value. */
function placeOf(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues[0] ? (v.getDotPath(issues[0]) ?? 'input') : 'input';
}

export interface Server<P extends PushTable> {
  push<K extends keyof P & string>(event: K, payload: v.InferOutput<P[K]>): void;
}

/** Serves `methods` over a channel. Input is checked before a handler sees it. */
export function serve<M extends MethodTable, P extends PushTable>(options: {
  readonly channel: Channel;
  readonly methods: M;
  readonly pushes: P;
  readonly handlers: Handlers<M>;
  readonly largestMessage: number;
  /** Called for a bug in a handler; returns the id under which it is logged. */
  readonly onException: (error: unknown, method: string) => string;
  /** Called for a message that is not of this protocol at all. */
  readonly onUnreadable: (length: number) => void;
  /** Called for a call of a known method whose input is none that the method takes. */
  readonly onBadInput?: (method: string) => void;
}): Server<P> {
  const { channel, methods, handlers } = options;
  channel.onMessage((message) => {
    const wire = readWire(message, options.largestMessage);
    if (wire?.kind !== 'call') {
      options.onUnreadable(message.length);
      return;
    }
    void answer(wire.id, wire.method, wire.input);
  });
  async function answer(id: number, method: string, input: unknown): Promise<void> {
    const reply = (fault: CallFault) => channel.send(JSON.stringify({ kind: 'fault', id, fault }));
    const entry = Object.hasOwn(methods, method) ? methods[method] : undefined;
    const handler = Object.hasOwn(handlers, method) ? handlers[method as keyof M] : undefined;
    if (!entry || !handler) return reply({ reason: 'unknown-method' });
    const checked = v.safeParse(entry.input, input);
    if (!checked.success) {
      options.onBadInput?.(method);
      return reply({ reason: 'bad-input', where: placeOf(checked.issues) });
    }
    try {
      const value = await handler(checked.output as Input<M, keyof M>);
      channel.send(JSON.stringify({ kind: 'value', id, value }));
    } catch (error) {
      reply({ reason: 'failed', id: options.onException(error, method) });
    }
  }
  return {
    push: (event, payload) => channel.send(JSON.stringify({ kind: 'push', event, payload })),
  };
}

export interface Client<M extends MethodTable, P extends PushTable> {
  /** Rejects with {@link CallError}. */
  call<K extends keyof M & string>(method: K, input: Input<M, K>): Promise<Output<M, K>>;
  on<K extends keyof P & string>(event: K, listener: (payload: v.InferOutput<P[K]>) => void): void;
}

/** The other end of {@link serve}. */
export function connect<M extends MethodTable, P extends PushTable>(options: {
  readonly channel: Channel;
  readonly methods: M;
  readonly pushes: P;
}): Client<M, P> {
  const { channel, pushes } = options;
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: CallError): void }>();
  const listeners = new Map<string, ((payload: never) => void)[]>();
  let lastId = 0;
  let closed = false;
  channel.onMessage((message) => {
    const wire = readWire(message, Number.POSITIVE_INFINITY);
    if (wire === null) return;
    switch (wire.kind) {
      case 'value':
        waiting.get(wire.id)?.resolve(wire.value);
        waiting.delete(wire.id);
        return;
      case 'fault':
        waiting.get(wire.id)?.reject(new CallError(wire.fault));
        waiting.delete(wire.id);
        return;
      case 'push': {
        const schema = Object.hasOwn(pushes, wire.event) ? pushes[wire.event] : undefined;
        if (!schema) return;
        const checked = v.safeParse(schema, wire.payload);
        if (checked.success) {
          for (const listener of listeners.get(wire.event) ?? []) listener(checked.output as never);
        }
        return;
      }
      case 'call':
        return;
    }
  });
  channel.onClose(() => {
    closed = true;
    for (const call of waiting.values()) call.reject(new CallError({ reason: 'closed' }));
    waiting.clear();
  });
  return {
    call: (method, input) => {
      if (closed) return Promise.reject(new CallError({ reason: 'closed' }));
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
        channel.send(JSON.stringify({ kind: 'call', id, method, input }));
      });
    },
    on: (event, listener) => {
      const list = listeners.get(event) ?? [];
      list.push(listener as (payload: never) => void);
      listeners.set(event, list);
    },
  };
}
