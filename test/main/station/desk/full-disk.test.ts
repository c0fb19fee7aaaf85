import { execFileSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { reserveFile } from '#station/vault/reserve-file.ts';
import { verifyChain } from '../../../faults/verify-chain.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { installLocally } from './local-installation.ts';
import { station } from './station-lab.ts';
import { contents } from './station-settings.ts';

const RESERVE = 600_000;

test.skipIf(process.getuid?.() !== 0)(
  'on a full disk the reserve is given up, what is under way is saved, and new sessions stop',
  async () => {
    const folder = temporaryFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder]);
    onTestFinished(() => {
      execFileSync('umount', [folder]);
    });
    const installed = await installLocally({ folder });
    const target = await station({ folder });
    expect(await reserveFile({ folder, bytes: RESERVE }).refill()).toBe(true);
    const said: string[] = [];
    let outcome = 'saved';
    let savedFrozen = 0;
    while (outcome === 'saved' && said.length < 200) {
      const result = target.desk.desk.save(contents(10_000));
      outcome = result.ok ? 'saved' : result.error;
      if (result.ok) {
        said.push(result.value.packetId);
        if (target.desk.desk.standing().frozen === 'storage-full') savedFrozen += 1;
      }
    }
    expect(outcome).toBe('storage-full');
    expect(savedFrozen).toBeGreaterThan(0);
    expect(target.logged).toContain('storage.reserve-released');
    expect(target.desk.desk.standing()).toMatchObject({ frozen: 'storage-full', waiting: said.length });
    // A record on the side must not bring a session down either.
    const sessionId = '0e9d3a14-7c1f-4b5e-8a40-5f1f5a2c7d10';
    expect(() => target.desk.audit.record({ type: 'session.wiped', fields: { sessionId } })).not.toThrow();

    const again = await target.restarted();
    expect(again.desk.desk.standing().waiting).toBe(said.length);
    await again.desk.close();
    const found = verifyChain({ folder, ...installed });
    expect(found.faults).toEqual([]);
    expect(found.packetIds).toEqual(said);
  },
);
