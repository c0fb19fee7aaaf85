import { describe, expect, it, test } from 'vitest';
import type { OperationMode, StationSettings } from '#contract/settings.ts';
import { processFacts } from '#shell/host-facts.ts';
import { AUDIT_WORDS } from '#station/audit/words.ts';
import {
  type HostFacts,
  type RelaxationCode,
  refusedRegistry,
  refusedRelaxations,
} from '#station/settings/relaxations.ts';
import { READER as BENCH_READER } from '../../../drivers/reader/reader-bench.ts';
import { settingsFor } from '../desk/station-settings.ts';

const SOUND = settingsFor('/var/lib/eid-terminal', {
  mode: 'production',
  registryUrl: 'https://registry.example:8443',
  camera: { source: 'system' },
  liveness: { flash: false, depth: true, texture: true },
});
const KEY_RING = { kind: 'safe-storage', demoOnly: false } as const;
const KEY_FILE = { kind: 'file', demoOnly: true } as const;
const READER = { ...BENCH_READER, simulated: true };

interface Case {
  readonly settings?: Partial<StationSettings>;
  readonly keyStore?: typeof KEY_FILE;
  readonly host?: HostFacts;
  /** What the sentence names, so that whoever reads it knows where to mend. */
  readonly names: string;
  /** The laxest mode that refuses it. */
  readonly from: 'pilot' | 'production';
}

/** Every relaxation once, with its cause; a code without a case does not compile. */
const CASES: Readonly<
  Record<Exclude<RelaxationCode, 'registry-in-demo-mode' | 'registry-not-in-production'>, Case>
> = {
  'simulated-camera': {
    settings: { camera: { source: 'simulated' } },
    names: '"camera.source"',
    from: 'pilot',
  },
  'fingerprints-asked': {
    settings: {
      devices: [
        { ...BENCH_READER, simulated: false, quirks: { ...BENCH_READER.quirks, readsFingerprints: true } },
      ],
    },
    names: 'quirks.readsFingerprints',
    from: 'pilot',
  },
  'simulated-device': { settings: { devices: [READER] }, names: '"devices.0"', from: 'pilot' },
  'no-sandbox': { host: { sandboxed: false }, names: 'sandbox', from: 'pilot' },
  'page-prepared': { host: { pagePrepared: true }, names: 'switches', from: 'pilot' },
  'tls-unchecked': { host: { tlsUnchecked: true }, names: 'NODE_TLS_REJECT_UNAUTHORIZED', from: 'pilot' },
  'data-not-on-disk': { settings: { dataFolder: '/dev/shm/eid' }, names: '"dataFolder"', from: 'pilot' },
  'key-not-protected': { keyStore: KEY_FILE, names: 'key store "file"', from: 'production' },
  'bodies-not-kept': { settings: { retentionDays: 0 }, names: '"retentionDays"', from: 'production' },
  'registry-is-this-machine': {
    settings: { registryUrl: 'https://127.0.0.1:8443' },
    names: '"registryUrl"',
    from: 'production',
  },
  'runs-as-root': { host: { runsAsRoot: true }, names: 'root', from: 'production' },
  debugger: { host: { debuggable: true }, names: '--inspect', from: 'production' },
  'core-dumps': { host: { dumpsCore: true }, names: 'LimitCORE=0', from: 'production' },
};

const refusedIn = (mode: OperationMode, { settings, keyStore, host }: Omit<Case, 'names' | 'from'>) =>
  refusedRelaxations({
    settings: { ...SOUND, ...settings, mode },
    keyStore: keyStore ?? KEY_RING,
    host: host ?? {},
  });

