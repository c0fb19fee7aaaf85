import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonLines } from '#contract/json-lines.ts';
import { cameraProfileOf } from '#contract/settings.ts';
import { describeSettingsFault, loadSettings, readSettings } from '#station/settings/load-settings.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

const GOOD = `{
  "mode": "production",
  "stationName": "Hall 1",
  "registryUrl": "https://registry.example:8443",
  "dataFolder": "/var/lib/eid-terminal",
  "devices": [
    {
      "role": "reader",
      "model": "SDT reader",
      "simulated": false,
      "protocol": "sdt",
      "connection": { "transport": "serial", "path": "/dev/ttyUSB0",
        "baudRate": 115200 }
    }
  ]
}
`;
const profileFolder = resolve(import.meta.dirname, '../../../../resources/profiles');
const sentences = (text: string) => {
  const read = readSettings({ file: 'settings.json', text, profileFolder });
  return read.ok ? [] : read.error.map(describeSettingsFault);
};

describe('a settings file', () => {
  it('that is right is read, with every default filled in', async () => {
    const file = join(temporaryFolder(), 'settings.json');
    writeFileSync(file, GOOD);
    expect(await loadSettings({ file, profileFolder })).toMatchObject({
      ok: true,
      value: {
        mode: 'production',
        camera: { source: 'system' },
        liveness: { flash: false, depth: true, texture: true },
        retentionDays: 7,
        decisionWaitMs: 8000,
        devices: [{ pollInterval: 200 }],
      },
    });
  });

  it('says how the camera is built in, and what it leaves out is as for most', () => {
    const read = readSettings({
      profileFolder,
      file: 'x',
      text: GOOD.replace('"devices"', '"camera": { "source": "system", "rotation": 270 },\n  "devices"'),
    });
    expect(read.ok && cameraProfileOf(read.value)).toEqual({
      rotation: 270,
      mirror: true,
      crop: null,
      minimumFrameRate: null,
    });
  });

  it.each([
    ['"rotation": 45', /camera\.rotation/],
    ['"minimumFrameRate": 0', /camera\.minimumFrameRate/],
    ['"crop": { "left": 0.5, "top": 0, "width": 0.6, "height": 1 }', /camera\.crop.*beyond the picture/],
    ['"crop": { "left": 0, "top": 0, "width": 0.1, "height": 1 }', /camera\.crop\.width/],
  ])('that says %s of its camera is refused, with the line', (field, said) => {
    const text = GOOD.replace(
      '"devices"',
      `"camera": {\n    "source": "system",\n    ${field}\n  },\n  "devices"`,
    );
    expect(sentences(text).join()).toMatch(said);
    expect(sentences(text).join()).toMatch(/settings\.json:\d+/);
  });

  it('tells which operational settings it gives, and on which line', () => {
    const text = GOOD.replace(
      '"devices"',
      '"retentionDays": 3,\n  "idle": { "warnAfterMs": 60000 },\n  "devices"',
    );
    const read = readSettings({ profileFolder, file: 'x', text });
    expect(read).toMatchObject({
      ok: true,
      value: { retentionDays: 3, idle: { warnAfterMs: 60_000, resetAfterMs: 30_000 } },
    });
    expect(read.ok && [...(read.value.given ?? [])]).toEqual([
      ['idle.warnAfterMs', 7],
      ['retentionDays', 6],
    ]);
  });

  it('that is not there is named', async () => {
    const missing = join(temporaryFolder(), 'none.json');
    const read = await loadSettings({ file: missing, profileFolder });
    expect(read.ok ? [] : read.error.map(describeSettingsFault)).toEqual([
      `${missing}: the file cannot be read (ENOENT)`,
    ]);
  });

  it.each([
    [
      'a mode that does not exist',
      GOOD.replace('"production"', '"live"'),
      /^settings\.json:2: mode: invalid .*received "live"$/,
    ],
    [
      'a baud rate that no reader has',
      GOOD.replace('115200', '1200'),
      /^settings\.json:13: devices\.0\.connection\.baudRate: /,
    ],
    ['no encryption', GOOD.replace('https:', 'http:'), /^settings\.json:4: registryUrl: /],
    [
      'a word misspelt',
      GOOD.replace('"stationName"', '"stationame"'),
      /^settings\.json:1: stationName: this setting is missing$/,
    ],
    [
      'a setting too many',
      GOOD.replace('"devices"', '"debug": true,\n  "devices"'),
      /^settings\.json:6: debug: there is no setting of this name$/,
    ],
    [
      'a relative device path',
      GOOD.replace('"/dev/ttyUSB0"', '"ttyUSB0"'),
      /^settings\.json:12: devices\.0\.connection\.path: /,
    ],
    ['a missing comma', GOOD.replace('"Hall 1",', '"Hall 1"'), /^settings\.json:4: not JSON: /],
    ['no JSON at all', '# Settings\nof the terminal\n', /^settings\.json:1: not JSON: unexpected "#"$/],
    [
      'a word without quotation marks',
      GOOD.replace('"Hall 1"', 'Hall 1'),
      /^settings\.json:3: not JSON: unexpected "H"$/,
    ],
    ['another file behind it', `${GOOD}\n{}`, /^settings\.json:\d+: not JSON: .* after JSON$/],
    ['half a file', GOOD.slice(0, 200), /^settings\.json:\d+: not JSON: /],
    ['nothing', '', /^settings\.json:1: not JSON: /],
    ['a list', '[]', /^settings\.json:1: /],
  ])('with %s is refused with line and reason', (_, text, sentence) => {
    expect(sentences(text)).toContainEqual(expect.stringMatching(sentence));
  });

  it('with two faults is refused with both, in the order of the file', () => {
    const text = GOOD.replace('"production"', '"live"').replace('115200', '1200');
    expect(sentences(text).map((sentence) => /:(\d+):/.exec(sentence)?.[1])).toEqual(['2', '13']);
  });

  it('of any content is answered, never thrown at', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const read = readSettings({ profileFolder, file: 'x', text });
        expect(read.ok).toBe(false);
        if (!read.ok) for (const { line } of read.error) expect(line).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a device that names a profile', () => {
  const withDevice = (device: string) =>
    GOOD.replace(/"devices": \[[\s\S]*\]/, `"devices": [\n    {\n      ${device}\n    }\n  ]`);

  it('is the profile’s device at its place, with what is said beside it', () => {
    const text = withDevice('"profile": "sdt-serial",\n"path": "/dev/ttyUSB0",\n"baudRate": "probe"');
    expect(readSettings({ file: 'x', text, profileFolder })).toMatchObject({
      ok: true,
      value: {
        devices: [
          {
            role: 'reader',
            simulated: false,
            protocol: 'sdt',
            connection: { transport: 'serial', path: '/dev/ttyUSB0', baudRate: 'probe' },
          },
        ],
      },
    });
  });

  it.each([
    [
      '"profile": "sdt-radio", "path": "/dev/x"',
      /^settings\.json:8: devices\.0\.profile: there is no profile/,
    ],
    [
      '"profile": "../../etc/passwd", "path": "/dev/x"',
      /^settings\.json:8: devices\.0\.profile: must be small/,
    ],
    ['"profile": "sdt-serial"', /^settings\.json:7: devices\.0: must name one place/],
    ['"profile": "sdt-serial", "host": "gate", "port": 1', /^settings\.json:7: devices\.0: .*serial line/],
    ['"profile": "sdt-serial",\n"path": "ttyUSB0"', /^settings\.json:9: devices\.0\.path: /],
    [
      '"profile": "sdt-serial",\n"path": "/dev/x",\n"baudRate": 1200',
      /^settings\.json:10: devices\.0\.baudRate: /,
    ],
    [
      '"profile": "sdt-serial", "path": "/dev/x",\n"colour": "red"',
      /^settings\.json:9: devices\.0\.colour: there is no setting of this name$/,
    ],
    [
      '"profile": "sdt-serial", "path": "/dev/x",\n"protocol": "line"',
      /^settings\.json:9: devices\.0\.protocol: comes from profile "sdt-serial"/,
    ],
  ])('as %j is refused with line and reason', (device, sentence) => {
    expect(sentences(withDevice(device))).toContainEqual(expect.stringMatching(sentence));
  });

  it('at the place of another is refused: both would open it', () => {
    const scanner = '"profile": "line-scanner", "path": "/dev/x", "baudRate": 9600';
    const text = withDevice(`"profile": "sdt-serial", "path": "/dev/x"\n},\n{${scanner}`);
    expect(sentences(text)).toEqual([expect.stringMatching(/devices\.1: is at the place of the reader$/)]);
  });

  it('whose profile is broken is refused, and the profile’s fault told with it', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'mine.json'), '{}');
    const text = withDevice('"profile": "mine", "path": "/dev/x"');
    const read = readSettings({ file: 'settings.json', text, profileFolder: folder });
    expect(read.ok ? [] : read.error.map(describeSettingsFault)).toEqual(
      expect.arrayContaining([
        'settings.json:8: devices.0.profile: profile "mine" is broken',
        `${join(folder, 'mine.json')}:1: id: this setting is missing`,
      ]),
    );
  });
});

describe('lines of a JSON text', () => {
  it('are found for every value', () => {
    const text = '{\n "a": [\n  1,\n  {"b": "x\\n{", "c":\n   null}\n ]\n}';
    expect(Object.fromEntries(jsonLines(text))).toEqual({
      '': 1,
      a: 2,
      'a.0': 3,
      'a.1': 4,
      'a.1.b': 4,
      'a.1.c': 4,
    });
  });

  it('name every path that a parsed text has', () => {
    const paths = (value: unknown, at: string): string[] =>
      typeof value === 'object' && value !== null
        ? [
            at,
            ...Object.entries(value).flatMap(([key, each]) => paths(each, at === '' ? key : `${at}.${key}`)),
          ]
        : [at];
    const key = fc.stringMatching(/^[a-z]{1,5}$/);
    fc.assert(
      fc.property(
        fc.dictionary(key, fc.oneof(fc.integer(), fc.string(), fc.array(fc.dictionary(key, fc.boolean())))),
        fc.integer({ min: 0, max: 3 }),
        (value, indent) => {
          const lines = jsonLines(JSON.stringify(value, null, indent));
          for (const path of paths(value, '')) expect(lines.get(path), path).toBeGreaterThan(0);
        },
      ),
    );
  });
});
