import { describe, expect, it } from 'vitest';
import { sdtResponseDeframer } from '#drivers/framing/sdt.ts';
import type { SdtModule, SimulatedCard } from '#drivers/simulator/sdt-module.ts';
import {
  answerRequest,
  layCard,
  losePower,
  newModule,
  refuseRequest,
  STRICT_MODEL,
} from '#drivers/simulator/sdt-module.ts';
import { bytes } from '../bytes.ts';

const CARD: SimulatedCard = {
  kind: 'identity',
  text: new Uint8Array(256).fill(0x20),
  photo: new Uint8Array(1024).fill(0x5a),
};
const NEW = newModule({ model: STRICT_MODEL, baudRate: 115200 });
const WITH_CARD = layCard(NEW, CARD);

/** Asks one after the other: the statuses, and what the module has become. */
function ask(module: SdtModule, ...questions: readonly string[]) {
  let now = module;
  const answers = questions.map((question) => {
    const [command = 0, parameter = 0, ...data] = bytes(question);
    const reply = answerRequest(now, { command, parameter, data: Uint8Array.from(data) });
    now = reply.module;
    const [answer] = sdtResponseDeframer().push(reply.frame);
    if (answer === undefined) throw new Error(`no frame for ${question}`);
    return answer;
  });
  return { module: now, answers, statuses: answers.map(({ status }) => status.toString(16)) };
}

describe('a simulated module', () => {
  it('wants find, select, read in this order, once', () => {
    expect(ask(WITH_CARD, '3001').statuses).toEqual(['41']);
    expect(ask(WITH_CARD, '2002').statuses).toEqual(['81']);
    expect(ask(WITH_CARD, '2001', '3001').statuses).toEqual(['9f', '41']);
    expect(ask(WITH_CARD, '2001', '2002', '3001', '3001', '2001').statuses).toEqual([
      '9f',
      '90',
      '90',
      '41',
      '80',
    ]);
    expect(ask(NEW, '2001', '2002', '3001').statuses).toEqual(['80', '81', '41']);
  });

  it('finds a card again that was read where its model does', () => {
    const model = { ...STRICT_MODEL, findsReadCards: true };
    const module = layCard(newModule({ model, baudRate: 115200 }), CARD);
    expect(ask(module, '2001', '2002', '3001', '2001', '2002', '3001').statuses).toEqual([
      '9f',
      '90',
      '90',
      '9f',
      '90',
      '90',
    ]);
  });

  it.each([
    [0, 1297],
    [512, 1809],
    [1024, 2321],
  ])('reads %i bytes of fingerprints in a frame of %i', (length, frame) => {
    const fingerprints = new Uint8Array(length).fill(0xa5);
    const { module } = ask(layCard(NEW, { ...CARD, fingerprints }), '2001', '2002');
    const reply = answerRequest(module, { command: 0x30, parameter: 0x10, data: new Uint8Array(0) });
    expect(reply.frame).toHaveLength(frame);
    expect([...reply.frame.subarray(10, 16)]).toEqual([1, 0, 4, 0, length >> 8, length & 0xff]);
  });

  it('does not know 30 10 where its model has no fingerprints', () => {
    const module = layCard(
      newModule({ model: { ...STRICT_MODEL, readsFingerprints: false }, baudRate: 9600 }),
      CARD,
    );
    expect(ask(module, '2001', '2002', '3010', '3001').statuses).toEqual(['9f', '90', '21', '90']);
  });

  it('gives the newest address of a card that was read, or says that none is stored', () => {
    const stored = new Uint8Array(70).fill(0x41);
    expect(ask(WITH_CARD, '3003').statuses).toEqual(['41']);
    expect(ask(WITH_CARD, '2001', '2002', '3001', '3003').statuses.at(-1)).toBe('91');
    const { answers } = ask(layCard(NEW, { ...CARD, newestAddress: stored }), '2001', '2002', '3001', '3003');
    expect(answers.at(-1)).toMatchObject({ status: 0x90, data: stored });
  });

  it('gives the number of the card’s body once it was selected', () => {
    expect(ask(WITH_CARD, '3005').statuses).toEqual(['41']);
    expect(ask(WITH_CARD, '2001', '2002', '3005').answers.at(-1)?.data).toHaveLength(28);
  });

  it('sets its line’s rate and takes a radio block of one byte', () => {
    expect(ask(NEW, '6004')).toMatchObject({ statuses: ['90'], module: { baudRate: 9600 } });
    expect(ask(NEW, '6005').statuses).toEqual(['21']);
    expect(ask(NEW, '61ff50', '61ff58', '61ff51', '61ff', '61ff5050').statuses).toEqual([
      '90',
      '90',
      '24',
      '11',
      '11',
    ]);
  });

  it('knows no other card and no other command', () => {
    expect(ask(layCard(NEW, { kind: 'foreign' }), '2001', '2002', 'abcd').statuses).toEqual([
      '9f',
      '40',
      '21',
    ]);
  });

  it('forgets what it has read without power, and what it refused it did not do', () => {
    const read = ask(WITH_CARD, '2001', '2002', '3001').module;
    expect(ask(read, '2001').statuses).toEqual(['80']);
    expect(ask(losePower(read), '2001').statuses).toEqual(['9f']);
    const refused = refuseRequest(ask(WITH_CARD, '2001', '2002').module, 0x41).module;
    expect(ask(refused, '3001', '2001').statuses).toEqual(['41', '9f']);
  });
});
