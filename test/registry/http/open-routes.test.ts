import { describe, expect, it } from 'vitest';
import { REGISTRY_PATHS } from '#contract/registry-api.ts';
import { OPENAPI_DOCUMENT } from '#registry/http/openapi.ts';
import { startTestRegistry } from '../registry-fixture.ts';
import { problemIn } from '../statements.ts';
import { send } from '../test-station.ts';

const id = '019c8f3a-5e00-7abc-8def-0123456789ab';

describe('what answers to anybody', () => {
  it('is the health of the registry and the description of its calls', async () => {
    const { running } = await startTestRegistry();
    const open = (path: string) =>
      send({ url: new URL(path, running.url), method: 'GET', headers: {}, authority: null });
    const health = await open(REGISTRY_PATHS.health);
    expect(JSON.parse(new TextDecoder().decode(health.body))).toEqual({ status: 'ok' });
    const described = await open(REGISTRY_PATHS.openapi);
    expect(JSON.parse(new TextDecoder().decode(described.body))).toEqual(
      JSON.parse(JSON.stringify(OPENAPI_DOCUMENT)),
    );
    const nothing = await open('/v2/anything');
    expect(nothing.status).toBe(404);
    expect(problemIn(nothing).title).toBe('not-found');
  });

  it('describes every call that a station or a phone makes, and each of them exists', async () => {
    const { running } = await startTestRegistry();
    for (const [path, methods] of Object.entries(OPENAPI_DOCUMENT.paths)) {
      for (const method of Object.keys(methods)) {
        const answer = await send({
          url: new URL(path.replace('{id}', id).replace('{block}', '0'), running.url),
          method: method.toUpperCase(),
          headers: {},
          authority: null,
        });
        expect(answer.status, `${method} ${path}`).not.toBe(404);
      }
    }
    const described = Object.keys(OPENAPI_DOCUMENT.paths).map((path) =>
      path.replace('{id}', id).replace('{block}', '0'),
    );
    const called = [
      ...[
        REGISTRY_PATHS.trust,
        REGISTRY_PATHS.stations,
        REGISTRY_PATHS.nonces,
        REGISTRY_PATHS.time,
        REGISTRY_PATHS.phoneEid,
        REGISTRY_PATHS.slipStatus,
        REGISTRY_PATHS.publication,
      ],
      ...[REGISTRY_PATHS.packet(id), REGISTRY_PATHS.packetDecision(id, 0), REGISTRY_PATHS.decisions('0')],
      REGISTRY_PATHS.statusList(0),
    ].map((path) => new URL(path, running.url).pathname);
    for (const path of called) expect(described).toContain(path);
  });
});
