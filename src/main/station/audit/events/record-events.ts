import type { EventTable } from '../event-type.ts';

/** E-9000 to E-9999: the record about itself. */
export const RECORD_EVENTS = {
  'audit.repeated': {
    number: 9010,
    severity: 'notice',
    actor: 'station',
    zh: '同一事件在短时间内重复发生，此处记录重复次数。',
    en: 'The event of that number came again with the same fields: how often after the entry that tells it, and for how long.',
    fields: { number: 'count', entry: 'count', times: 'count', seconds: 'count' },
  },
  'audit.not-listed': {
    number: 9020,
    severity: 'alarm',
    actor: 'station',
    zh: '程序试图记录未列入清单的事件；其内容未予保存。',
    en: 'The program told of an event that the list does not know: a mistake, kept without what it said.',
    fields: { fields: 'count' },
  },
} as const satisfies EventTable;
