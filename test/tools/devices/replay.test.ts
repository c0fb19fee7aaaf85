import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runDevices } from '../../../tools/devices/run-devices.ts';
import { ONE_SCAN, writtenRecording } from '../../drivers/recordings/written-recording.ts';

const SENT_IN = resolve(import.meta.dirname, '../../drivers/recordings');

function recording(of: { profile: string; expected?: readonly string[]; events: readonly string[] }): string {
  return writtenRecording({ ...of, name: 'device.rec' });
}

async function run(...words: readonly string[]) {
  const said: string[] = [];
  const complained: string[] = [];
  const code = await runDevices(words, {
    say: (line) => said.push(line),
    complain: (line) => complained.push(line),
  });
  return { code, said: said.join('\n'), complained: complained.join('\n') };
}

describe('a recording that is played', () => {
  it('gives the reports that it gave, without what was scanned', async () => {
    const expected = ['device connecting', 'device ready', 'scan'];
    const { code, said } = await run(
      'replay',
      recording({ profile: 'line-scanner', expected, events: ONE_SCAN }),
    );
    expect(code).toBe(0);
    expect(said).toMatch(/scan +3 characters/);
    expect(said).not.toContain('ABC');
  });

  it.each(readdirSync(SENT_IN).filter((name) => name.endsWith('.recording')))(
    '%s, which is a test case, is one for technicians too, and ends with the device',
    async (name) => {
      const { code, said, complained } = await run('replay', join(SENT_IN, name));
      expect({ code, complained }).toEqual({ code: 0, complained: '' });
      expect(said).not.toContain('the recording');
    },
  );

  it('says nothing of how long a card took: nothing takes any time here', async () => {
    const { said } = await run('replay', join(SENT_IN, 'reads-a-card.recording'));
    expect(said).toContain('card.read');
    expect(said).not.toContain(' ms ');
  });

  it('that expects another report is no longer what the program does', async () => {
    const expected = ['device connecting', 'device ready', 'scan.refused not-text'];
    const file = recording({ profile: 'line-scanner', expected, events: ONE_SCAN });
    expect(await run('replay', file)).toMatchObject({
      code: 1,
      complained: 'Report 3 is "scan" where the file expects "scan.refused not-text".',
    });
  });

  it('in which the driver asks something else is told with the line', async () => {
    const events = [
      '0 open',
      '300 > AA AA AA 96 69 00 03 10 FF EC',
      '310 < AA AA AA 96 69 00 04 00 00 90 94',
    ];
    const { code, complained } = await run('replay', recording({ profile: 'sdt-serial', events }));
    expect(code).toBe(1);
    expect(complained).toMatch(/^The driver asks something else: line 6: asked AAAAAA9669000311FFED/);
  });

  it('cannot steer the terminal that it is shown on', async () => {
    const file = recording({ profile: 'line-scanner', events: ONE_SCAN });
    writeFileSync(file, readFileSync(file, 'utf8').replace('"model":"', '"model":"\\u001b[2J\\u202e'));
    const { said } = await run('replay', file);
    expect(said).toContain('scanner: ?[2J?');
    for (const character of ['\u001b', '\u202e']) expect(said).not.toContain(character);
  });

  it('takes no longer than it takes to read, whatever was waited for', async () => {
    const events = ['0 open', '3600000 < 41 0D', '3700000 stop by command'];
    const file = recording({ profile: 'line-scanner', events });
    expect(await run('replay', file, '--json')).toMatchObject({ code: 0 });
  });
});

describe('a recorded device on trial', () => {
  it('is a scanner that sees its code again', async () => {
    const file = recording({ profile: 'line-scanner', events: ONE_SCAN });
    const { code, said } = await run('test', '--recording', file);
    expect(said).toContain('a code of 3 characters, ASCII only');
    expect(said).toContain('From a recording: cards and codes are filler in it');
    expect(said).not.toContain('Hold a code');
    expect(code).toBe(0);
  });

  it('says nothing to what it was not asked then', async () => {
    const events = [
      '0 open',
      '300 > AA AA AA 96 69 00 03 10 FF EC',
      '310 < AA AA AA 96 69 00 04 00 00 90 94',
    ];
    const { code, said } = await run('test', '--recording', recording({ profile: 'sdt-serial', events }));
    expect(code).toBe(1);
    expect(said).toMatch(/FAIL open +no reader answers/);
  });
});
