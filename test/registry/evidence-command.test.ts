import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeEvidence } from '#protocol/evidence-file.ts';
import { runEvidenceCommand } from '#registry/examination/evidence-command.ts';
import { dataFolderAt } from '#registry/founding/found-registry.ts';
import { openStore } from '#registry/store/store.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { decide, hall } from './hall.ts';
import { PEOPLE } from './people.ts';
import { playEvidence } from './test-evidence.ts';

describe('the evidence of one packet', () => {
  it('is written in clear for an examiner, readable by nobody else, and never over a file that is there', async () => {
    const { registry, station } = await hall();
    const evidence = playEvidence({});
    const packet = await station.packet({
      person: PEOPLE.lin,
      edit: (enrolment) => ({ ...enrolment, evidence }),
    });
    await decide(station, packet);
    const folder = dataFolderAt(registry.dataFolder);
    const opened = openStore(folder.database);
    if (!opened.ok) throw new Error(opened.error.reason);
    const store = opened.value;
    const file = join(temporaryFolder(), 'case.evidence');
    const command = { name: 'evidence', dataFolder: registry.dataFolder, file } as const;
    try {
      const said = await runEvidenceCommand({ ...command, packetId: packet.packetId }, { folder, store });
      expect(said).toContain(packet.packetId);
      expect(readFileSync(file).equals(encodeEvidence(evidence))).toBe(true);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const again = runEvidenceCommand({ ...command, packetId: packet.packetId }, { folder, store });
      await expect(again).rejects.toThrow(/EEXIST/);
      const unknown = runEvidenceCommand({ ...command, packetId: 'no-such-packet' }, { folder, store });
      await expect(unknown).rejects.toThrow('no packet no-such-packet is stored here');
    } finally {
      await store.close();
    }
  });
});
