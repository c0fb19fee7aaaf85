import { parseArgs } from 'node:util';
import type { LivenessEvidence } from '#domain/liveness/evidence.ts';
import { judgeEvidence } from '#domain/liveness/judge-evidence.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { nodeDigests } from '#protocol/digests.ts';
import { decodeEvidence } from '#protocol/evidence-file.ts';
import { drawEvidence } from './draw-evidence.ts';
import { judgementLines } from './judgement-lines.ts';

export const USAGE = `usage: npm run judge -- FILE [--picture FILE.svg] [--session ID] [--without CHECKS] [--json]

Judges a session's liveness evidence again, as station and registry do, and prints every check with its value and
threshold. FILE is what "npm run registry -- evidence" wrote for one packet. Nothing is sent anywhere.

  --picture FILE.svg   draws each try: the signals over time with the windows that were asked for
  --session ID         the session that the audit record names; else the evidence's own is believed
  --without CHECKS     what the terminal has switched off: depth, identity, flash, texture, passive; commas between
  --json               for programs

Exit codes: 0 the verdict is the station's, 1 it is another, 2 the call or the file is wrong.`;

const EXIT = { same: 0, other: 1, wrong: 2 } as const;
const SWITCHES = ['depth', 'identity', 'flash', 'texture', 'passive'] as const;
type Switch = (typeof SWITCHES)[number];

export interface JudgeRun {
  readonly exitCode: number;
  readonly lines: readonly string[];
  readonly complaints: readonly string[];
}

/** The command, with the disk as a parameter. */
export function runJudge(call: {
  readonly arguments: readonly string[];
  readonly readFile: (path: string) => Uint8Array;
  readonly writeFile: (path: string, text: string) => void;
}): JudgeRun {
  const order = readOrder(call.arguments);
  if (!order.ok) return { exitCode: EXIT.wrong, lines: [], complaints: [order.error, USAGE] };
  const { file, picture, sessionId, without, json, help } = order.value;
  if (help) return { exitCode: EXIT.same, lines: [USAGE], complaints: [] };
  const read = readEvidence(file, call.readFile);
  if (!read.ok) return { exitCode: EXIT.wrong, lines: [], complaints: [read.error] };
  const evidence = read.value;
  const switches = Object.fromEntries(without.map((name) => [name, false]));
  const judgement = judgeEvidence(evidence, nodeDigests, {
    switches,
    ...(sessionId === null ? {} : { sessionId }),
  });
  const lines = json
    ? [JSON.stringify({ camera: evidence.camera, ...judgement })]
    : judgementLines(evidence, judgement);
  const complaints: string[] = [];
  if (picture !== null) {
    try {
      call.writeFile(picture, drawEvidence(evidence, judgement));
    } catch (error) {
      complaints.push(`${picture}: the picture cannot be written (${codeOf(error)})`);
      return { exitCode: EXIT.wrong, lines, complaints };
    }
  }
  return { exitCode: judgement.differs ? EXIT.other : EXIT.same, lines, complaints };
}

interface Order {
  readonly file: string;
  readonly picture: string | null;
  readonly sessionId: string | null;
  readonly without: readonly Switch[];
  readonly json: boolean;
  readonly help: boolean;
}

function readOrder(parameters: readonly string[]): Result<Order, string> {
  const read = options(parameters);
  if (!read.ok) return read;
  const { values, positionals } = read.value;
  const help = values.help === true;
  const [file] = positionals;
  if (!help && (file === undefined || positionals.length > 1)) return err('Name one file of evidence.');
  const named = (values.without ?? '').split(',').filter((name) => name !== '');
  const without = SWITCHES.filter((name) => named.includes(name));
  const unknown = named.find((name) => !SWITCHES.some((known) => known === name));
  if (unknown !== undefined)
    return err(`--without ${JSON.stringify(unknown)}: it must be of ${SWITCHES.join(', ')}.`);
  return ok({
    file: file ?? '',
    picture: values.picture ?? null,
    sessionId: values.session ?? null,
    without,
    json: values.json === true,
    help,
  });
}

function options(parameters: readonly string[]) {
  try {
    return ok(
      parseArgs({
        args: [...parameters],
        allowPositionals: true,
        options: {
          picture: { type: 'string' },
          session: { type: 'string' },
          without: { type: 'string' },
          json: { type: 'boolean' },
          help: { type: 'boolean' },
        },
      }),
    );
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
}

function readEvidence(
  file: string,
  readFile: (path: string) => Uint8Array,
): Result<LivenessEvidence, string> {
  let bytes: Uint8Array;
  try {
    bytes = readFile(file);
  } catch (error) {
    return err(`${file}: the evidence cannot be read (${codeOf(error)})`);
  }
  const decoded = decodeEvidence(bytes);
  if (decoded.ok) return decoded;
  return err(`${file}: this is no evidence: ${decoded.error.where} ${decoded.error.problem}`);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown fault';
}
