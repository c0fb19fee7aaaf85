import { spawn } from 'node:child_process';
import type { DecodedPortrait, PortraitDecoder, PortraitFault } from '#contract/portrait-decoder.ts';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';

/** A 102 x 126 bitmap has 38 862 bytes; nothing that a chip's portrait decodes to comes near this. */
const LARGEST_PICTURE = 1024 * 1024;

const MAGICS: readonly {
  readonly mime: DecodedPortrait['mime'];
  readonly matches: (head: string) => boolean;
}[] = [
  { mime: 'image/png', matches: (head) => head.startsWith('\x89PNG\r\n\x1a\n') },
  { mime: 'image/jpeg', matches: (head) => head.startsWith('\xff\xd8\xff') },
  { mime: 'image/webp', matches: (head) => head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP' },
  { mime: 'image/bmp', matches: (head) => head.startsWith('BM') },
];

function pictureFrom(bytes: Uint8Array): Result<DecodedPortrait, PortraitFault> {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  const kind = head.length === 12 ? MAGICS.find(({ matches }) => matches(head)) : undefined;
  return kind ? ok({ mime: kind.mime, bytes }) : err('failed');
}

/**
 * A licensed WLT decoder as a program of its own: the chip's 1024 bytes on its standard input, a picture (PNG, JPEG,
 * WebP or BMP) on its standard output, exit code 0. It sees no environment but PATH and LANG, is killed when it is late
 * or says too much, and what it writes to standard error is dropped, since it may quote the portrait.
 */
export function externalCommandDecoder(options: {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly timeoutMs: number;
}): PortraitDecoder {
  return {
    decode: (photo) =>
      new Promise((resolve) => {
        const child = spawn(options.command, [...options.arguments], {
          stdio: ['pipe', 'pipe', 'ignore'],
          env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LANG: 'C.UTF-8' },
        });
        const chunks: Buffer[] = [];
        let received = 0;
        let verdict: PortraitFault | null = null;
        const abort = (fault: PortraitFault) => {
          verdict ??= fault;
          child.kill('SIGKILL');
          // A grandchild may still hold the pipe open.
          child.stdout.destroy();
        };
        const timer = setTimeout(() => abort('too-slow'), options.timeoutMs);
        const settle = (result: Result<DecodedPortrait, PortraitFault>) => {
          clearTimeout(timer);
          for (const chunk of chunks) chunk.fill(0);
          resolve(result);
        };
        child.on('error', () => settle(err(verdict ?? 'failed')));
        // A program that does not read its input is judged by what it answers.
        child.stdin.on('error', () => {});
        child.stdout.on('error', () => abort('failed'));
        child.stdout.on('data', (chunk: Buffer) => {
          received += chunk.length;
          if (received > LARGEST_PICTURE) abort('failed');
          else chunks.push(chunk);
        });
        child.on('close', (code) => {
          if (verdict !== null || code !== 0) settle(err(verdict ?? 'failed'));
          else settle(pictureFrom(new Uint8Array(Buffer.concat(chunks))));
        });
        child.stdin.end(photo);
      }),
  };
}
