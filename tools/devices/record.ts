import { resolve } from 'node:path';
import { type Device, devicePlace } from '#contract/device.ts';
import { createDriver } from '#drivers/hub/create-driver.ts';
import { wrappingConnector } from '#drivers/hub/wrapping-connector.ts';
import { createRecorder, recordingTransport } from '#drivers/recording/recorder.ts';
import type { ToldCommand } from '#drivers/recording/recording.ts';
import { openRecordingFile } from '#drivers/recording/recording-file.ts';
import { systemTimers } from '#drivers/timers.ts';
import { forget, reportDetail, reportLine } from '#drivers/trial/report-line.ts';
import { chosenDevice, DEVICE_HELP, DEVICE_OPTIONS } from './chosen-devices.ts';
import { type Command, EXIT, type Output, textOption } from './command.ts';
import { connectorHere } from './run-trial.ts';

const NO_PLACE = 'Say where to: the name of a file that does not exist yet.';

export const record: Command = {
  name: 'record',
  summary: "writes a device's traffic to a file that can be sent in and replayed",
  help: `usage: npm run devices -- record FILE --profile ID --path FILE [--seconds N] [--card]
       npm run devices -- record FILE --settings FILE --role ROLE [--seconds N] [--card]

Drives the device as the terminal does and writes down what goes by on its line, for N seconds or until Ctrl-C. What
stands on cards and in codes is replaced by filler before it reaches the file.
  --seconds N        how long; 30 unless given, 600 at most
  --card             reads the cards that are laid down, as in a citizen's visit

${DEVICE_HELP}`,
  options: { ...DEVICE_OPTIONS, seconds: { type: 'string' }, card: { type: 'boolean' } },
  operands: ['FILE'],
  async run({ options, operands, out }) {
    const [named] = operands;
    const words = textOption(options, 'seconds') ?? '30';
    const seconds = /^\d{1,3}$/.test(words) ? Number(words) : 0;
    const device = await chosenDevice(options);
    if (named === undefined) out.complain(NO_PLACE);
    if (seconds < 1 || seconds > 600) out.complain(`--seconds ${words}: must be 1 to 600.`);
    if (!device.ok) for (const sentence of device.error) out.complain(sentence);
    if (named === undefined || seconds < 1 || seconds > 600 || !device.ok) return EXIT.wrong;
    if (!('connection' in device.value)) {
      out.complain('A queue of CUPS has no line that could be recorded.');
      return EXIT.wrong;
    }
    return recordTo({
      file: resolve(named),
      device: device.value,
      seconds,
      card: options.card === true,
      out,
    });
  },
};

async function recordTo(order: {
  readonly file: string;
  readonly device: Device;
  readonly seconds: number;
  readonly card: boolean;
  readonly out: Output;
}): Promise<number> {
  const { file, device, seconds, out } = order;
  const sink = openRecordingFile(file);
  if (!sink.ok) {
    // The system's words for it begin with its name.
    const exists = sink.error.detail.startsWith('EEXIST');
    out.complain(
      exists
        ? `${file} exists already: name another, or remove it.`
        : `${file}: cannot be written (${sink.error.detail})`,
    );
    return EXIT.wrong;
  }
  let wasReady = false;
  let lastLine = '';
  let failure: string | null = null;
  const recorder = createRecorder({
    device,
    sink: sink.value,
    timers: systemTimers,
    started: new Date().toISOString(),
    onEnd: ({ state, detail }) => {
      if (state === 'failed') failure = detail;
    },
  });
  const command = toldTo(device, order.card);
  if (command !== null) recorder.told(command);
  out.say(`${device.role}: ${device.model} at ${devicePlace(device)}, for ${seconds} s or until Ctrl-C`);
  const driver = createDriver(device, {
    connector: wrappingConnector(connectorHere(device), (transport) =>
      recordingTransport(transport, recorder),
    ),
    timers: systemTimers,
    report(report) {
      wasReady ||= report.type === 'device' && report.state === 'ready';
      const line = `  ${reportLine(report).padEnd(24)} ${reportDetail(report)}`.trimEnd();
      // A device is told again with every change of its counts.
      if (line !== lastLine) out.say(line);
      lastLine = line;
      forget(report);
      // One card after the other.
      if (report.type === 'card.removed' && command === 'reader.read') {
        recorder.told(command);
        driver.handle({ type: command });
      }
    },
  });
  if (command !== null) driver.handle({ type: command });
  await secondsOrInterrupt(seconds);
  await driver.stop();
  recorder.stop('by command');
  if (failure !== null) out.complain(`${file}: could not be written to its end (${failure})`);
  else out.say(`Written: ${file}. "npm run devices -- replay ${file}" plays it.`);
  if (!wasReady) out.complain('The device never was ready: the recording shows why.');
  return failure === null && wasReady ? EXIT.well : EXIT.failed;
}

function toldTo(device: Device, card: boolean): ToldCommand | null {
  if (device.role === 'reader') return card ? 'reader.read' : 'reader.watch';
  return device.role === 'scanner' ? 'scanner.start' : null;
}

function secondsOrInterrupt(seconds: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel();
      process.off('SIGINT', end);
      resolve();
    };
    const cancel = systemTimers.after(seconds * 1000, end);
    process.once('SIGINT', end);
  });
}
