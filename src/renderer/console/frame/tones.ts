import type { ClockView, LinkView, RecordView } from '#contract/console-api.ts';
import type { DeviceView } from '#contract/console-devices.ts';

/** Good, worth a look, wrong, or neither. */
export type Tone = 'jade' | 'amber' | 'cinnabar' | 'plain';

export function linkTone(state: LinkView['state']): Tone {
  if (state === 'online') return 'jade';
  return state === 'not-provisioned' ? 'cinnabar' : 'amber';
}

export function deviceTone(state: DeviceView['state']): Tone {
  if (state === 'ready') return 'jade';
  return state === 'connecting' ? 'amber' : 'cinnabar';
}

export function clockTone(trust: ClockView['trust']): Tone {
  if (trust === 'synchronised') return 'jade';
  return trust === 'drifting' ? 'plain' : 'amber';
}

export function deliveryTone(delivery: RecordView['delivery']): Tone {
  if (delivery === 'acknowledged') return 'jade';
  return delivery === 'waiting' ? 'amber' : 'cinnabar';
}
