import type { Device } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { ok } from '#domain/result.ts';
import type { Driver } from '#drivers/driver.ts';
import { createDriver } from '#drivers/hub/create-driver.ts';
import type { Recording } from '#drivers/recording/recording.ts';
import { type Replay, replayRecording } from '#drivers/transport/replay.ts';
import { type Command, EXIT, type Output } from './command.ts';
import { fastClock } from './fast-clock.ts';
import { recordingAt } from './recording-at.ts';
import { forget, reportDetail, reportLine } from './report-line.ts';

/** Milliseconds of its own time that a driver may take longer than the recording did, until it is given up. */
const LATEST = 60_000;
/** ... and that it gets for its last report when everything has been played. */
const LAST_WORDS = 2000;

export const replay: Command = {
  name: 'replay',
  summary: 'plays a recording to the driver of its device, and tells what the driver makes of it',
  help: `usage: npm run devices -- replay FILE [--json]

Needs no device. Answers the driver what was recorded, without the pauses, and tells each report. When the driver asks
something else than was recorded (the program has changed since, or the profile has), the line of the file is told. Lines
"expect …" in the head of the file are compared with the reports. Contents of cards and codes are filler in a recording:
every card is an invented person's, without a portrait.
  --json  for programs`,
  options: { json: { type: 'boolean' } },
  operands: ['FILE'],
  async run({ options, operands, out }) {
    const [named] = operands;
    if (named === undefined) {
      out.complain('Say which recording: the name of its file.');
      return EXIT.wrong;
    }
    const read = recordingAt(named);
    if (!read.ok) {
      out.complain(read.error);
      return EXIT.wrong;
    }
    const recording = read.value;
    const json = options.json === true;
    if (!json) tellHead(recording, out);
    const played = await play(recording, json ? null : out);
    const faults = faultsOf(recording, played);
    if (json) out.say(JSON.stringify({ device: recording.device, reports: played.reports, faults }));
    else {
      for (const fault of faults) out.complain(fault);
      if (faults.length === 0) out.say('The driver did as it was recorded.');
    }
    return faults.length === 0 ? EXIT.well : EXIT.failed;
  },
};

function tellHead({ device, started, notes }: Recording, out: Output): void {
  out.say(`${device.role}: ${device.model}, recorded ${started}`);
  for (const note of notes) out.say(`  ${note}`);
}

interface Played {
  readonly reports: readonly string[];
  readonly replay: Replay;
}

async function play(recording: Recording, out: Output | null): Promise<Played> {
  const clock = fastClock();
  const reports: string[] = [];
  const device: Device = recording.device;
  const kept: { driver?: Driver } = {};
  const replayed = replayRecording({
    recording,
    timers: clock,
    pace: 'at-once',
    onTold: (command) => kept.driver?.handle({ type: command }),
  });
  kept.driver = createDriver(device, {
    connector: { connect: async () => ok(replayed.connect()), whenPresent: () => () => {} },
    timers: clock,
    report(report) {
      // What the driver makes of an end that is the recording's and not the device's is told apart from its reports.
      if (replayed.fault() !== null || isEndOfRecording(report)) return forget(report);
      reports.push(reportLine(report));
      out?.say(replayedLine(report));
      forget(report);
    },
  });
  const latest = (recording.events.at(-1)?.at ?? 0) + LATEST;
  const goesOn = () => !replayed.finished() && replayed.fault() === null && clock.monotonic() < latest;
  while (goesOn() && (await clock.turn()));
  const lastWords = clock.monotonic() + LAST_WORDS;
  while (replayed.fault() === null && clock.monotonic() < lastWords && (await clock.turn()));
  // A driver may wait for time to pass before it is done, too.
  let stopped = false;
  void kept.driver.stop().then(() => {
    stopped = true;
  });
  while (!stopped && (await clock.turn()));
  return { reports, replay: replayed };
}

function faultsOf(recording: Recording, { replay: played, reports }: Played): readonly string[] {
  const faults: string[] = [];
  const fault = played.fault();
  const wholly = fault === null ? played.finished() : fault.line > lastLine(recording);
  if (fault !== null && !wholly) faults.push(`The driver asks something else: ${fault.detail}`);
  else if (!wholly) faults.push('The driver does not ask what was recorded to its end.');
  const { expected } = recording;
  const different = expected.findIndex((line, index) => reports[index] !== line);
  if (different >= 0)
    faults.push(
      `Report ${different + 1} is "${reports[different] ?? 'none'}" where the file expects "${expected[different]}".`,
    );
  return faults;
}

/** Of what went by; behind it the recording only ends, and whatever the driver asks there was not recorded any more. */
function lastLine({ events }: Recording): number {
  return events.findLast(({ kind }) => kind !== 'end' && kind !== 'stop')?.line ?? 0;
}

/** How long a card took is not told: time jumps here. */
function replayedLine(report: DriverReport): string {
  const detail = report.type === 'card.read' ? '' : reportDetail(report);
  return `  ${reportLine(report).padEnd(24)} ${detail}`.trimEnd();
}

/** Where the recording has no more, its device is gone, in words of the recording's own. */
function isEndOfRecording(report: DriverReport): boolean {
  return report.type === 'device' && /^the recording (ends here|has no more)/.test(report.detail ?? '');
}
