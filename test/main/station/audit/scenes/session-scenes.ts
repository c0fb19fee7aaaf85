import { err, ok } from '#domain/result.ts';
import { settle } from '../../../../drivers/manual-timers.ts';
import { SimulatedTerminal } from '../../face/simulated-terminal.ts';
import { ISSUED, openHall } from '../../session/hall.ts';
import type { Scene } from './scene.ts';

export const SESSION_SCENES: readonly Scene[] = [
  {
    when: 'a citizen goes the whole way and takes the slip along',
    leaves: [
      'session.started',
      'session.visit-chosen',
      'session.step',
      'session.ended',
      'session.wiped',
      'slip.printed',
    ],
    async play() {
      const hall = openHall({ printer: { print: async () => ok(undefined) } });
      await hall.goTo('deciding');
      hall.desk.decide(ISSUED);
      await settle();
      hall.touch('continue');
      await settle();
      hall.touch('finish');
      hall.drivers.lift();
      await hall.nextCitizen();
      return hall.audit;
    },
  },
  {
    when: 'the printer has no paper',
    leaves: ['slip.failed'],
    async play() {
      const hall = openHall({ printer: { print: async () => err('no-paper') } });
      await hall.goTo('deciding');
      hall.desk.decide(ISSUED);
      await settle();
      hall.touch('continue');
      await settle();
      return hall.audit;
    },
  },
  {
    when: 'a citizen asks for staff',
    leaves: ['session.ticket'],
    async play() {
      const hall = openHall();
      await hall.goTo('phone');
      hall.touch('ask-staff');
      return hall.audit;
    },
  },
  {
    when: 'a citizen leaves and the card stays on the reader',
    leaves: ['session.card-left'],
    async play() {
      const hall = openHall();
      await hall.goTo('face');
      hall.touch('cancel', 'confirm-cancel');
      await hall.timers.advance(30_001);
      await hall.timers.until(() => hall.screen().name === 'closed');
      return hall.audit;
    },
  },
  {
    when: 'a wipe fails',
    leaves: ['session.wipe-failed'],
    async play() {
      const hall = openHall();
      await hall.goTo('review');
      hall.face.failWipe();
      hall.touch('cancel', 'confirm-cancel');
      return hall.audit;
    },
  },
  {
    when: 'a citizen does what the prompts ask for',
    leaves: ['liveness.committed', 'liveness.used'],
    async play() {
      return (await new SimulatedTerminal().tryOnce()).audit;
    },
  },
  {
    when: 'a try is given up, and the page goes on to send what was never asked for',
    leaves: ['liveness.abandoned', 'liveness.input-refused'],
    async play() {
      const terminal = new SimulatedTerminal();
      await terminal.conductor.begin(1, []);
      terminal.conductor.promptShown({ attempt: 1, index: 0, action: 'blink', at: 1 });
      terminal.conductor.abandon();
      return terminal.told.audit;
    },
  },
];
