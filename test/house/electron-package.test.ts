import { execFileSync, fork, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaceAnswer } from '#contract/face-messages.ts';
import { askedPackages } from '../../tools/electron/asked-packages.ts';
import { COPIED_PACKAGES, NOT_BUNDLED } from '../../tools/electron/copied-packages.ts';
import { readFuses } from '../../tools/electron/fuse-wire.ts';
import { ARGUED, unargued } from '../../tools/electron/static-check/findings.ts';
import type { CheckReport } from '../../tools/electron/static-check/run-check.ts';
import { SYSTEM_FILES } from '../../tools/electron/system-files.ts';
import { eventually } from '../drivers/eventually.ts';
import { type PackagedTerminal, packageTerminal, version } from '../tools/electron/packaged-terminal.ts';

const root = resolve(import.meta.dirname, '../..');
let terminal: PackagedTerminal;
beforeAll(async () => {
  terminal = await packageTerminal();
}, 300_000);
afterAll(() => terminal?.remove());

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

describe('Electron’s bundle, built by Forge', () => {
  it('has a main process, the drivers’ and the faces’ processes, a preload and the pages of citizens and staff, and no other', () => {
    expect(filesBelow(join(terminal.program, '.vite/build'))).toEqual(
      expect.arrayContaining(['electron.js', 'drivers.js', 'faces.js', 'preload.cjs']),
    );
    const pages = filesBelow(join(terminal.program, '.vite/renderer')).filter((file) =>
      file.endsWith('.html'),
    );
    expect(pages.toSorted()).toEqual(['citizen/index.html', 'console/index.html']);
  });

  it('contains no simulator', () => {
    const scripts = filesBelow(join(terminal.program, '.vite')).filter((file) => /\.c?js$/.test(file));
    const marks = ['Simulated SDT reader', 'createSdtReaderSimulator', 'eidDockChannel'];
    const found = scripts.filter((file) => {
      const text = readFileSync(join(terminal.program, '.vite', file), 'utf8');
      return marks.some((mark) => text.includes(mark));
    });
    expect(scripts.length).toBeGreaterThan(3);
    expect(found).toEqual([]);
  });

  it('asks for nothing at run time but Node itself and the packages that are copied beside it', () => {
    expect(askedPackages(join(terminal.program, '.vite/build'))).toEqual([...NOT_BUNDLED].toSorted());
  });

  it('gives the sandboxed preload nothing to require but Electron', () => {
    const text = readFileSync(join(terminal.program, '.vite/build/preload.cjs'), 'utf8');
    expect([...text.matchAll(/require\(["']([^"']+)["']\)/g)].map((match) => match[1])).toEqual(['electron']);
  });
});

