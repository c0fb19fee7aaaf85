import { type Session, session } from 'electron';
import { SECURITY_HEADERS } from '../content-security-policy.ts';
import { readRendererFile } from '../renderer-files.ts';

/**
 * A session of a page's own, in memory only, which ends with its page: nothing of one citizen is there for the next.
 * Our own files and the camera are all that it gives.
 */
export function kioskSession(options: {
  /** Different for each page. */
  readonly name: string;
  readonly scheme: string;
  readonly origin: string;
  readonly rendererFolder: string;
}): Session {
  // Without the prefix "persist:" a partition never reaches the disk.
  const own = session.fromPartition(options.name, { cache: false });
  restrict(own, options.origin);
  own.protocol.handle(options.scheme, async (request) => {
    const { pathname } = new URL(request.url);
    const file = await readRendererFile({ folder: options.rendererFolder, path: pathname });
    if (!file.ok) return new Response('', { status: 404, headers: SECURITY_HEADERS });
    const headers = { ...SECURITY_HEADERS, 'content-type': file.value.contentType };
    return new Response(new Uint8Array(file.value.body), { status: 200, headers });
  });
  return own;
}

function restrict(own: Session, origin: string): void {
  const within = (url: string) => url.startsWith(`${origin}/`);
  own.setPermissionRequestHandler((contents, permission, answer, details) => {
    const camera =
      permission === 'media' &&
      'mediaTypes' in details &&
      details.mediaTypes?.length === 1 &&
      details.mediaTypes[0] === 'video';
    answer(camera && within(contents.getURL()));
  });
  own.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin, details) =>
      permission === 'media' &&
      details.mediaType !== 'audio' &&
      (requestingOrigin === origin || within(requestingOrigin)),
  );
  own.setDevicePermissionHandler(() => false);
  own.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  own.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
  own.setSpellCheckerEnabled(false);
  void own.setProxy({ mode: 'direct' });
  own.on('will-download', (event) => event.preventDefault());
  for (const choice of ['select-serial-port', 'select-hid-device', 'select-usb-device'] as const) {
    own.on(choice as 'select-hid-device', (event) => event.preventDefault());
  }
  own.webRequest.onBeforeRequest((request, answer) =>
    answer({ cancel: !within(request.url) && !request.url.startsWith(`blob:${origin}/`) }),
  );
  own.webRequest.onHeadersReceived((details, answer) =>
    answer({ responseHeaders: { ...details.responseHeaders, ...SECURITY_HEADERS } }),
  );
}
