import { onTestFinished } from 'vitest';
import type { DriverReport } from '#contract/driver-messages.ts';
import { NO_HEALTH } from '#contract/driver-messages.ts';
import type { AuditEvent } from '#station/audit/audit-events.ts';
import { auditLog } from '#station/audit/audit-log.ts';
import { repeatingTrail } from '#station/audit/audit-trail.ts';
import { watchDevices } from '#station/audit/watch-devices.ts';
import { openVault } from '#station/vault/vault.ts';
import { temporaryFolder } from '../../../../temporary-folder.ts';
import { installLocally } from '../../desk/local-installation.ts';
import { eventually, station } from '../../desk/station-lab.ts';
import { contents } from '../../desk/station-settings.ts';
import { eventsIn, type Scene, type SeenEvent } from './scene.ts';

const UNLIMITED = 1_073_741_823;

export const STATION_SCENES: readonly Scene[] = [
  {
    when: 'somebody types a provisioning code wrong',
    leaves: ['station.provisioning-failed'],
    async play() {
      const { desk } = await station();
      await desk.provision({
        code: 'ABCD-EFGH',
        registryUrl: 'https://127.0.0.1:1',
        stationName: 'Hall 3',
        mayMove: false,
      });
      return eventsIn(desk.inside.database);
    },
  },
  {
    when: 'a pilot station was provisioned by a registry that runs in demo mode',
    leaves: ['station.start-refused'],
    async play() {
      const folder = temporaryFolder();
      await installLocally({ folder });
      const { desk } = await station({ folder, settings: { mode: 'pilot' } });
      desk.refusedRegistry();
      return eventsIn(desk.inside.database);
    },
  },
  {
    when: 'the disk runs short and has room again',
    leaves: ['station.frozen', 'station.thawed'],
    async play() {
      let free = 50_000;
      const { desk } = await station({ freeMegabytes: () => free });
      free = 10;
      desk.keepHouse();
      free = 50_000;
      desk.keepHouse();
      return eventsIn(desk.inside.database);
    },
  },
  {
    when: 'the database is full while an enrolment is saved, and has room again',
    leaves: ['storage.reserve-released', 'storage.reserve-refilled'],
    async play() {
      const folder = temporaryFolder();
      await installLocally({ folder });
      const { desk } = await station({ folder });
      const { database } = desk.inside;
      desk.start();
      const refilled = () => eventsIn(database).some(({ type }) => type === 'storage.reserve-refilled');
      await eventually('the reserve is set aside', refilled);
      database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true }))}`);
      const made = desk.desk.save(contents(40_000));
      database.pragma(`max_page_count = ${UNLIMITED}`);
      if (made.ok) throw new Error('there was room after all');
      await Promise.resolve();
      return eventsIn(database);
    },
  },
  {
    when: 'a reader is plugged in and pulled out',
    leaves: ['device.connected', 'device.disconnected'],
    async play() {
      const seen: AuditEvent[] = [];
      let report: (report: DriverReport) => void = () => {};
      watchDevices({
        drivers: {
          onReport: (listener) => {
            report = listener;
            return () => {};
          },
        },
        audit: { record: (event) => seen.push(event) },
      });
      for (const state of ['connecting', 'ready', 'connecting', 'ready', 'connecting', 'absent'] as const) {
        report({
          type: 'device',
          role: 'reader',
          state,
          model: 'SDT',
          samId: null,
          simulated: false,
          detail: null,
          health: NO_HEALTH,
        });
      }
      if (seen.length !== 2) throw new Error('a renewal of the drivers counted as a reader that went away');
      return seen;
    },
  },
  {
    when: 'a cable has a loose contact, and when the program tells of something that is not listed',
    leaves: ['audit.repeated', 'audit.not-listed'],
    async play() {
      const opened = openVault({ folder: temporaryFolder() });
      if (!opened.ok) throw new Error(opened.error.reason);
      const { database } = opened.value;
      onTestFinished(() => opened.value.close());
      let at = 0;
      const audit = auditLog({ database, now: () => at, onRefused: () => {} });
      const trail = repeatingTrail({ database, audit, monotonic: () => at });
      for (; at < 5_000; at += 1_000) {
        trail.record({ type: 'device.disconnected', fields: { role: 'reader', reason: 'absent' } });
      }
      at += 120_000;
      trail.settle();
      const unlisted: unknown = { type: 'somebody.did-something', fields: { what: 'who knows' } };
      trail.record(unlisted as AuditEvent);
      const events: SeenEvent[] = eventsIn(database);
      const [first, repeated] = events;
      if (
        first?.type !== 'device.disconnected' ||
        repeated?.fields.times !== 4 ||
        repeated.fields.entry !== 1
      ) {
        throw new Error('four repeats after the first entry were not counted');
      }
      return events;
    },
  },
];
