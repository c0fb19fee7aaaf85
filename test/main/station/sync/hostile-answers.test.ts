import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { REGISTRY_CONTENT_TYPES } from '#contract/registry-api.ts';
import { encodeBody } from '#protocol/http-body.ts';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { eventually, saved, station, type TestStation } from '../desk/station-lab.ts';
import { type Incoming, type ScriptedRegistry, scriptedRegistry } from './scripted-registry.ts';

const { acknowledgement, refusal, problem } = REGISTRY_CONTENT_TYPES;
const stranger = nodeSigner(new Uint8Array(randomBytes(32)));
const text = (words: string) => new TextEncoder().encode(words);

async function stationWith(registry?: ScriptedRegistry, folder = temporaryFolder()) {
  const scripted = registry ?? (await scriptedRegistry(folder));
  const target = await station({ folder });
  return { scripted, target };
}

const row = (target: TestStation) => target.desk.queueRows({ limit: 1 })[0];

/** Everything that is not a signed word about this very packet. */
const HOSTILE: readonly [string, (incoming: Incoming) => void][] = [
  ['a proxy’s unsigned 403', ({ response }) => void response.writeHead(403).end('Forbidden')],
  [
    'a captive portal’s page with status 200',
    ({ response }) =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Log in</html>'),
  ],
  [
    'a good acknowledgement that nobody signed the transport of',
    (incoming) =>
      void incoming.response
        .writeHead(200, { 'content-type': acknowledgement })
        .end(incoming.acknowledgement()),
  ],
  [
    'an acknowledgement of another packet',
    (incoming) =>
      incoming.answer(
        200,
        acknowledgement,
        incoming.acknowledgement({ packetId: '01890a5d-ac96-774b-bcce-b302099a8057' }),
      ),
  ],
  [
    'an acknowledgement of another envelope',
    (incoming) =>
      incoming.answer(200, acknowledgement, incoming.acknowledgement({ envelopeSha256: new Uint8Array(32) })),
  ],
  [
    'an acknowledgement of another body',
    (incoming) =>
      incoming.answer(200, acknowledgement, incoming.acknowledgement({ sealedSha256: new Uint8Array(32) })),
  ],
  [
    'an acknowledgement for another station',
    (incoming) => incoming.answer(200, acknowledgement, incoming.acknowledgement({ stationId: 'OTHER-9' })),
  ],
  [
    'an acknowledgement of another place in the chain',
    (incoming) => incoming.answer(200, acknowledgement, incoming.acknowledgement({ sequence: 99 })),
  ],
  [
    'an acknowledgement by a stranger’s key inside a signed answer',
    (incoming) => incoming.answer(200, acknowledgement, incoming.acknowledgement({}, stranger)),
  ],
  [
    'everything signed by a stranger’s key',
    (incoming) => incoming.answer(200, acknowledgement, incoming.acknowledgement({}, stranger), stranger),
  ],
  [
    'a refusal by a stranger’s key',
    (incoming) => incoming.answer(409, refusal, incoming.refusal({}, stranger)),
  ],
  [
    'a refusal of another envelope',
    (incoming) => incoming.answer(409, refusal, incoming.refusal({ envelopeSha256: new Uint8Array(32) })),
  ],
  [
    'an acknowledgement that says it is a refusal',
    (incoming) => incoming.answer(409, refusal, incoming.acknowledgement()),
  ],
  [
    'a signed problem',
    (incoming) =>
      incoming.answer(
        400,
        problem,
        text(
          JSON.stringify({
            type: 'urn:eid-terminal:problem:bad-request',
            title: 'bad-request',
            status: 400,
            detail: '',
          }),
        ),
      ),
  ],
  [
    'a signed answer full of noise',
    (incoming) => incoming.answer(200, acknowledgement, new Uint8Array(randomBytes(300))),
  ],
  ['a signed answer of a kind nobody knows', (incoming) => incoming.answer(200, 'text/plain', text('ok'))],
  [
    'half a body',
    (incoming) => {
      const body = incoming.acknowledgement();
      incoming.response.writeHead(200, {
        'content-type': acknowledgement,
        'content-length': String(body.length),
      });
      incoming.response.write(body.subarray(0, 40), () => incoming.response.destroy());
    },
  ],
  ['a connection that is reset', ({ request }) => void request.socket.destroy()],
  [
    'an answer without an end',
    ({ response }) => {
      response.writeHead(200, { 'content-type': acknowledgement });
      const megabyte = new Uint8Array(1_000_000);
      response.write(megabyte);
      response.write(megabyte);
    },
  ],
];

describe('an upload answered with', () => {
  test.each(HOSTILE)('%s changes nothing; the packet waits and is delivered later', async (_, behave) => {
    const { scripted, target } = await stationWith();
    scripted.onUpload(behave);
    const { packetId } = saved(target);
    target.desk.start();
    expect(['not-yet', 'offline']).toContain(
      (await target.desk.desk.awaitDecision({ packetId, timeoutMs: 3_000 })).kind,
    );
    expect(scripted.uploads.length).toBeGreaterThan(0);
    expect(row(target)).toMatchObject({ delivery: 'waiting', refusalReason: null, fault: null });
    scripted.onUpload((incoming) => incoming.answer(200, acknowledgement, incoming.acknowledgement()));
    await eventually('the packet is delivered', async () => {
      await target.desk.desk.awaitDecision({ packetId, timeoutMs: 300 });
      return row(target)?.delivery === 'acknowledged';
    });
  });
});

