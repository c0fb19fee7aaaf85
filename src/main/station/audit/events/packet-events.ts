import type { EventTable } from '../event-type.ts';

/** E-3000 to E-3999: packets and the chain that they stand in. */
export const PACKET_EVENTS = {
  'packet.saved': {
    number: 3010,
    severity: 'info',
    actor: 'station',
    zh: '一份办理记录已签名、加密并存入本机队列。',
    en: 'An enrolment was signed, sealed and stored in the queue.',
    fields: { packetId: 'id', sequence: 'count', envelope: 'hash' },
  },
  'packet.acknowledged': {
    number: 3020,
    severity: 'info',
    actor: 'registry',
    zh: '登记中心签名确认已收到记录。',
    en: 'The registry signed that it holds the packet.',
    fields: { packetId: 'id', sequence: 'count' },
  },
  'packet.refused': {
    number: 3030,
    severity: 'warning',
    actor: 'registry',
    zh: '登记中心签名拒收记录；记录保留在本机，可导出。',
    en: 'The registry signed that it will not hold the packet; it stays here and can be exported.',
    fields: { packetId: 'id', sequence: 'count', reason: 'code' },
  },
  'packet.decided': {
    number: 3040,
    severity: 'info',
    actor: 'registry',
    zh: '登记中心已对记录作出决定。',
    en: 'The registry decided on the packet.',
    fields: { packetId: 'id', outcome: 'code', reason: 'code' },
  },
  'packet.body-erased': {
    number: 3050,
    severity: 'info',
    actor: 'station',
    zh: '保存期满，记录正文已删除，信封和确认仍保留。',
    en: 'The retention time was over and the body was erased; envelope and acknowledgement stay.',
    fields: { packetId: 'id' },
  },
  'packet.sent-again': {
    number: 3060,
    severity: 'warning',
    actor: 'registry',
    zh: '登记中心已不再持有其确认过的记录，将重新上传。',
    en: 'The registry does not hold any more what it had acknowledged, with the hash of what it had said; it is sent again.',
    fields: { packetId: 'id', sequence: 'count', acknowledgement: 'hash' },
  },
  'packet.faulty': {
    number: 3070,
    severity: 'alarm',
    actor: 'station',
    zh: '本机存储的记录已损坏，不能发送；予以保留并可导出。',
    en: 'A packet cannot be sent as it lies here; it is kept and can be exported.',
    fields: { packetId: 'id', fault: 'code' },
  },
  'chain.broken': {
    number: 3110,
    severity: 'alarm',
    actor: 'station',
    zh: '记录链中断：本次安装不再受理新业务，须重新入网。',
    en: 'A chain cannot be gone on with: new sessions need a new installation.',
    fields: { installation: 'count', sequence: 'count', reason: 'code' },
  },
} as const satisfies EventTable;