describe('the packaged application', () => {
  it('has each fuse set in its binary', async () => {
    expect(await readFuses(join(terminal.application, 'eid-terminal'))).toEqual({
      RunAsNode: 'off',
      EnableCookieEncryption: 'on',
      EnableNodeOptionsEnvironmentVariable: 'off',
      EnableNodeCliInspectArguments: 'off',
      EnableEmbeddedAsarIntegrityValidation: 'on',
      OnlyLoadAppFromAsar: 'on',
      LoadBrowserProcessSpecificV8Snapshot: 'off',
      GrantFileProtocolExtraPrivileges: 'off',
      WasmTrapHandlers: 'on',
    });
  });

  it('keeps native code beside the archive and everything else in it', () => {
    const resources = join(terminal.application, 'resources');
    expect(readdirSync(resources).toSorted()).toEqual(['app.asar', 'app.asar.unpacked']);
    expect(filesBelow(join(resources, 'app.asar.unpacked')).toSorted()).toEqual([
      'node_modules/@serialport/bindings-cpp/prebuilds/linux-x64/@serialport+bindings-cpp.glibc.node',
      'node_modules/better-sqlite3/prebuilds/linux-x64.node',
      'node_modules/node-hid/prebuilds/HID-linux-x64/node-napi-v4.node',
      'node_modules/node-hid/prebuilds/HID_hidraw-linux-x64/node-napi-v4.node',
    ]);
  });

  it('contains the bundle, the face model, the device profiles, the copied packages and nothing else', () => {
    expect(readdirSync(terminal.program).toSorted()).toEqual([
      '.vite',
      'node_modules',
      'package.json',
      'resources',
    ]);
    const profiles = readdirSync(join(root, 'resources/profiles')).map((name) => `profiles/${name}`);
    expect(filesBelow(join(terminal.program, 'resources')).toSorted()).toEqual(
      ['models/face_landmarker.task', ...profiles].toSorted(),
    );
    expect(profiles.length).toBeGreaterThan(10);
    const kinds = filesBelow(join(terminal.program, 'node_modules')).map((file) => extname(file));
    const known = [
      '',
      '.js',
      '.cjs',
      '.mjs',
      '.json',
      '.node',
      '.afm',
      '.icc',
      '.trie',
      '.ttf',
      '.wasm',
      '.bin',
      '.md',
      '.MIT',
      '.txt',
    ];
    expect([...new Set(kinds)].filter((kind) => !known.includes(kind))).toEqual([]);
    const fonts = filesBelow(join(terminal.program, 'node_modules/@expo-google-fonts/noto-sans-sc'));
    expect(fonts.filter((file) => file.endsWith('.ttf'))).toHaveLength(2);
  });

  it('names itself, and no script, no tool and no one’s machine', () => {
    const manifest = JSON.parse(readFileSync(join(terminal.program, 'package.json'), 'utf8')) as object;
    expect(Object.keys(manifest).toSorted()).toEqual([
      'description',
      'license',
      'main',
      'name',
      'type',
      'version',
    ]);
    const text = filesBelow(join(terminal.program, '.vite'))
      .filter((file) => /\.(c?js|html|css|json)$/.test(file))
      .filter((file) =>
        readFileSync(join(terminal.program, '.vite', file), 'utf8').includes(terminal.checkout),
      );
    expect(text).toEqual([]);
  });

  it('loads each copied package in a plain Node, from its own copy: a database opens, ports are listed, a page is drawn', () => {
    const script = `
      import { createRequire } from 'node:module';
      import { join } from 'node:path';
      import Database from 'better-sqlite3';
      import { SerialPort } from 'serialport';
      import PDFDocument from 'pdfkit';
      const require = createRequire(join(process.cwd(), 'package.json'));
      const from = ${JSON.stringify(NOT_BUNDLED)}.map((name) => require.resolve(name));
      const database = new Database(':memory:');
      const answer = database.prepare('SELECT 6 * 7 AS answer').get().answer;
      const ports = await SerialPort.list().then((list) => Array.isArray(list), (error) => error.code === 'ENOENT');
      const page = new PDFDocument();
      page.font(require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf')).text('凭条');
      let bytes = 0;
      page.on('data', (chunk) => { bytes += chunk.length; });
      await new Promise((resolve) => { page.on('end', resolve); page.end(); });
      console.log(JSON.stringify({ from, answer, ports, bytes }));
    `;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: terminal.program,
      env: { PATH: process.env.PATH ?? '' },
      encoding: 'utf8',
    });
    const { from, ...found } = JSON.parse(output) as { from: string[] };
    expect(from.filter((file) => !file.startsWith(terminal.program))).toEqual([]);
    expect(found).toEqual({ answer: 42, ports: true, bytes: expect.any(Number) });
    expect(COPIED_PACKAGES.length).toBe(NOT_BUNDLED.length + 5);
  });
});

describe('the packaged faces’ process', () => {
  it('reads the face of a card’s portrait, in a plain Node, with the networks that were packaged', async () => {
    const child = fork(join(terminal.program, '.vite/build/faces.js'), [], {
      cwd: terminal.program,
      env: { PATH: process.env.PATH ?? '' },
      serialization: 'advanced',
    });
    try {
      const answers: FaceAnswer[] = [];
      child.on('message', (answer) => answers.push(answer as FaceAnswer));
      const bytes = Uint8Array.from(readFileSync(join(root, 'resources/demo/portraits/mei.webp')));
      child.send({ type: 'embed', request: 1, bytes, from: 'card' });
      await eventually(() => expect(answers.map(({ type }) => type)).toEqual(['ready', 'embedded']));
    } finally {
      child.kill('SIGKILL');
    }
  });
});