test('a refusal that the registry signed ends the delivery and keeps the packet, its body and the reason', async () => {
  const { scripted, target } = await stationWith();
  scripted.onUpload((incoming) => incoming.answer(409, refusal, incoming.refusal()));
  saved(target);
  target.desk.start();
  await eventually('the packet is refused', () => row(target)?.delivery === 'refused');
  expect(row(target)).toMatchObject({ refusalReason: 'conflict', body: 'present', acknowledgedAt: null });
  expect(target.desk.desk.standing().waiting).toBe(0);
});

test('an answer that was lost is asked for again, and the second one counts once', async () => {
  const { scripted, target } = await stationWith();
  let lost = 0;
  scripted.onUpload((incoming) => {
    if (lost === 0) {
      lost += 1;
      incoming.request.socket.destroy();
    } else incoming.answer(200, acknowledgement, incoming.acknowledgement());
  });
  const { packetId } = saved(target);
  target.desk.start();
  await eventually('the packet is delivered', () => row(target)?.delivery === 'acknowledged');
  expect(scripted.uploads.filter((id) => id === packetId).length).toBeGreaterThanOrEqual(2);
  expect(target.desk.desk.standing().waiting).toBe(0);
});

test('a packet that always fails does not hold up the ones behind it', async () => {
  const { scripted, target } = await stationWith();
  const poisoned = saved(target).packetId;
  const others = [saved(target).packetId, saved(target).packetId];
  scripted.onUpload((incoming) => {
    if (incoming.path.endsWith(poisoned)) incoming.answer(200, 'text/plain', text('?'));
    else incoming.answer(200, acknowledgement, incoming.acknowledgement());
  });
  target.desk.start();
  await eventually('the others are delivered', () => target.desk.desk.standing().waiting === 1);
  const states = new Map(target.desk.queueRows({ limit: 5 }).map((each) => [each.packetId, each.delivery]));
  expect(others.map((id) => states.get(id))).toEqual(['acknowledged', 'acknowledged']);
  expect(states.get(poisoned)).toBe('waiting');
});

test('a body that the disk has changed is set aside, visible, and never sent', async () => {
  const folder = temporaryFolder();
  const scripted = await scriptedRegistry(folder);
  const first = await station({ folder });
  const { packetId } = saved(first);
  saved(first);
  await first.desk.close();
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(`${folder}/station.db`);
  database.exec("UPDATE packet_body SET sealed = x'00112233' WHERE packet = 1");
  database.close();
  const second = await station({ folder });
  second.desk.start();
  await eventually('the sound one is delivered', () => row(second)?.delivery === 'acknowledged');
  await eventually('the damaged one is set aside', () =>
    second.desk.queueRows({ limit: 5 }).some((each) => each.fault === 'damaged'),
  );
  expect(scripted.uploads).not.toContain(packetId);
});

test('time told by an unsigned answer, or for another nonce, moves no clock', async () => {
  const { scripted, target } = await stationWith();
  const future = Date.now() + 400 * 86_400_000;
  let asked = 0;
  scripted.onOther((incoming) => {
    if (!incoming.path.startsWith('/v1/time')) return false;
    asked += 1;
    const body = encodeBody({ now: future, nonce: 'another-nonce-of-somebody' });
    if (asked % 2 === 0) incoming.answer(200, REGISTRY_CONTENT_TYPES.time, body);
    else
      incoming.response
        .writeHead(200, { 'content-type': REGISTRY_CONTENT_TYPES.time })
        .end(Buffer.from(body));
    return true;
  });
  target.desk.start();
  await eventually('time was asked for twice', () => asked >= 2);
  const result = saved(target);
  const created = target.desk.queueRows({ limit: 1 })[0];
  expect(created?.packetId).toBe(result.packetId);
  expect(Math.abs((created?.createdAt ?? 0) - Date.now())).toBeLessThan(60_000);
});

test('a server with another TLS authority is not spoken to', async () => {
  const folder = temporaryFolder();
  const scripted = await scriptedRegistry(folder);
  const impostor = await scriptedRegistry(temporaryFolder(), { ownAuthority: true });
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(`${folder}/station.db`);
  database.prepare('UPDATE installation SET registry_url = ?').run(impostor.installed.registryUrl);
  database.close();
  const target = await station({ folder });
  saved(target);
  target.desk.start();
  await eventually('the connection is refused', () => target.logged.includes('sync.no-time'));
  expect(impostor.uploads).toEqual([]);
  expect(scripted.uploads).toEqual([]);
  expect(target.desk.desk.standing()).toMatchObject({ online: false, waiting: 1 });
});
