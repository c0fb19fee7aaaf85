import { writeFileSync } from 'node:fs';
import { READY_WITHIN_MS } from '#contract/console-devices.ts';
import { settle } from '../../../../drivers/manual-timers.ts';
import { consoleLab, SCANNER } from '../../console/console-lab.ts';
import { member } from '../../staff/staff-lab.ts';
import type { Scene } from './scene.ts';

const MOVED = { kind: 'configured', role: 'scanner', place: { path: '/dev/elsewhere' } } as const;

/** A technician at the console of a terminal whose saved list is damaged. */
async function technicianAtDevices() {
  const lab = await consoleLab({
    devices: { source: 'settings', devices: [SCANNER], faults: ['devices.json:1: not JSON'] },
  });
  const technician = await member({ signer: lab.lab.installed.registry.staff });
  lab.lab.publish([technician]);
  lab.console.open();
  const { client } = lab.page();
  await client.call('showBadge', { code: technician.code });
  await client.call('enterPin', { pin: technician.pin });
  return { lab, client };
}

export const DEVICE_SCENES: readonly Scene[] = [
  {
    when: 'a technician tries a device, saves it at a wrong place and then at the right one',
    leaves: ['device.list-not-used', 'device.tried', 'device.rolled-back', 'device.saved'],
    async play() {
      const { lab, client } = await technicianAtDevices();
      const tried = client.call('tryDevice', { choice: MOVED, card: false });
      await settle();
      const command = lab.sent.at(-1);
      if (command?.type !== 'device.try') throw new Error('no trial was asked for');
      const { request, device } = command;
      lab.report({ type: 'tried', request, trial: { device, passed: true, steps: [] } });
      await tried;
      await client.call('saveDevice', { choice: MOVED });
      await lab.pass(READY_WITHIN_MS);
      await client.call('saveDevice', { choice: { kind: 'configured', role: 'scanner', place: null } });
      lab.device('ready');
      return lab.told;
    },
  },
  {
    when: 'a technician takes a device off the list, and goes back to the settings’ devices',
    leaves: ['device.removed', 'device.list-erased'],
    async play() {
      const { lab, client } = await technicianAtDevices();
      await client.call('removeDevice', { role: 'scanner' });
      await client.call('eraseDeviceList', {});
      return lab.told;
    },
  },
  {
    when: 'a technician records a device and leaves the console',
    leaves: ['device.recording-begun', 'device.recording-ended'],
    async play() {
      const { lab, client } = await technicianAtDevices();
      await client.call('startRecording', { role: 'scanner' });
      const command = lab.sent.at(-1);
      if (command?.type !== 'recording.start') throw new Error('no recording was asked for');
      writeFileSync(command.file, 'masked');
      lab.report({ type: 'recording', role: 'scanner', state: 'running', detail: null });
      lab.console.leave();
      lab.report({ type: 'recording', role: 'scanner', state: 'ended', detail: null });
      return lab.told;
    },
  },
];
