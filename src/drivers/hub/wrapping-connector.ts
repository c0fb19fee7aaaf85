import { ok } from '#domain/result.ts';
import type { Transport } from '../transport/transport.ts';
import type { Connector } from './connector.ts';

/** Puts something around each new connection, before it is opened. */
export function wrappingConnector(
  connector: Connector,
  wrap: (transport: Transport) => Transport,
): Connector {
  return {
    async connect(wish) {
      const made = await connector.connect(wish);
      return made.ok ? ok(wrap(made.value)) : made;
    },
    whenPresent: (appeared) => connector.whenPresent(appeared),
  };
}
