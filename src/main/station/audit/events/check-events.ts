import type { EventTable } from '../event-type.ts';

/**
 * E-6000 to E-6999: slips and e-IDs that were shown to the terminal to be checked. What came of it, not whose it was: a
 * series of forged ones is a fraud sign, a list of who checked what would be one of its own.
 */
export const CHECK_EVENTS = {
  'check.eid-checked': {
    number: 6010,
    severity: 'notice',
    actor: 'citizen',
    zh: '在本机查验了一份电子身份凭证。',
    en: 'An e-ID was shown and checked: what was found, and why where it is not valid.',
    fields: { result: 'code' },
  },
  'check.holder-answered': {
    number: 6020,
    severity: 'info',
    actor: 'citizen',
    zh: '出示手机对持有人验证作出了应答。',
    en: 'A phone answered whether it is the one that the e-ID is bound to.',
    fields: { result: 'code' },
  },
  'check.slip-checked': {
    number: 6030,
    severity: 'info',
    actor: 'citizen',
    zh: '在本机查询了一张回执的办理进度。',
    en: 'A slip was shown: how far its packet has come, or that it is forged or none of ours.',
    fields: { result: 'code' },
  },
} as const satisfies EventTable;
