import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Channel } from '#contract/channel.ts';
import { type ChromiumHost, startChromiumHost } from '#shell/chromium/chromium-host.ts';
import { PendingListener } from '#shell/pending-listener.ts';

/** A page that only passes on what it is told, so that a test can stand at the renderer's end. */
const PAGE = '<!doctype html><meta charset="utf-8"><title>carrier</title><script src="page.js"></script>';
const SCRIPT = 'globalThis.eidChannel.onMessage((message) => globalThis.tellTest(message));';

export interface ChromiumCarrier {
  readonly host: ChromiumHost;
  /** Channels in the order in which pages were opened. */
  readonly channels: Channel[];
  readonly profileFolder: string;
  readonly crashes: () => number;
  readonly gone: () => number;
  /** The renderer's end of the newest page's channel. */
  pageEnd(): Channel;
  close(): Promise<void>;
}

export async function startChromiumCarrier(): Promise<ChromiumCarrier> {
  const folder = mkdtempSync(join(tmpdir(), 'eid-carrier-'));
  mkdirSync(join(folder, 'pages/citizen'), { recursive: true });
  writeFileSync(join(folder, 'pages/citizen/index.html'), PAGE);
  writeFileSync(join(folder, 'pages/citizen/page.js'), SCRIPT);
  writeFileSync(join(folder, 'secret.json'), '{}');
  const channels: Channel[] = [];
  let heard = new PendingListener<string>();
  let crashes = 0;
  let gone = 0;
  const started = await startChromiumHost({
    executable: process.env.CHROMIUM ?? '/usr/bin/chromium',
    rendererFolder: join(folder, 'pages'),
    profileFolder: join(folder, 'profile'),
    headless: true,
    size: { width: 400, height: 600 },
    sandbox: process.getuid?.() !== 0,
    preparePage: async (page) => {
      const own = new PendingListener<string>();
      heard = own;
      await page.exposeFunction('tellTest', (message: string) => own.deliver(message));
    },
    onCitizen: (channel) => channels.push(channel),
    onConsole: () => undefined,
    onCrash: () => {
      crashes += 1;
    },
    onRenewalFailed: (error) => {
      throw error;
    },
    onGone: () => {
      gone += 1;
    },
  });
  if (!started.ok) throw new Error(started.error);
  const host = started.value;
  return {
    host,
    channels,
    profileFolder: join(folder, 'profile'),
    crashes: () => crashes,
    gone: () => gone,
    pageEnd: () => pageEnd(host.citizenPage(), heard),
    async close() {
      await host.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function pageEnd(page: Page, heard: PendingListener<string>): Channel {
  return {
    send: (message) => {
      void page.evaluate(
        (text) => (globalThis as unknown as { eidChannel: { send(m: string): void } }).eidChannel.send(text),
        message,
      );
    },
    onMessage: (listener) => heard.listen(listener),
    onClose: (listener) => void page.on('close', listener),
    close: () => void page.close(),
  };
}
