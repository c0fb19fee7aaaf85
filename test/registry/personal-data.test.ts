import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REGISTRY_PATHS } from '#contract/registry-api.ts';
import { PEOPLE } from './people.ts';
import { startTestRegistry } from './registry-fixture.ts';
import { packetDecisionIn } from './statements.ts';
import { PASSWORD, provisionStation } from './test-station.ts';

const { card } = PEOPLE.planted;
const SECRETS = [
  ['name', card.name],
  ['number', card.number],
  ['address', card.address],
  ['password', PASSWORD],
] as const;

/** GB 18030 has no encoder in Node: a table of the one name, made by decoding every two-byte code. */
function gb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030');
  const codes = new Map<string, readonly [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      codes.set(decoder.decode(new Uint8Array([lead, trail])), [lead, trail]);
    }
  }
  return Buffer.concat(
    Array.from(text, (character) => Buffer.from(codes.get(character) ?? Buffer.from(character, 'ascii'))),
  );
}

/** How a value could lie in a file by mistake. */
function spellings(text: string): readonly (readonly [string, Buffer])[] {
  const utf8 = Buffer.from(text, 'utf8');
  // Base64 of a value inside something longer, at each of the three places it can begin: the whole groups in between.
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), utf8])
      .toString('base64')
      .replace(/=+$/, '');
    return encoded.slice(shift === 0 ? 0 : 4, encoded.length - 4);
  });
  return [
    ['UTF-8', utf8],
    ['UTF-16LE', Buffer.from(text, 'utf16le')],
    ['GB 18030', gb18030(text)],
    ['NFD', Buffer.from(text.normalize('NFD'), 'utf8')],
    ...base64.map((encoded, shift) => [`base64 at ${shift}`, Buffer.from(encoded, 'ascii')] as const),
    [
      'JSON',
      Buffer.from(
        JSON.stringify(text)
          .slice(1, -1)
          .replace(/[^\x20-\x7e]/g, escaped),
        'ascii',
      ),
    ],
  ];
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function filesIn(folder: string): readonly (readonly [string, Buffer])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name))] as const);
}

describe('a citizen who was enrolled', () => {
  it('leaves nothing of it in clear in the database, its log, any other file or the log', async () => {
    const registry = await startTestRegistry();
    const { running, clock, dataFolder } = registry;
    const code = await running.newProvisioningCode('hall-1');
    const station = await provisionStation({ url: running.url, code, clock });
    // Issued, referred as a duplicate, rejected for its card, refused and malformed: every path sees the data.
    const issued = await station.packet({ person: PEOPLE.planted });
    const packets = [
      issued,
      await station.packet({ person: PEOPLE.planted }),
      await station.packet({ person: { ...PEOPLE.planted, card: { ...card, sex: 'unknown' } } }),
      await station.packet({
        person: PEOPLE.planted,
        envelope: (envelope) => ({ ...envelope, simulated: false }),
      }),
      // A wrong password, a loss, and a typed number and name that are issued and upgraded.
      await station.packet({ person: PEOPLE.planted, application: 'report-lost', password: '31415926' }),
      await station.packet({ person: PEOPLE.planted, application: 'report-lost' }),
      await station.packet({ person: PEOPLE.planted, application: 'basic' }),
      await station.packet({ person: PEOPLE.planted, application: 'upgrade' }),
    ];
    for (const packet of packets) await station.upload(packet);
    await station.upload({ ...issued, sealed: issued.sealed.slice(1) });
    await station.call({ path: `/v1/decisions?after=${encodeURIComponent(card.name)}` });
    await running.settled();
    const answer = await station.call({ path: REGISTRY_PATHS.packetDecision(issued.packetId, 0) });
    expect(packetDecisionIn(answer).eid).not.toBeNull();
    expect(await running.counts()).toMatchObject({ issued: 3, revoked: 1, eids: 3 });

    const places = [...filesIn(dataFolder), ['log', Buffer.from(registry.logged())] as const];
    expect(places.map(([name]) => name)).toContain('registry.sqlite-wal');
    await running.close();
    for (const [name, bytes] of [...places, ...filesIn(dataFolder)]) {
      for (const [what, secret] of SECRETS) {
        for (const [encoding, needle] of spellings(secret)) {
          expect(bytes.includes(needle), `${name} holds the ${what} as ${encoding}`).toBe(false);
        }
      }
    }
    expect(registry.logged()).toContain(issued.packetId);
  });

  it('would be found by this search if anything were in clear', () => {
    const hay = Buffer.concat([
      Buffer.from(card.name, 'utf8'),
      Buffer.from(card.name, 'utf16le'),
      gb18030(card.name),
      Buffer.from(card.name.normalize('NFD'), 'utf8'),
      ...['', 'x', 'xx'].map((before) =>
        Buffer.from(Buffer.from(`${before}${card.name}`).toString('base64')),
      ),
      Buffer.from(JSON.stringify(card.name).replace(/[^\x20-\x7e]/g, escaped), 'ascii'),
    ]);
    for (const [encoding, needle] of spellings(card.name)) {
      expect(needle.length, encoding).toBeGreaterThan(4);
      expect(hay.includes(needle), encoding).toBe(true);
    }
  });
});
