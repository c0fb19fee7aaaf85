import type { LampDevice } from '#contract/device.ts';
import type { LampSign } from '#contract/driver-messages.ts';

export interface Relay {
  readonly channel: number;
  readonly on: boolean;
}

const COLOUR_OF: Readonly<Record<LampSign, keyof LampDevice['channels'] | null>> = {
  off: null,
  free: 'green',
  'in-use': 'amber',
  'call-staff': 'red',
};

/** Every light that is built in, those that go out first: two colours at once would mean nothing. */
export function relaysFor(sign: LampSign, channels: LampDevice['channels']): readonly Relay[] {
  const lit = COLOUR_OF[sign];
  return (['green', 'amber', 'red'] as const)
    .flatMap((colour) => {
      const channel = channels[colour];
      return channel === null ? [] : [{ channel, on: colour === lit }];
    })
    .sort((a, b) => Number(a.on) - Number(b.on));
}