describe('the packaged program', () => {
  it('serves with nothing but what was packaged: pages, vault, drivers’ process, a crash, a new start', () => {
    const folder = mkdtempSync(join(tmpdir(), 'eid-packaged-'));
    try {
      const settings = join(folder, 'settings.json');
      writeFileSync(
        settings,
        JSON.stringify({
          mode: 'demo',
          stationName: 'packaged',
          registryUrl: 'https://registry.invalid',
          dataFolder: join(folder, 'data'),
          devices: [],
        }),
      );
      const { stdout, stderr } = spawnSync(
        process.execPath,
        [join(root, 'test/main/shell/electron/run-packaged.ts'), terminal.program],
        {
          cwd: folder,
          env: { PATH: process.env.PATH, EID_SETTINGS: settings },
          encoding: 'utf8',
          timeout: 60_000,
        },
      );
      const told = stdout.trim().split('\n').at(-1) ?? '';
      expect(told, stderr).toMatch(/^\{"url"/);
      expect(JSON.parse(told)).toEqual({
        url: 'eid://terminal/citizen/index.html',
        script: 200,
        backAfterMs: expect.any(Number),
        again: 'eid://terminal/citizen/index.html',
        exit: 0,
      });
      expect(readdirSync(join(folder, 'data'))).toContain('station.db');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the static check of the packaged program', () => {
  let report: CheckReport;
  beforeAll(() => {
    const main = join(root, 'tools/electron/static-check/main.ts');
    const output = execFileSync(process.execPath, [main, '--json', terminal.program], { encoding: 'utf8' });
    report = JSON.parse(output.trim().split('\n').at(-1) ?? '') as CheckReport;
  }, 120_000);

  it('reads every file with every check', () => {
    expect(report.unread).toEqual([]);
    expect(report.checks).toEqual({ single: 36, whole: 5 });
    expect(report.files).toBeGreaterThan(8);
  });

  it('finds nothing that is not argued in docs/electron-findings.md', () => {
    expect(unargued(report.findings)).toEqual([]);
    const document = readFileSync(join(root, 'docs/electron-findings.md'), 'utf8');
    for (const { check } of ARGUED) expect(document).toContain(`| \`${check}\``);
    // An argument for what is no longer found is out of date.
    const found = new Set(report.findings.map(({ check }) => check));
    expect(ARGUED.filter(({ check }) => !found.has(check))).toEqual([]);
  });

  it('would find a window without its sandbox, and a page that may navigate', () => {
    const folder = mkdtempSync(join(tmpdir(), 'eid-careless-'));
    try {
      mkdirSync(join(folder, '.vite/build'), { recursive: true });
      writeFileSync(join(folder, 'package.json'), '{ "name": "careless", "main": "main.js" }');
      writeFileSync(
        join(folder, '.vite/build/main.js'),
        'import { BrowserWindow } from "electron";\nnew BrowserWindow({ webPreferences: { sandbox: false, nodeIntegration: true } });\n',
      );
      const main = join(root, 'tools/electron/static-check/main.ts');
      const { status, stdout } = spawnSync(process.execPath, [main, folder], { encoding: 'utf8' });
      expect(status).toBe(1);
      expect(stdout).toMatch(/^OPEN +LIMIT_NAVIGATION_GLOBAL_CHECK/m);
      expect(stdout).toMatch(/^OPEN +CONTEXT_ISOLATION_JS_CHECK/m);
      expect(stdout).toMatch(/^OPEN +SANDBOX_JS_CHECK/m);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the Debian package', () => {
  const listing = () =>
    execFileSync('dpkg-deb', ['-c', terminal.deb], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map((line) => {
        const [mode = '', owner = '', , , , path = ''] = line.split(/\s+/);
        return { mode, owner, path: path.replace(/^\.\//, '') };
      });

  it('puts units, users and device rules in their places, without a desktop entry or a setuid program', () => {
    const entries = listing();
    const paths = entries.map(({ path }) => path);
    for (const { place } of SYSTEM_FILES) expect(paths).toContain(place);
    expect(paths).toContain('usr/lib/eid-terminal/eid-terminal');
    expect(paths.filter((path) => /\.desktop$|pixmaps|usr\/bin\//.test(path))).toEqual([]);
    expect(entries.filter(({ mode }) => /[sS]/.test(mode))).toEqual([]);
    expect([...new Set(entries.map(({ owner }) => owner))]).toEqual(['root/root']);
  });

  it('has the program’s version and wants what the kiosk is made of', () => {
    const field = (name: string) =>
      execFileSync('dpkg-deb', ['-f', terminal.deb, name], { encoding: 'utf8' }).trim();
    expect(field('Package')).toBe('eid-terminal');
    expect(field('Version')).toBe(version());
    expect(field('Architecture')).toBe('amd64');
    const wanted = field('Depends').split(', ');
    expect(wanted).toEqual(expect.arrayContaining(['cage', 'seatd', 'xwayland', 'libgtk-3-0', 'libnss3']));
    expect(wanted.filter((name) => /kde|trash|notify/.test(name))).toEqual([]);
  });

  it('brings maintainer scripts that a POSIX shell can read', () => {
    for (const script of ['postinst', 'prerm', 'postrm']) {
      const checked = spawnSync('sh', ['-n', join(root, 'resources/debian', script)], { encoding: 'utf8' });
      expect({ script, ...checked }).toMatchObject({ script, status: 0, stderr: '' });
    }
  });
});
