import { resolve } from 'node:path';
import type { Recording } from '#drivers/recording/recording.ts';
import { type PlayedReport, playRecording } from '#drivers/trial/play-recording.ts';
import { recordingAt } from '#drivers/trial/recording-at.ts';
import { type Command, EXIT, type Output } from './command.ts';

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
    const path = resolve(named);
    const read = recordingAt({ path, called: path });
    if (!read.ok) {
      out.complain(read.error);
      return EXIT.wrong;
    }
    const recording = read.value;
    const json = options.json === true;
    if (!json) tellHead(recording, out);
    const reports: string[] = [];
    const faults = await playRecording({
      recording,
      onReport(report) {
        reports.push(report.line);
        if (!json) out.say(playedLine(report));
      },
    });
    if (json) out.say(JSON.stringify({ device: recording.device, reports, faults }));
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

function playedLine({ line, detail }: PlayedReport): string {
  return `  ${line.padEnd(24)} ${detail}`.trimEnd();
}
