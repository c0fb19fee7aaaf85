import { describe, expect, it } from 'vitest';
import { refusedArguments } from '#shell/electron/command-line.ts';

describe('Electron’s command line', () => {
  it('takes a provisioning code and the name of the display system', () => {
    expect(refusedArguments([])).toEqual([]);
    expect(refusedArguments(['--provision=AB12-CD34', '--ozone-platform=wayland'])).toEqual([]);
  });

  it.each([
    '--remote-debugging-port=9222',
    '--remote-debugging-pipe',
    '--remote-debugging-address=0.0.0.0',
    '-remote-debugging-port=9222',
    '--inspect',
    '--inspect-brk=0',
    '--js-flags=--expose-gc',
    '--no-sandbox',
    '--disable-web-security',
    '--load-extension=/tmp/x',
    '--user-data-dir=/tmp/x',
    '--ignore-certificate-errors',
    '--use-fake-ui-for-media-stream',
    '--use-file-for-fake-video-capture=/tmp/face.y4m',
    '--host-rules=MAP * evil.example',
    '--gpu-launcher=/bin/sh',
    '--',
  ])('refuses %s and names it', (argument) => {
    const name = argument.replace(/^-+/, '').replace(/=.*/, '');
    expect(refusedArguments(['--ozone-platform=wayland', argument])).toEqual([
      expect.stringContaining(`--${name}; it takes`),
    ]);
  });

  it('never repeats a value, which may be a code', () => {
    const [sentence = ''] = refusedArguments(['--provison=AB12-CD34-EF56']);
    expect(sentence).toContain('--provison');
    expect(sentence).not.toContain('AB12');
    expect(refusedArguments(['AB12-CD34-EF56']).join()).not.toContain('AB12');
  });
});