describe('a station in production', () => {
  it('starts when nothing is relaxed', () => {
    expect(refusedIn('production', {})).toEqual([]);
  });

  it.each(Object.entries(CASES))('refuses %s with one sentence that names it', (code, relaxed) => {
    const refused = refusedIn('production', relaxed);
    expect(refused).toEqual([{ code, sentence: expect.stringContaining(relaxed.names) }]);
    expect(refused[0]?.sentence).toMatch(/^In mode "production" .*[^.]\.$/);
    expect(AUDIT_WORDS).toContain(code);
  });

  it('refuses all of them at once, each with its own sentence', () => {
    const everything = Object.values(CASES);
    const refused = refusedIn('production', {
      settings: {
        ...Object.assign({}, ...everything.map((each) => each.settings ?? {})),
        devices: everything.flatMap(({ settings }) => settings?.devices ?? []),
      },
      keyStore: KEY_FILE,
      host: Object.assign({}, ...everything.map((each) => each.host ?? {})),
    });
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(Object.keys(CASES)));
    expect(new Set(refused.map(({ sentence }) => sentence)).size).toBe(everything.length);
  });

  it.each([
    'https://localhost',
    'https://127.0.0.1',
    'https://127.1.2.3:99',
    'https://[::1]:8443',
    'https://a.localhost',
  ])('takes %s for the terminal itself', (registryUrl) => {
    expect(refusedIn('production', { settings: { registryUrl } })).toMatchObject([
      { code: 'registry-is-this-machine' },
    ]);
  });

  it.each(['/tmp/eid', '/run/eid', '/var/tmp/eid', '/dev/shm', '/tmp'])(
    'takes %s for no disk',
    (dataFolder) => {
      expect(refusedIn('production', { settings: { dataFolder } })).toMatchObject([
        { code: 'data-not-on-disk' },
      ]);
    },
  );

  it('takes a folder whose name only begins like one for what it is', () => {
    expect(refusedIn('production', { settings: { dataFolder: '/running/eid' } })).toEqual([]);
  });
});

describe('a pilot', () => {
  it.each(Object.entries(CASES))('is as strict as it has to be about %s', (code, relaxed) => {
    const refused = refusedIn('pilot', relaxed).map((each) => each.code);
    expect(refused).toEqual(relaxed.from === 'pilot' ? [code] : []);
  });
});

it('a demonstration refuses nothing', () => {
  for (const relaxed of Object.values(CASES)) expect(refusedIn('demo', relaxed)).toEqual([]);
});

test.each([
  ['demo', 'demo', null],
  ['pilot', 'demo', 'registry-in-demo-mode'],
  ['pilot', 'pilot', null],
  ['pilot', 'production', null],
  ['production', 'demo', 'registry-in-demo-mode'],
  ['production', 'pilot', 'registry-not-in-production'],
  ['production', 'production', null],
] as const)('a %s station at a registry in mode %s: %s', (mode, registryMode, code) => {
  expect(refusedRegistry({ mode, registryMode })?.code ?? null).toBe(code);
});

describe('what can be seen of the process', () => {
  const LIMITS = (core: string) =>
    `Limit                     Soft Limit           Hard Limit           Units\nMax core file size        ${core}                    unlimited            bytes\n`;
  const ordinary = { environment: {}, userId: 1001, limits: LIMITS('0'), inspectorUrl: undefined };

  it('is nothing when nothing is relaxed', () => {
    expect(processFacts(ordinary)).toEqual({
      runsAsRoot: false,
      debuggable: false,
      dumpsCore: false,
      tlsUnchecked: false,
    });
  });

  it.each([
    ['root', { userId: 0 }, { runsAsRoot: true }],
    ['a debugger', { inspectorUrl: 'ws://127.0.0.1:9229/x' }, { debuggable: true }],
    ['core dumps', { limits: LIMITS('unlimited') }, { dumpsCore: true }],
    ['limits that name no core files', { limits: 'nothing' }, { dumpsCore: true }],
    [
      'Electron without its sandbox',
      { environment: { ELECTRON_DISABLE_SANDBOX: '1' } },
      { sandboxed: false },
    ],
    ['unchecked TLS', { environment: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } }, { tlsUnchecked: true }],
  ])('is %s', (_, change, seen) => {
    expect(processFacts({ ...ordinary, ...change })).toMatchObject(seen);
  });

  it('is read of this very process', () => {
    expect(processFacts()).toMatchObject({ debuggable: false, runsAsRoot: process.getuid?.() === 0 });
  });
});

describe('a list of devices that was saved at the terminal', () => {
  const started = (mode: OperationMode, savedDevices: StationSettings['devices']) =>
    refusedRelaxations({ settings: { ...SOUND, mode }, keyStore: KEY_RING, savedDevices });

  test.each(['pilot', 'production'] as const)('is as strict as the settings in %s', (mode) => {
    const real = { ...READER, simulated: false };
    expect(started(mode, [real])).toEqual([]);
    expect(started(mode, [real, READER])).toEqual([
      { code: 'simulated-device', sentence: expect.stringContaining('"devices.1" of the saved list') },
    ]);
  });

  test('may hold anything in a demo', () => {
    expect(started('demo', [READER])).toEqual([]);
  });

  test('does not excuse the settings: they would hold again if it were lost', () => {
    const refused = refusedRelaxations({
      settings: { ...SOUND, devices: [READER] },
      keyStore: KEY_RING,
      savedDevices: [{ ...READER, simulated: false }],
    });
    expect(refused.map(({ code }) => code)).toEqual(['simulated-device']);
  });
});
