import type { ScannerDevice } from '#contract/device.ts';
import { assertNever } from '#domain/result.ts';
import { AIM_LENGTH, readAimIdentifier } from '../framing/aim.ts';
import { failed, passed, skipped } from './trial-steps.ts';
import type { TrialParts } from './try-device.ts';
import { watchDriver } from './watched-driver.ts';

/** Opens a scanner, tells it to look, and waits for one code. Of the code only its measures are told. */
export async function tryScanner(device: ScannerDevice, parts: TrialParts): Promise<void> {
  const { connectorFor, timers, wish, steps, prompt } = parts;
  const head = aimEar(device);
  const driver = watchDriver({ device, connector: connectorFor(device), timers, onData: head.hear });
  try {
    if (!(await steps.run('open', () => driver.opened()))) return;
    await steps.run('scan', async () => {
      if (!wish.scan) return skipped('nobody was asked to show a code');
      head.forget();
      driver.handle({ type: 'scanner.start' });
      prompt({ ask: 'show-code', seconds: Math.round(wish.patience / 1000) });
      const report = await driver.expect(
        ({ type }) => type === 'scan' || type === 'scan.refused',
        wish.patience,
      );
      driver.handle({ type: 'scanner.stop' });
      if (report?.type === 'scan')
        return passed(describeScan({ device, text: report.text, aim: head.aim() }));
      if (report?.type === 'scan.refused')
        return failed(
          report.reason === 'too-long'
            ? 'a code came that does not end: the profile\'s "ending" is not the scanner\'s.'
            : `a code came that is no text in ${device.encoding}: look at "encoding" and "aimIdentifier".`,
        );
      const state = driver.standing();
      if (state !== null && state.state !== 'ready')
        return failed(`the scanner was lost: ${state.detail ?? state.state}`);
      return failed(
        `no code came within ${Math.round(wish.patience / 1000)} s: was one shown? Otherwise rate, ending or trigger of the profile are not the scanner's.`,
      );
    });
  } finally {
    await driver.stop();
    head.forget();
  }
}

function describeScan(scan: {
  readonly device: ScannerDevice;
  readonly text: string;
  readonly aim: string | null;
}): string {
  const { device, text, aim } = scan;
  const written = /^[\x20-\x7e]*$/.test(text) ? 'ASCII only' : `${device.encoding} beyond ASCII`;
  const length = [...text].length;
  return `a code of ${length} characters, ${written}, ${aim ?? 'kind not told by the scanner'}`;
}

/** Hears where a scanner says which kind of code it saw: AIM identifiers of ISO/IEC 15424 stand before the data. */
function aimEar(device: ScannerDevice) {
  const offset = aimOffset(device);
  let first: number[] = [];
  return {
    hear(bytes: Uint8Array): void {
      const room = (offset ?? 0) + AIM_LENGTH - first.length;
      if (offset !== null && room > 0) first.push(...bytes.subarray(0, room));
    },
    forget(): void {
      first = [];
    },
    aim(): string | null {
      const bytes = Uint8Array.from(first.slice(offset ?? 0));
      const aim = offset === null ? null : readAimIdentifier(bytes);
      return aim === null ? null : `${aim.symbology} (AIM ]${aim.kind}${aim.options})`;
    },
  };
}

/** Bytes before the identifier in a scan or a report, id included; null where there is none. */
function aimOffset(device: ScannerDevice): number | null {
  switch (device.protocol) {
    case 'line':
      return device.aimIdentifier ? 0 : null;
    case 'ssi':
      return null;
    case 'hid-pos':
      switch (device.layout) {
        case 'honeywell':
        case 'counted':
          return 2;
        case 'minimal':
          return 1;
        case 'newland':
          return null;
        default:
          return assertNever(device.layout);
      }
    default:
      return assertNever(device);
  }
}
