import { pino } from 'pino';

/**
 * The station's log. Personal data cannot get into it by accident: there is no free text. A line has a code from the
 * program, and fields whose names stand in {@link LOG_FIELDS}; a value is a number, a flag, a packet id or a word that
 * looks like a code. Whatever does not is replaced by a mark, never written.
 */
export interface StationLog {
  info(code: string, fields?: LogFields): void;
  warn(code: string, fields?: LogFields): void;
  /** `error` leaves its class, its system code and its stack's places behind, not its message. */
  error(code: string, fields?: LogFields & { readonly error?: unknown }): void;
}

export const LOG_FIELDS = [
  'attempt',
  'bytes',
  'count',
  'delivery',
  'device',
  'exitCode',
  'failures',
  'field',
  'freeMegabytes',
  'hash',
  'id',
  'installation',
  'kind',
  'method',
  'ms',
  'number',
  'online',
  'outcome',
  'packetId',
  'reason',
  'samId',
  'sequence',
  'state',
  'status',
  'step',
  'trust',
  'type',
  'version',
  'waiting',
] as const;
export type LogField = (typeof LOG_FIELDS)[number];
export type LogFields = Readonly<Partial<Record<LogField, string | number | boolean | null>>>;

const REFUSED = '[refused]';
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SHA256_HEX = /^[0-9a-f]{64}$/;
/** A reader's security module: five groups of digits, which no number of a person has. */
const SAM_ID = /^\d{2,5}\.\d{2,5}-\d{8,10}-\d{10}-\d{10}$/;
const CODE = /^[A-Za-z][A-Za-z0-9]*(?:[._:/-][A-Za-z0-9]+)*$/;
/** Citizen numbers, telephone numbers and card numbers have at least this many digits in a row. */
const LONG_DIGITS = /\d{6}/;
/** Milliseconds since 1970 have 13 digits; a citizen number has 17 or 18. */
const LARGEST_NUMBER = 1e14;
const known = new Set<string>(LOG_FIELDS);

/** Keeps a value that may be logged and replaces any other. */
export function loggable(value: unknown): string | number | boolean | null {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) && Math.abs(value) < LARGEST_NUMBER ? value : REFUSED;
    case 'string':
      return isWord(value) ? value : REFUSED;
    default:
      return value === null ? null : REFUSED;
  }
}

function isWord(text: string): boolean {
  if (UUID.test(text) || SHA256_HEX.test(text) || SAM_ID.test(text)) return true;
  return text.length <= 64 && CODE.test(text) && !LONG_DIGITS.test(text);
}

export function createStationLog(options: {
  /** Takes one JSON line with its line end. */
  readonly write: (line: string) => void;
  readonly now: () => number;
  readonly level?: 'info' | 'warn' | 'error';
}): StationLog {
  const logger = pino(
    {
      base: null,
      level: options.level ?? 'info',
      timestamp: () => `,"time":${options.now()}`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: options.write },
  );
  const line = (level: 'info' | 'warn' | 'error', code: string, fields: Readonly<Record<string, unknown>>) =>
    logger[level]({ code: loggable(code), ...allowed(fields) });
  return {
    info: (code, fields = {}) => line('info', code, fields),
    warn: (code, fields = {}) => line('warn', code, fields),
    error: (code, fields = {}) => line('error', code, fields),
  };
}

function allowed(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'error') kept.error = describeError(value);
    else if (known.has(name)) kept[name] = loggable(value);
    else kept.refusedField = true;
  }
  return kept;
}

function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { class: typeof error };
  const code = 'code' in error ? loggable(error.code) : null;
  return { class: loggable(error.constructor.name), code, at: placesOf(error) };
}

/** Function names and file positions of a stack, innermost first; the message before them is left out. */
function placesOf(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .map((line) => /^\s+at (?:.*[/\\(])?([\w.-]+:\d+:\d+)\)?$/.exec(line)?.[1])
    .filter((place) => place !== undefined)
    .slice(0, 8);
}

/** A log that keeps nothing, for tests and benches. */
export const silentLog: StationLog = { info: () => {}, warn: () => {}, error: () => {} };
