import { CONSOLE_METHODS, CONSOLE_PUSHES } from '#contract/console-api.ts';
import { connect } from '#contract/rpc.ts';
import { THROTTLE } from '#domain/staff/throttle.ts';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import type { AuditEvent } from '#station/audit/audit-events.ts';
import { openConsole } from '#station/console/open-console.ts';
import { silentLog } from '#station/log/station-log.ts';
import { systemEnvironment } from '#station/system-environment.ts';
import { memoryChannelPair } from '../../../../contract/memory-channel.ts';
import { manualTimers } from '../../../../drivers/manual-timers.ts';
import { settingsFor } from '../../desk/station-settings.ts';
import { member, staffedStation } from '../../staff/staff-lab.ts';
import { eventsIn, type Scene } from './scene.ts';

/** A station with one technician, whose console somebody has just opened. */
async function openedConsole() {
  const lab = await staffedStation();
  const technician = await member({ signer: lab.installed.registry.staff });
  lab.publish([technician]);
  const seen: AuditEvent[] = [];
  const { desk } = lab.station;
  const station = openConsole({
    inside: desk.inside,
    settings: settingsFor(lab.folder),
    keyStore: {
      ...{ kind: 'file', demoOnly: true },
      unwrapSeed: async () => null,
      storeSeed: async () => {},
    },
    devices: { source: 'settings', devices: [], faults: [] },
    profiles: () => ({ profiles: [], faults: [] }),
    onDriversEnd: () => {},
    drivers: {
      send: () => {},
      onReport: () => () => {},
      device: () => null,
      renew: () => {},
      stop: async () => {},
    },
    audit: { record: (event) => seen.push(event) },
    environment: systemEnvironment,
    bootClock: lab.bootClock,
    timers: manualTimers(),
    log: silentLog,
    standing: desk.desk.standing,
    identity: desk.identity,
    provision: async () => ({ ok: false, error: { reason: 'unreachable' } }),
    settingViews: () => [],
    changeSetting: desk.settings.change,
    onLeft: () => {},
  });
  station.open();
  const [ours, page] = memoryChannelPair();
  station.attach(ours);
  const client = connect({ channel: page, methods: CONSOLE_METHODS, pushes: CONSOLE_PUSHES });
  return { lab, technician, client, station, seen };
}

export const STAFF_SCENES: readonly Scene[] = [
  {
    when: 'a technician who is logged in at the console sets something at this terminal',
    leaves: ['settings.changed-here'],
    async play() {
      const { lab, technician, client } = await openedConsole();
      await client.call('showBadge', { code: technician.code });
      await client.call('enterPin', { pin: technician.pin });
      await client.call('changeSetting', { setting: 'retentionDays', value: 9 });
      return eventsIn(lab.station.desk.inside.database);
    },
  },
  {
    when: 'a technician logs in at the console, looks after the devices, and leaves',
    leaves: [
      'staff.console-opened',
      'staff.logged-in',
      'staff.repaired',
      'staff.logged-out',
      'staff.console-left',
    ],
    async play() {
      const { technician, client, station, seen } = await openedConsole();
      await client.call('showBadge', { code: technician.code });
      await client.call('enterPin', { pin: technician.pin });
      await client.call('reconnectDevices', {});
      await client.call('logOut', {});
      station.leave();
      return seen;
    },
  },
  {
    when: 'somebody tries a forged badge, and guesses at a real one until it is blocked and unlocked',
    leaves: [
      'staff.badge-refused',
      'staff.pin-wrong',
      'staff.blocked',
      'staff.unlock-refused',
      'staff.unlocked',
    ],
    async play() {
      const { lab, technician, client, seen } = await openedConsole();
      const forged = await member({ signer: nodeSigner(new Uint8Array(32).fill(9)) });
      await client.call('showBadge', { code: forged.code });
      let nonce: string | null = null;
      for (let wrong = 1; wrong <= THROTTLE.mostTries; wrong += 1) {
        await client.call('showBadge', { code: technician.code });
        lab.bootClock.pass(THROTTLE_LONGEST_MS);
        await client.call('showBadge', { code: technician.code });
        await client.call('enterPin', { pin: '000000' });
        nonce = (await client.call('logInView', {})).unlockNonce;
      }
      const unlock = lab.unlock({ nonce });
      await client.call('unlock', { code: `${unlock.slice(0, -4)}0000` });
      await client.call('unlock', { code: unlock });
      return seen;
    },
  },
];

/** Longer than any wait that wrong tries can bring. */
const THROTTLE_LONGEST_MS = 30 * 86_400_000;
