import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PortraitDecoder } from '#contract/portrait-decoder.ts';
import { embeddedWebpDecoder, readEmbeddedWebp } from '#drivers/portrait-decoder/embedded-webp.ts';
import { externalCommandDecoder } from '#drivers/portrait-decoder/external-command.ts';
import { decodersInOrder } from '#drivers/portrait-decoder/in-order.ts';
import { bytes, join } from '../bytes.ts';

const ascii = (text: string) => new TextEncoder().encode(text);

/** A WebP by its frame, with `length` bytes of it, in a card's 1024. */
function webpPhoto(length: number, options: { readonly declared?: number; readonly chunk?: string } = {}) {
  const head = join(ascii('RIFF'), new Uint8Array(4), ascii('WEBP'), ascii(options.chunk ?? 'VP8 '));
  new DataView(head.buffer).setUint32(4, (options.declared ?? length) - 8, true);
  const photo = new Uint8Array(1024);
  photo.fill(0x77, 0, Math.min(length, 1024));
  photo.set(head);
  return photo;
}
const WLT = new Uint8Array(1024).fill(0x5a);

describe('the portrait of a simulated card', () => {
  it('is taken out by the length in its head', () => {
    const photo = webpPhoto(850);
    expect(readEmbeddedWebp(photo)).toEqual({
      ok: true,
      value: { mime: 'image/webp', bytes: photo.slice(0, 850) },
    });
  });

  it('may fill the whole room', () => {
    expect(readEmbeddedWebp(webpPhoto(1024))).toMatchObject({ ok: true });
  });

  it.each([
    ['some other coding', WLT, 'no-decoder'],
    ['nothing', new Uint8Array(1024), 'no-decoder'],
    ['a length beyond the room', webpPhoto(1024, { declared: 1026 }), 'failed'],
    ['a length of four gigabytes', webpPhoto(850, { declared: 7 }), 'failed'],
    ['an odd length', webpPhoto(850, { declared: 849 }), 'failed'],
    ['bytes behind the end', webpPhoto(850, { declared: 800 }), 'failed'],
    ['an unknown chunk', webpPhoto(850, { chunk: 'EVIL' }), 'failed'],
    ['too few bytes', webpPhoto(850).slice(0, 850), 'failed'],
  ])('refuses %s', (_, photo, fault) => {
    expect(readEmbeddedWebp(photo)).toEqual({ ok: false, error: fault });
  });

  it('survives any bytes behind a true head', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1024, maxLength: 1024 }), (noise) => {
        noise.set(ascii('RIFF'), 0);
        noise.set(ascii('WEBP'), 8);
        const read = readEmbeddedWebp(noise);
        if (read.ok) expect(read.value.bytes.length).toBeLessThanOrEqual(1024);
      }),
    );
  });
});

describe('a decoder that is a program of its own', () => {
  const program = (script: string, timeoutMs = 20_000): PortraitDecoder =>
    externalCommandDecoder({ command: process.execPath, arguments: ['-e', script], timeoutMs });
  const png = "Buffer.from('89504e470d0a1a0a00000000','hex')";

  it('gets the 1024 bytes and gives a picture', async () => {
    const decoder = program(`
      const chunks = [];
      process.stdin.on('data', (c) => chunks.push(c)).on('end', () => {
        process.stdout.write(Buffer.concat([${png}, Buffer.concat(chunks)]));
      });`);
    expect(await decoder.decode(WLT)).toEqual({
      ok: true,
      value: { mime: 'image/png', bytes: join(bytes('89504e470d0a1a0a00000000'), WLT) },
    });
  });

  it.each([
    ['jpeg', 'ffd8ffe000104a4649460001'],
    ['webp', '524946460000000057454250'],
    ['bmp', '424d000000000000000000000000'],
  ])('knows a %s', async (kind, hex) => {
    const decoder = program(`process.stdout.write(Buffer.from('${hex}', 'hex'))`);
    expect(await decoder.decode(WLT)).toMatchObject({ ok: true, value: { mime: `image/${kind}` } });
  });

  it.each([
    ['says something that is no picture', "process.stdout.write('licence expired, call us')"],
    ['says nothing', ''],
    ['fails after a picture', `process.stdout.write(${png}); process.exitCode = 3`],
    ['crashes', 'process.abort()'],
    ['never stops talking', "const f = () => process.stdout.write('x'.repeat(65536), f); f()"],
  ])('that %s has failed', async (_, script) => {
    expect(await program(script).decode(WLT)).toEqual({ ok: false, error: 'failed' });
  });

  it('that is late is killed', async () => {
    const decoder = program('setInterval(() => {}, 1000)', 300);
    expect(await decoder.decode(WLT)).toEqual({ ok: false, error: 'too-slow' });
  });

  it('that leaves a child with the pipe behind is not waited for', async () => {
    const decoder = externalCommandDecoder({
      command: '/bin/sh',
      arguments: ['-c', 'sleep 5 & exit 0'],
      timeoutMs: 300,
    });
    expect(await decoder.decode(WLT)).toEqual({ ok: false, error: 'too-slow' });
  });

  it('that is not there has failed', async () => {
    const decoder = externalCommandDecoder({ command: '/nowhere/decoder', arguments: [], timeoutMs: 5000 });
    expect(await decoder.decode(WLT)).toEqual({ ok: false, error: 'failed' });
  });

  it('sees nothing of our environment', async () => {
    const decoder = program(
      `process.stdout.write(Buffer.concat([${png}, Buffer.from(Object.keys(process.env).sort().join())]))`,
    );
    const decoded = await decoder.decode(WLT);
    expect(decoded.ok && new TextDecoder().decode(decoded.value.bytes.slice(12))).toBe('LANG,PATH');
  });
});

describe('decoders in order', () => {
  const answer = (mime: 'image/png'): PortraitDecoder => ({
    decode: () => Promise.resolve({ ok: true, value: { mime, bytes: new Uint8Array(1) } }),
  });

  it('asks the next when one does not know the coding', async () => {
    const both = decodersInOrder([embeddedWebpDecoder, answer('image/png')]);
    expect(await both.decode(WLT)).toMatchObject({ ok: true, value: { mime: 'image/png' } });
    expect(await both.decode(webpPhoto(850))).toMatchObject({ ok: true, value: { mime: 'image/webp' } });
  });

  it('does not hide a failure', async () => {
    const both = decodersInOrder([embeddedWebpDecoder, answer('image/png')]);
    expect(await both.decode(webpPhoto(850, { declared: 849 }))).toEqual({ ok: false, error: 'failed' });
  });

  it('has no decoder without any', async () => {
    expect(await decodersInOrder([]).decode(WLT)).toEqual({ ok: false, error: 'no-decoder' });
  });
});
