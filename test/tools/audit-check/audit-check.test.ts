import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { DATABASE_FILE } from '#station/vault/vault.ts';
import { installLocally } from '../../main/station/desk/local-installation.ts';
import { saved, station } from '../../main/station/desk/station-lab.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const MAIN = resolve(import.meta.dirname, '../../../tools/audit-check/main.ts');
let folder: string;
let key: string;

async function check(...parameters: readonly string[]) {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [MAIN, ...parameters]);
    return { code: 0, told: stdout + stderr };
  } catch (fault) {
    const { code, stdout, stderr } = fault as { code: number; stdout: string; stderr: string };
    return { code, told: stdout + stderr };
  }
}

/** What somebody with the disk in hand can do: the database's own guards are gone first. */
function tamper(sql: string): void {
  const database = new Database(join(folder, DATABASE_FILE));
  database.exec(
    'DROP TRIGGER audit_entry_kept; DROP TRIGGER audit_entry_unchanged; PRAGMA foreign_keys = OFF',
  );
  database.exec(sql);
  database.close();
}

beforeEach(async () => {
  folder = temporaryFolder();
  const { publicKey } = await installLocally({ folder });
  key = Buffer.from(publicKey).toString('hex');
  const { desk, ...target } = await station({ folder });
  desk.start();
  for (let packets = 0; packets < 4; packets += 1) saved({ desk, ...target });
  // Signs the last checkpoint.
  await desk.close();
});

describe('npm run audit', () => {
  it('finds the trail of a station whole, with its public key alone', async () => {
    const checked = await check(folder, '--key', key);
    expect(checked).toMatchObject({ code: 0, told: expect.stringContaining('The trail is whole.') });
    expect(checked.told).toMatch(/^\d+ entries, 1 checkpoints, 4 envelopes/);
    expect(checked.told).not.toContain('keys that lie in the folder');
  });

  it('says when it took the keys out of the folder that it checks', async () => {
    expect((await check(folder)).told).toContain('Checked with the keys that lie in the folder itself');
  });

  it.each([
    ['a deleted row', 'DELETE FROM audit_entry WHERE sequence = 3', 'Entry 3 was deleted.'],
    [
      'an altered row',
      "UPDATE audit_entry SET entry = (SELECT entry FROM audit_entry WHERE sequence = 2), type = 'x' WHERE sequence = 3",
      'Entry 3 was moved: the row holds entry 2.',
    ],
    [
      'one octet of a row altered',
      "UPDATE audit_entry SET entry = CAST(substr(entry, 1, length(entry) - 1) || x'00' AS BLOB) WHERE sequence = 3",
      'Entry 3 was altered',
    ],
    [
      'two rows exchanged',
      'UPDATE audit_entry SET sequence = 1000 WHERE sequence = 3; UPDATE audit_entry SET sequence = 3 WHERE sequence = 4; UPDATE audit_entry SET sequence = 4 WHERE sequence = 1000',
      'Entry 3 was moved: the row holds entry 4.\nEntry 4 was moved: the row holds entry 3.',
    ],
    [
      'the end cut off with its checkpoint',
      'DELETE FROM audit_checkpoint; DELETE FROM audit_entry WHERE sequence > 2',
      'names an entry that is not there',
    ],
  ])('finds %s and says which', async (_, sql, sentence) => {
    tamper(sql);
    expect(await check(folder, '--key', key)).toMatchObject({
      code: 1,
      told: expect.stringContaining(sentence),
    });
  });

  it('does not believe a checkpoint that another key signed', async () => {
    const other = `${'00'.repeat(31)}01`;
    const checked = await check(folder, '--key', other);
    expect(checked).toMatchObject({
      code: 1,
      told: expect.stringContaining('is not signed by this station'),
    });
  });

  it.each([
    [['no-such-folder'], 'there is no station in no-such-folder'],
    [[], 'usage:'],
    [['a', '--key', 'abc'], '--key number 1 is no public key'],
    [['a', '--force'], "Unknown option '--force'"],
  ])('given %j says what is wrong', async (parameters, sentence) => {
    expect(await check(...parameters)).toMatchObject({ code: 2, told: expect.stringContaining(sentence) });
  });

  it('checks a station that is at work', async () => {
    const target = await station({ folder });
    target.desk.start();
    saved(target);
    expect(await check(folder, '--key', key)).toMatchObject({ code: 0 });
  });
});
