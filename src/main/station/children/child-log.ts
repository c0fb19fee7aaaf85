import type { LogField, StationLog } from '../log/station-log.ts';
import type { ChildName } from '../ports.ts';
import type { ChildLog } from './kept-child.ts';

/** What the links' fields are called in the station's log, which knows no free text. */
const NAMES: Readonly<Record<string, LogField>> = {
  code: 'exitCode',
  pause: 'ms',
  place: 'field',
  unanswered: 'count',
};

/** Lets a link to a child write into the station's log: its sentence becomes the line's code. */
export function childLog(area: ChildName, log: StationLog): ChildLog {
  const line = (level: 'info' | 'warn') => (fields: object, message: string) => {
    const named = Object.entries(fields).map(([name, value]) => [NAMES[name] ?? name, value] as const);
    const words = message
      .replace(/[^A-Za-z]+/g, '-')
      .slice(0, 50)
      .replace(/-$/, '');
    log[level](`${area}.${words}`, Object.fromEntries(named));
  };
  return { info: line('info'), warn: line('warn') };
}
