import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { httpsTransport } from '#station/sync/https-transport.ts';
import {
  PERIODS,
  type Period,
  type ServerIdentity,
  type TestAuthority,
  testAuthority,
} from './dated-certificates.ts';

/*
 * Whom the station speaks to. A terminal whose battery is flat believes that it is 2000, or 2090: to it the registry's
 * certificate has not begun yet, or is long over. It has to reach the registry all the same, or it would never learn
 * the time again. The tests turn this round: the clock is right, and the certificates are of other times.
 */

/** Asks a server twice, trusting one authority alone: what came of it, and what the server was sent. */
async function asking(
  server: ServerIdentity,
  pinned: TestAuthority,
): Promise<{ readonly answers: readonly string[]; readonly heard: readonly string[] }> {
  const heard: string[] = [];
  const listening = createServer(server, (request, response) => {
    heard.push(request.url ?? '');
    response.end('registry');
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    listening.closeAllConnections();
    listening.close();
  });
  const noCertificate = '-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n';
  const transport = httpsTransport({
    trust: { kind: 'pinned', certificates: () => [noCertificate, pinned.certificate] },
  });
  onTestFinished(() => transport.close());
  const { port } = listening.address() as AddressInfo;
  const answers: string[] = [];
  for (const path of ['/first', '/second']) {
    const answer = await transport.send({
      method: 'GET',
      url: new URL(path, `https://127.0.0.1:${port}`),
      headers: {},
      body: null,
      deadlineMs: 20_000,
      largestAnswer: 1000,
    });
    answers.push(answer.ok ? Buffer.from(answer.value.body).toString() : answer.error.reason);
  }
  return { answers, heard };
}

const ANSWERED = { answers: ['registry', 'registry'], heard: ['/first', '/second'] };
const NOTHING_SAID = { answers: ['untrusted-server', 'untrusted-server'], heard: [] };

describe.each(Object.keys(PERIODS) as Period[])('a certificate that is, to this clock, %s', (period) => {
  test('of the pinned authority: the registry is asked', async () => {
    const registry = testAuthority('of this time');
    expect(await asking(registry.certify({ period }), registry)).toEqual(ANSWERED);
  });

  test('of a pinned authority of that time: the registry is asked', async () => {
    const registry = testAuthority(period);
    expect(await asking(registry.certify({ period }), registry)).toEqual(ANSWERED);
  });

  test('of another authority with the same name: nothing is said', async () => {
    const impostor = testAuthority('of this time').certify({ period });
    expect(await asking(impostor, testAuthority('of this time'))).toEqual(NOTHING_SAID);
  });

  test('of another authority that is sent along: nothing is said', async () => {
    const other = testAuthority(period);
    const { cert, key } = other.certify({ period });
    const server = { cert: `${cert}${other.certificate}`, key };
    expect(await asking(server, testAuthority('of this time'))).toEqual(NOTHING_SAID);
  });

  test('for another host: nothing is said', async () => {
    const registry = testAuthority('of this time');
    const server = registry.certify({ period, host: 'DNS:elsewhere.invalid' });
    expect(await asking(server, registry)).toEqual(NOTHING_SAID);
  });

  test('that is no server’s: nothing is said', async () => {
    const registry = testAuthority('of this time');
    const server = registry.certify({ period, usage: 'clientAuth' });
    expect(await asking(server, registry)).toEqual(NOTHING_SAID);
  });
});
