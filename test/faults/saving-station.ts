import '../../src/require-node.mjs';
import { randomBytes, randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openStationDesk } from '#station/desk/station-desk.ts';
import { fileKeyStore } from '#station/keys/file-key-store.ts';
import { silentLog } from '#station/log/station-log.ts';
import { contents, settingsFor } from '../main/station/desk/station-settings.ts';

/**
 * A station that saves one enrolment after the other until it is killed. It says "saved <id>" only after `save` has
 * returned, with a write that has reached the pipe when it comes back. It waits for a line before it opens the data
 * folder, so that the next one can be loaded while the one before is still alive.
 */
const folder = process.argv[2] ?? '';
const say = (line: string) => writeSync(1, `${line}\n`);

async function saveUntilKilled(): Promise<void> {
  const desk = await openStationDesk({
    settings: settingsFor(folder),
    keyStore: fileKeyStore({ path: join(folder, 'station.key') }),
    environment: {
      clock: { now: () => Date.now(), monotonic: () => performance.now() },
      randomBytes: (length) => new Uint8Array(randomBytes(length)),
    },
    log: silentLog,
    software: { version: '0.2.0', models: [] },
    reserveBytes: 1_000,
  });
  if (!desk.ok) {
    say(`not opened ${desk.error.reason}`);
    process.exit(1);
  }
  desk.value.start();
  say('opened');
  const save = () => {
    const commitment = randomBytes(32).toString('hex');
    const fields = { sessionId: randomUUID(), attempt: 1, commitment };
    desk.value.audit.record({ type: 'liveness.committed', fields });
    say(`committed ${commitment}`);
    desk.value.audit.record({ type: 'liveness.abandoned', fields: { ...fields, reason: 'left' } });
    const saved = desk.value.desk.save(contents());
    say(saved.ok ? `saved ${saved.value.packetId}` : `not saved ${saved.error}`);
    setImmediate(save);
  };
  save();
}

say('loaded');
createInterface({ input: process.stdin }).once('line', () => void saveUntilKilled());
