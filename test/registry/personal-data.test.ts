import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REGISTRY_PATHS } from '#contract/registry-api.ts';
import { find, needlesOf } from '../needles.ts';
import { PEOPLE } from './people.ts';
import { startTestRegistry } from './registry-fixture.ts';
import { packetDecisionIn } from './statements.ts';
import { PASSWORD, provisionStation } from './test-station.ts';

const { card } = PEOPLE.planted;
const NEEDLES = needlesOf({
  name: card.name,
  number: card.number,
  address: card.address,
  password: PASSWORD,
});

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
      expect([...find(bytes, NEEDLES).keys()], name).toEqual([]);
    }
    expect(registry.logged()).toContain(issued.packetId);
  });
});
