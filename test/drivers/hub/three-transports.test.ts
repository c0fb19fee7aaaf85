import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DriverReport } from '#contract/driver-messages.ts';
import { createDeviceHub, type DeviceHub } from '#drivers/hub/device-hub.ts';
import { systemConnector } from '#drivers/hub/system-connector.ts';
import { systemTimers } from '#drivers/timers.ts';
import { eventually } from '../eventually.ts';
import { CARD, READER } from '../reader/reader-bench.ts';
import {
  type PluggedReader,
  readerByLastingName,
  readerOnHid,
  readerOnSerialLine,
  readerOverTcp,
} from './plugged-reader.ts';

type Told = DriverReport['type'];
const SAM_ID = /^99\.01-\d{8}-\d{10}-\d{10}$/;

describe.each([
  ['a serial line', readerOnSerialLine],
  ['a serial line by its lasting name', readerByLastingName],
  ['raw HID reports', readerOnHid],
  ['TCP', readerOverTcp],
])('the same reader over %s', (transport, makeReader) => {
  const folder = mkdtempSync(join(tmpdir(), 'three-'));
  let reader: PluggedReader;
  let hub: DeviceHub;
  let reports: DriverReport[] = [];

  beforeAll(async () => {
    reader = await makeReader(folder);
  });
  afterAll(async () => {
    await reader.unplug();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    reports = [];
    hub = createDeviceHub({
      connectorFor: () => systemConnector(reader.connection, reader.machine),
      timers: systemTimers,
      report: (report) => {
        reports.push(report);
      },
    });
    hub.handle({
      type: 'configure',
      devices: [{ ...READER, connection: reader.connection, pollInterval: 50 }],
    });
    await told('card.removed');
  });
  afterEach(async () => {
    reader.simulator.lift();
    await hub.stop();
  });

  function told<T extends Told>(
    type: T,
    fits: (report: Extract<DriverReport, { type: T }>) => boolean = () => true,
  ) {
    return eventually(() => {
      const report = reports.findLast(
        (each): each is Extract<DriverReport, { type: T }> => each.type === type,
      );
      expect(report !== undefined && fits(report), `a fitting ${type} report`).toBe(true);
      return report;
    });
  }
  const cards = () => reports.map(({ type }) => type).filter((type) => type.startsWith('card.'));
  const state = () => reports.findLast((report) => report.type === 'device');

  it('opens, tells its module, finds a card, reads it whole, and sees it lifted', async () => {
    expect(state()).toMatchObject({ state: 'ready', samId: expect.stringMatching(SAM_ID) });
    hub.handle({ type: 'reader.read' });
    reader.simulator.insert(CARD);
    const read = await told('card.read');
    expect(read).toMatchObject({ text: CARD.text, photo: CARD.photo, simulated: true });
    reader.simulator.lift();
    await told('card.removed', () => cards().at(-1) === 'card.removed');
    expect(cards()).toEqual(['card.removed', 'card.laid', 'card.read', 'card.removed']);
    expect(state()).toMatchObject({ health: { connections: 1, damaged: 0, timeouts: 0 } });
  });

  it('is unplugged and plugged in again: told, found by itself, and reads the next card', async () => {
    await reader.unplug();
    await told('device', ({ state }) => state === 'absent');
    const before = performance.now();
    await reader.plug();
    await told('device', ({ state }) => state === 'ready');
    console.log(`${transport}: ready ${Math.round(performance.now() - before)} ms after the plug`);
    expect(state()).toMatchObject({ health: { connections: 2 } });
    hub.handle({ type: 'reader.read' });
    reader.simulator.insert(CARD);
    expect(await told('card.read')).toMatchObject({ text: CARD.text });
  });

  it('is unplugged in the middle of the photo: no half record, and the card is read when it is back', async () => {
    hub.handle({ type: 'reader.read' });
    const before = reader.sent();
    reader.simulator.insert(CARD);
    await eventually(() => expect(reader.sent() - before).toBeGreaterThan(600));
    await reader.unplug();
    await told('device', ({ state }) => state === 'absent');
    expect(cards()).not.toContain('card.read');
    await reader.plug();
    expect(await told('card.read')).toMatchObject({ text: CARD.text, photo: CARD.photo });
    expect(cards().filter((type) => type === 'card.read')).toHaveLength(1);
  });
});
