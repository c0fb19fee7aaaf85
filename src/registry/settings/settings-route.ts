import type { FastifyInstance } from 'fastify';
import { REGISTRY_PATHS } from '#contract/registry-api.ts';
import { cborAnswer } from '../http/answer.ts';
import type { SendAnswer } from '../http/sign-answer.ts';
import type { SettingsBook } from './settings-book.ts';

/** Open, as the trust list is: the document says nothing of anybody, and its own signature is what counts. */
export function addSettingsRoute(
  app: FastifyInstance,
  ports: { readonly settings: SettingsBook; readonly send: SendAnswer },
): void {
  const { settings, send } = ports;
  app.get(REGISTRY_PATHS.settings, async (request, reply) =>
    send(request, reply, cborAnswer({ document: await settings.newest() })),
  );
}
