import { HIDAsync } from 'node-hid';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { plainBytes } from './plain-bytes.ts';
import type { Transport, TransportEnd, TransportFault } from './transport.ts';

/**
 * What is used of an opened HID device, as node-hid's `HIDAsync` behaves: reading begins in the turn after the first
 * `data` listener came, each `data` is one report, and an unplug is told by `error` alone, whose argument may be a
 * string. There is no `close` event, and an `error` without a listener ends the process.
 */
export interface HidHandle {
  on(event: 'data', listener: (report: Uint8Array) => void): unknown;
  on(event: 'error', listener: (reason: unknown) => void): unknown;
  /** The report with its id in front; resolves with the bytes taken. */
  write(report: Buffer): Promise<number>;
  close(): Promise<void>;
}
export type OpenHid = (path: string) => Promise<HidHandle>;

export const openNodeHid: OpenHid = (path) => HIDAsync.open(path);

/**
 * How reports and bytes belong together. `joined`: a stream, cut into reports of the configured id and joined again
 * from them, so that frames may span reports; the zeros that fill a report up are part of the stream. `whole`: each
 * write and each `onData` is one report, its id in front where the device numbers its reports (a write always has it).
 */
export type HidReports = 'joined' | 'whole';

function faultOf(reason: unknown): TransportFault {
  const detail = wordsOf(reason);
  if (/no such (file|device)/i.test(detail)) return { reason: 'missing', detail };
  return { reason: 'failed', detail };
}

function wordsOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}

/** A USB device that speaks in raw reports of a fixed size. `path` is its hidraw file. */
export function hidTransport(options: {
  readonly path: string;
  /** 0 where the device numbers no reports. */
  readonly reportId: number;
  /** Bytes of a report without its id. */
  readonly reportSize: number;
  readonly reports: HidReports;
  readonly openHid: OpenHid;
}): Transport {
  const { path, reportId, reportSize, reports } = options;
  const closed: TransportFault = { reason: 'closed', detail: `${path} is closed` };
  let onData: (bytes: Uint8Array) => void = () => {};
  let onEnd: (end: TransportEnd) => void = () => {};
  let opening: Promise<Result<void, TransportFault>> | null = null;
  let handle: HidHandle | null = null;
  let isOpen = false;
  let ended = false;
  /** The system's words about a device that was gone before it was quite open. */
  let goneEarly: string | null = null;
  let closing: Promise<void> | null = null;
  /** Ends when everything that was written before is out: reports of two writes are never mixed. */
  let lastWrite: Promise<unknown> = Promise.resolve();

  /** Drops the handle. A device that is gone cannot be closed properly, and nobody could do anything about it. */
  async function letGo(): Promise<string | null> {
    const old = handle;
    handle = null;
    return old === null
      ? null
      : old.close().then(
          () => null,
          (reason: unknown) => wordsOf(reason),
        );
  }

  function unplugged(reason: unknown): void {
    if (ended) return;
    ended = true;
    void letGo();
    if (isOpen) onEnd({ unplugged: true, cause: wordsOf(reason) });
    else goneEarly = wordsOf(reason);
  }

  function receive(raw: Uint8Array): void {
    const report = plainBytes(raw);
    if (!ended && (reports === 'whole' || reportId === 0)) onData(report);
    // Reports of another id are no part of the stream.
    else if (!ended && report[0] === reportId) onData(report.subarray(1));
    // A card's contents pass through here.
    report.fill(0);
  }

  /** One report is written at a time; null when it is out. */
  async function writeReport(id: number, content: Uint8Array): Promise<TransportFault | null> {
    if (handle === null || ended) return closed;
    const report = Buffer.alloc(1 + reportSize);
    report[0] = id;
    report.set(content, 1);
    const written = await handle.write(report).then(
      () => null,
      (reason: unknown) => faultOf(reason),
    );
    report.fill(0);
    return written;
  }

  async function writeAll(bytes: Uint8Array): Promise<Result<void, TransportFault>> {
    if (reports === 'whole') {
      if (bytes.length === 0 || bytes.length > 1 + reportSize) {
        const detail = `a report of ${bytes.length} bytes does not fit ${path}`;
        return err({ reason: 'failed', detail });
      }
      const fault = await writeReport(bytes[0] ?? 0, bytes.subarray(1));
      return fault === null ? ok(undefined) : err(fault);
    }
    for (let from = 0; from < bytes.length; from += reportSize) {
      const fault = await writeReport(reportId, bytes.subarray(from, from + reportSize));
      if (fault !== null) return err(fault);
    }
    return ok(undefined);
  }

  async function open(): Promise<Result<void, TransportFault>> {
    try {
      handle = await options.openHid(path);
    } catch (reason) {
      ended = true;
      return err(faultOf(reason));
    }
    handle.on('error', unplugged);
    handle.on('data', receive);
    // Reading begins in the next turn, and throws into the void when the handle is closed before.
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (goneEarly !== null) return err({ reason: 'failed', detail: goneEarly });
    isOpen = true;
    return ok(undefined);
  }

  async function close(): Promise<void> {
    await opening;
    const wasOpen = isOpen && !ended;
    ended = true;
    const cause = await letGo();
    if (wasOpen) onEnd({ unplugged: false, cause });
  }

  return {
    path,
    open() {
      if (opening !== null || closing !== null) return Promise.resolve(err(closed));
      opening = open();
      return opening;
    },
    write(bytes) {
      if (handle === null || ended || closing !== null) return Promise.resolve(err(closed));
      // The caller may use its bytes again before they are all out.
      const copy = bytes.slice();
      const written = lastWrite.then(() => writeAll(copy)).finally(() => copy.fill(0));
      lastWrite = written;
      return written;
    },
    close() {
      closing ??= close();
      return closing;
    },
    onData(listener) {
      onData = listener;
    },
    onEnd(listener) {
      onEnd = listener;
    },
  };
}
