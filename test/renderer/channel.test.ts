import { describe, expect, it } from 'vitest';
import { hostChannel, NoHostError } from '#renderer/channel.ts';

describe('the host’s channel', () => {
  it('carries messages both ways', () => {
    const sent: string[] = [];
    let toPage: ((message: string) => void) | undefined;
    const window = {
      eidChannel: {
        send: (message: string) => sent.push(message),
        onMessage: (listener: (message: string) => void) => {
          toPage = listener;
        },
      },
    };
    const channel = hostChannel(window, 'eidChannel');
    const received: string[] = [];
    channel.onMessage((message) => received.push(message));
    channel.send('out');
    toPage?.('in');
    expect({ sent, received }).toEqual({ sent: ['out'], received: ['in'] });
  });

  it('is refused with its name where a page stands outside a host', () => {
    expect(() => hostChannel({}, 'eidDockChannel')).toThrow(NoHostError);
    expect(() => hostChannel({}, 'eidDockChannel')).toThrow(/eidDockChannel/);
  });

  it('is not taken from another page’s name', () => {
    const window = { eidDockChannel: { send: () => {}, onMessage: () => {} } };
    expect(() => hostChannel(window, 'eidChannel')).toThrow(NoHostError);
  });
});
