import type { ReaderDevice } from '#contract/device.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { DeviceCommand } from '../command-session/command.ts';
import type { SdtResponse } from '../framing/sdt.ts';
import { describeFault } from '../reader/reader-machine.ts';
import { isSimulatedSam, samIdText } from '../reader/sdt-answers.ts';
import { type SdtCommands, sdtCommands } from '../reader/sdt-commands.ts';
import { describeStatus } from '../reader/sdt-status.ts';
import { openTrialLine, type TrialLine } from './trial-line.ts';
import { failed, passed, type StepOutcome } from './trial-steps.ts';
import { tryCard } from './try-card.ts';
import type { TrialParts } from './try-device.ts';

/** A module's answer with its status, or a sentence that says why there is none. */
export type Ask = (command: DeviceCommand) => Promise<Result<SdtResponse, string>>;

/** Opens a reader, asks its module how it is and who it is, and looks whether a card lies there. */
export async function tryReader(device: ReaderDevice, parts: TrialParts): Promise<void> {
  const { connectorFor, timers, wish, steps, prompt } = parts;
  const commands = sdtCommands(device.thinkingTimes);
  let line: TrialLine | null = null;
  const ask: Ask = async (command) => {
    if (line === null) return err('the line is not open');
    const heard = await line.session.request(command);
    return heard.ok ? ok(heard.value) : err(`${describeFault(heard.error, command.name)}.`);
  };
  const opens = async (): Promise<StepOutcome> => {
    const opened = await openTrialLine({ device, connector: connectorFor(device), timers });
    if (!opened.ok) return failed(opened.error);
    line = opened.value;
    return passed(
      line.baudRate === null ? 'a module answers' : `a module answers at ${line.baudRate} bits/s`,
    );
  };
  try {
    if (!(await steps.run('open', opens))) return;
    if (!(await steps.run('status', () => statusOf(ask, commands)))) return;
    if (!(await steps.run('SAM id', () => samIdOf(ask, commands)))) return;
    await tryCard({ ask, commands, device, timers, wish, steps, prompt });
  } finally {
    await closed(line);
  }
}

async function closed(line: TrialLine | null): Promise<void> {
  await line?.close();
}

async function statusOf(ask: Ask, commands: SdtCommands): Promise<StepOutcome> {
  const heard = await ask(commands.status);
  if (!heard.ok) return failed(heard.error);
  const detail = describeStatus(heard.value.status);
  return heard.value.status === 0x90 ? passed(detail) : failed(detail);
}

async function samIdOf(ask: Ask, commands: SdtCommands): Promise<StepOutcome> {
  const heard = await ask(commands['sam-id']);
  if (!heard.ok) return failed(heard.error);
  if (heard.value.status !== 0x90) return failed(describeStatus(heard.value.status));
  const samId = samIdText(heard.value.data);
  return passed(isSimulatedSam(samId) ? `${samId}, of a simulated reader` : samId);
}
