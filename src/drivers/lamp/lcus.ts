/**
 * LCUS relay boards, 9600 8N1. They answer nothing.
 *
 *     A0 ch 01 sum    channel ch (1..8) on
 *     A0 ch 00 sum    off; sum is that of the three octets before it
 */
export function lcusFrame(relay: { readonly channel: number; readonly on: boolean }): Uint8Array {
  const { channel, on } = relay;
  const state = on ? 1 : 0;
  return Uint8Array.of(0xa0, channel, state, (0xa0 + channel + state) & 0xff);
}
