import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Grade } from '#domain/enrolment/enrolment.ts';
import type {
  CheckedEid,
  KnownSlip,
  Review,
  ShownEid,
  ShownSlip,
  SlipStatus,
} from '#domain/session/snapshot.ts';
import { STATION } from './scene.ts';

/** A drawing of a face as the camera's picture, JPEG in base64. */
export const PORTRAIT_JPEG = readFileSync(resolve(import.meta.dirname, 'portrait.jpg')).toString('base64');

/** Invented people and things to show, each as long as the real ones get. */

const PICTURE = portraitDrawing('#3b4f66');
const CARD_PICTURE = portraitDrawing('#5b4636');
export const MOMENT = Date.UTC(2026, 10, 23, 2, 15);
const EXPIRY = Date.UTC(2029, 10, 23);
const PACKET = '019ab0c2-7d41-7e35-9c08-5a1e64d2f7b3';
const CODE_BODY = '6BFOXN%TS3DHPVO13J /G-/2YRVA.Q/R8';

export function shownEid(grade: Grade): ShownEid {
  return {
    grade,
    maskedName: '林**',
    subject: '7K2M QX9D 4TRB 8WHC',
    issuedAt: MOMENT,
    expiresAt: EXPIRY,
    code: `EID1:${CODE_BODY.repeat(9)}`,
    portrait: PICTURE,
    simulated: true,
  };
}

export function shownSlip(change: Partial<ShownSlip>): ShownSlip {
  return {
    packetId: PACKET,
    maskedName: '林**',
    maskedNumber: '440***********0133',
    application: 'full',
    at: MOMENT,
    station: STATION,
    sequence: 1042,
    state: 'issued',
    statement: `EIDS1:${CODE_BODY.repeat(12)}`,
    print: { state: 'printed' },
    ...change,
  };
}

export const REVIEW: Review = {
  application: 'full',
  name: '林示远',
  maskedNumber: '440***********0133',
  validUntil: '2036-07-01',
  phoneLastFour: 'K7QX',
  portrait: PICTURE,
  cardPortrait: CARD_PICTURE,
};

export const LONG_NAME = '阿卜杜热合曼·示例·买买提';

export function slipStatus(change: Partial<KnownSlip>): SlipStatus {
  return {
    packetId: PACKET,
    application: 'full',
    station: STATION,
    at: MOMENT,
    state: 'held',
    reason: null,
    ...change,
  };
}

export function checkedEid(change: Partial<CheckedEid>, grade: Grade = 'full'): CheckedEid {
  return {
    verdict: { result: 'valid', grade, simulated: false },
    eid: {
      maskedName: '林**',
      subject: '7K2MQX9D4TRB8WHC',
      grade,
      issuedAt: MOMENT,
      expiresAt: EXPIRY,
    },
    statusAsOf: MOMENT,
    holder: 'not-shown',
    challenge: `EIDN1:${CODE_BODY.repeat(3)}`,
    ...change,
  };
}

/** An invented head and shoulders in place of a photograph. */
function portraitDrawing(hair: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 358 441"><rect width="358" height="441" fill="#dfe7ef"/><path d="M60 441c6-96 50-132 119-132s113 36 119 132z" fill="#41566f"/><path d="M148 262h62v66c-18 20-44 20-62 0z" fill="#e2b48f"/><ellipse cx="179" cy="196" rx="82" ry="104" fill="#efc7a3"/><path d="M94 186c-8-90 36-128 88-128s92 40 82 128c-14-40-30-58-44-66-40 12-84 10-102 4-12 14-20 34-24 62z" fill="${hair}"/><g fill="#22303f"><circle cx="148" cy="200" r="8"/><circle cx="210" cy="200" r="8"/></g><path d="M152 252c16 12 38 12 54 0" fill="none" stroke="#a05b4a" stroke-width="6" stroke-linecap="round"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
