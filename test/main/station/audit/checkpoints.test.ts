import { expect, test } from 'vitest';
import { openCheckpoint } from '#protocol/audit-entry.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { installLocally } from '../desk/local-installation.ts';
import { saved, station } from '../desk/station-lab.ts';

const HOUR = 3_600_000;

async function lab() {
  const folder = temporaryFolder();
  const { publicKey } = await installLocally({ folder });
  const target = await station({ folder });
  const verifier = nodeVerifier(publicKey);
  const causes = () =>
    (
      target.desk.inside.database
        .prepare('SELECT checkpoint FROM audit_checkpoint ORDER BY sequence')
        .pluck()
        .all() as Buffer[]
    ).map((checkpoint) => {
      const opened = openCheckpoint({ bytes: new Uint8Array(checkpoint), findVerifier: () => verifier });
      return opened.ok ? opened.value.cause : opened.error.reason;
    });
  /** Something happens, and then the house is kept. */
  const round = () => {
    saved(target);
    target.desk.keepHouse();
  };
  return { target, causes, round };
}

test('the station signs its record once a day, with its own key', async () => {
  const { target, causes, round } = await lab();
  round();
  round();
  expect(causes()).toEqual(['daily']);
  target.clock.shift += 23 * HOUR;
  round();
  expect(causes()).toEqual(['daily']);
  target.clock.shift += HOUR;
  round();
  expect(causes()).toEqual(['daily', 'daily']);
});

test('a clock that was a year ahead when it last signed, and was put right, does not end the daily signatures', async () => {
  const { target, causes, round } = await lab();
  target.clock.shift = 365 * 24 * HOUR;
  round();
  target.clock.shift = 0;
  round();
  expect(causes()).toEqual(['daily', 'daily']);
});
