import type { BrowserContext } from 'playwright-core';
import { bundleCitizen } from './bundle.ts';
import type { CitizenControls, CitizenMode, HeadId } from './citizen-controls.ts';

/**
 * Puts a rendered citizen before the camera of every page of a context: call it before the page is opened. The page
 * finds the citizen's files at `<origin>/citizen-test/`, and `window.citizen` chooses head and mode afterwards.
 */
export async function installReactiveCitizen(
  context: BrowserContext,
  options: {
    readonly head: HeadId;
    readonly mode?: CitizenMode;
    readonly origin?: string;
    /** Whether the citizen's pictures are made before a camera is asked for, while nothing else is to be done. */
    readonly ahead?: boolean;
  },
): Promise<void> {
  const base = `${options.origin ?? 'https://kiosk.invalid'}/citizen-test/`;
  const files = await bundleCitizen('reactive');
  await context.route(`${base}**`, (route) => {
    const name = route.request().url().slice(base.length);
    const file = files.find((candidate) => candidate.name === name);
    return file
      ? route.fulfill({ body: file.body, contentType: file.contentType })
      : route.fulfill({ status: 404 });
  });
  const { head, mode = 'live', ahead = true } = options;
  await context.addInitScript(replaceCamera, { base, head, mode, ahead });
}

/** The module that the page imports; see `page/reactive.ts`. */
interface ReactiveModule {
  openCamera(controls: CitizenControls): Promise<MediaStream>;
  prepare(head: HeadId): Promise<unknown>;
}

/** Runs in the page, before anything of the page does. */
function replaceCamera(options: { base: string; head: HeadId; mode: CitizenMode; ahead: boolean }): void {
  const devices = navigator.mediaDevices;
  if (!devices) return;
  const controls: CitizenControls = { head: options.head, mode: options.mode };
  Object.assign(window, { citizen: controls });
  let loading: Promise<ReactiveModule> | null = null;
  const load = () => {
    loading ??= import(`${options.base}reactive.js`) as Promise<ReactiveModule>;
    return loading;
  };
  devices.getUserMedia = async () => (await load()).openCamera(controls);
  devices.enumerateDevices = async () => {
    const device = {
      kind: 'videoinput' as const,
      label: 'Rendered citizen',
      deviceId: 'citizen',
      groupId: '',
    };
    return [{ ...device, toJSON: () => device }];
  };
  if (!options.ahead) return;
  // Only a page with a citizen's screens will open the camera: its pictures are made while the first screen stands.
  addEventListener('load', () => {
    setTimeout(async () => {
      if (document.querySelector('[data-screen]')) await (await load()).prepare(controls.head);
    }, 1500);
  });
}
