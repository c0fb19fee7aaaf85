import { describe, expect, it } from 'vitest';
import type { Device } from '#contract/device.ts';
import { createRecorder } from '#drivers/recording/recorder.ts';
import { manualTimers } from '../manual-timers.ts';
import { READER } from '../reader/reader-bench.ts';

describe('a recording of a connection that fails', () => {
  it.each([
    ['connect ECONNREFUSED 10.20.30.40:4001', 'ECONNREFUSED'],
    ['gate-3.hall:4001: getaddrinfo ENOTFOUND gate-3.hall', 'ENOTFOUND'],
    ['getaddrinfo EAI_AGAIN gate-3.hall', 'EAI_AGAIN'],
    ['connect ETIMEDOUT fd00:1:2::9:4001', 'ETIMEDOUT'],
    ['gate-3.hall:4001: no connection within 3 s', '/recorded: no connection within 3 s'],
    ['GATE-3.hall is asleep at 10.20.30.40', 'recorded is asleep at recorded'],
    ['nobody at fd00:1:2::9 or ::1', 'nobody at recorded or recorded'],
    ['cannot open /dev/serial/by-id/usb-1a86_A7003xyz', 'cannot open /recorded'],
  ])('says of %j only %j', (words, written) => {
    const gate: Device = { ...READER, connection: { transport: 'tcp', host: 'gate-3.hall', port: 4001 } };
    let text = '';
    const recorder = createRecorder({
      device: gate,
      timers: manualTimers(),
      started: '2026-01-01T09:00:00.000Z',
      sink: {
        write(more) {
          text += more;
        },
        close: () => {},
      },
      onEnd: () => {},
    });
    const connection = recorder.connection('gate-3.hall:4001');
    connection.opened(words);
    connection.opened(null);
    connection.ended({ unplugged: true, cause: words });
    recorder.stop('by command');
    expect(text).toContain(`0 open failed: ${written}\n`);
    expect(text).toContain(`0 end unplugged: ${written}\n`);
    expect(text).not.toMatch(/gate-3|10\.20|fd00|A7003xyz/i);
  });
});
