import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { OperationMode } from '#contract/settings.ts';
import { type RunningRegistry, startRegistry } from '#registry/start-registry.ts';
import { auditLog } from '#station/audit/audit-log.ts';
import { heedChain } from '#station/sync/heed-chain.ts';
import { systemEnvironment } from '#station/system-environment.ts';
import { temporaryFolder } from '../../../../temporary-folder.ts';
import { eventually, provisioned, saved, station, type TestStation } from '../../desk/station-lab.ts';
import { contents } from '../../desk/station-settings.ts';
import { eventsIn, type Scene } from './scene.ts';

const PEOPLE = join(import.meta.dirname, '../../../../../resources/demo/people.json');

async function registryIn(
  mode: OperationMode,
  options: { folder?: string; port?: number } = {},
): Promise<RunningRegistry> {
  const { clock, randomBytes } = systemEnvironment;
  const registry = await startRegistry({
    dataFolder: options.folder ?? temporaryFolder(),
    port: options.port ?? 0,
    ...{ mode, clock, randomBytes },
    peopleFile: PEOPLE,
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
  onTestFinished(() => registry.close());
  return registry;
}

const chainOf = (target: TestStation) => eventsIn(target.desk.inside.database);
const rowOf = (target: TestStation) => target.desk.queueRows({ limit: 1 })[0];

export const PACKET_SCENES: readonly Scene[] = [
  {
    when: 'an enrolment goes its whole way, the registry goes away, and comes back in another mode',
    leaves: [
      'station.provisioned',
      'station.started',
      'link.online',
      'link.offline',
      'clock.trust-changed',
      'packet.saved',
      'packet.acknowledged',
      'packet.decided',
      'packet.body-erased',
      'station.stopped',
      'trust-list.replaced',
    ],
    async play() {
      const folder = temporaryFolder();
      const registry = await registryIn('demo', { folder });
      const target = await station({ settings: { retentionDays: 0 } });
      await provisioned(target, registry);
      target.desk.start();
      const { packetId } = saved(target);
      await target.desk.desk.awaitDecision({ packetId, timeoutMs: 8_000 });
      await eventually('the decision is kept', () => rowOf(target)?.decision === 'rejected');
      await eventually(
        'the clock is proven',
        () => target.desk.desk.standing().clockTrust === 'synchronised',
      );
      await eventually('the body is old enough', () => {
        target.desk.keepHouse();
        return rowOf(target)?.body === 'erased';
      });
      await registry.close();
      saved(target);
      await eventually('the line is known to be cut', () => !target.desk.desk.standing().online);
      const again = await target.restarted();
      await registryIn('pilot', { folder, port: registry.port });
      again.desk.start();
      await eventually('the newer trust list arrives', () =>
        chainOf(again).some(({ type }) => type === 'trust-list.replaced'),
      );
      return chainOf(again);
    },
  },
  {
    when: 'a registry in production is sent a simulated packet',
    leaves: ['packet.refused'],
    async play() {
      const registry = await registryIn('production');
      const target = await station();
      await provisioned(target, registry);
      target.desk.start();
      const made = target.desk.desk.save({ ...contents(), simulated: true });
      if (!made.ok) throw new Error(made.error);
      await eventually('the refusal arrives', () => rowOf(target)?.delivery === 'refused');
      return chainOf(target);
    },
  },
  {
    when: 'a body is damaged on the disk before it is sent',
    leaves: ['packet.faulty'],
    async play() {
      const registry = await registryIn('demo');
      const target = await station();
      await provisioned(target, registry);
      saved(target);
      target.desk.inside.database.exec("UPDATE packet_body SET sealed = x'00'");
      target.desk.start();
      await eventually('the damage is found', () => rowOf(target)?.fault === 'damaged');
      return chainOf(target);
    },
  },
  {
    when: 'the registry lost what it had acknowledged, and then claims more than was ever made here',
    leaves: ['packet.sent-again', 'chain.broken'],
    async play() {
      const registry = await registryIn('demo');
      const target = await station();
      await provisioned(target, registry);
      target.desk.start();
      saved(target);
      await eventually('the packet is acknowledged', () => rowOf(target)?.delivery === 'acknowledged');
      const again = await target.restarted();
      const { queue, installations } = again.desk.inside;
      const chain = installations.current()?.id ?? 0;
      const { database: own } = again.desk.inside;
      const audit = auditLog({
        database: own,
        now: Date.now,
        onRefused: ({ field }) => {
          throw new Error(field);
        },
      });
      const tools = { database: own, queue, installations, audit };
      const nothing = { head: 0, headSha256: new Uint8Array(32), gaps: [] };
      heedChain({ chain, statement: nothing, upToDate: true }, tools);
      heedChain({ chain, statement: { ...nothing, head: 9 }, upToDate: true }, tools);
      return eventsIn(own);
    },
  },
];
