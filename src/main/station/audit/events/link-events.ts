import type { EventTable } from '../event-type.ts';

/** E-4000 to E-4999: the line to the registry, what is trusted of it, and the devices on the station's own lines. */
export const LINK_EVENTS = {
  'link.online': {
    number: 4010,
    severity: 'info',
    actor: 'station',
    zh: '与登记中心的连接已建立。',
    en: 'The registry answers.',
    fields: {},
  },
  'link.offline': {
    number: 4020,
    severity: 'notice',
    actor: 'station',
    zh: '与登记中心的连接已中断，终端转为离线办理。',
    en: 'The registry does not answer any more; the terminal works offline.',
    fields: {},
  },
  'trust-list.replaced': {
    number: 4110,
    severity: 'notice',
    actor: 'registry',
    zh: '已采用新版信任列表。',
    en: 'A newer trust list was taken over.',
    fields: { version: 'count' },
  },
  'device.connected': {
    number: 4210,
    severity: 'info',
    actor: 'station',
    zh: '设备已就绪。',
    en: 'A device is ready.',
    fields: { role: 'code', simulated: 'flag' },
  },
  'device.disconnected': {
    number: 4220,
    severity: 'warning',
    actor: 'station',
    zh: '设备不可用。',
    en: 'A device is gone or out of service.',
    fields: { role: 'code', reason: 'code' },
  },
} as const satisfies EventTable;
