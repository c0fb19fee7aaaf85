import type { PrinterStanding } from './printer-status.ts';

/**
 * What CUPS's programs say, in English (`LC_ALL=C`):
 *
 *     lp            request id is counter-12 (0 file(s))
 *     lpstat -l -p  printer counter is idle.  enabled since Mon Nov 23 13:00:00 2026
 *                           Waiting for printer to become available.
 *                           Alerts: media-empty-error cover-open-report
 *     lpstat -o     counter-12              eid              1024   Mon Nov 23 13:00:00 2026
 *                           Alerts: job-completed-successfully          (with -l)
 *
 * Alerts are the printer's and the job's state reasons (RFC 8011, 5.3.8 and 5.4.12), each with `-error`, `-warning` or
 * `-report` at its end or nothing. Which of them a queue tells depends on its driver.
 */
export function jobIdOf(output: string, queue: string): string | null {
  const id = /^request id is (\S+)/m.exec(output)?.[1] ?? null;
  return id !== null && isJobOf(id, queue) ? id : null;
}

/** How the queue's printer stands, from `lpstat -l -p`; null when it is not told of. */
export function queueStanding(output: string, queue: string): PrinterStanding | null {
  const [head, ...rest] = blockOf(output, (line) => line.startsWith(`printer ${queue} `));
  if (head === undefined) return null;
  const alerts = alertsIn(rest);
  const has = (reason: string) => alerts.some(({ keyword }) => keyword === reason);
  const named = (...reasons: readonly string[]) => reasons.some((reason) => has(reason));
  if (named('cover-open', 'door-open', 'interlock-open'))
    return { fault: 'cover-open', detail: 'a cover is open: close it' };
  if (named('media-empty', 'media-needed')) return { fault: 'no-paper', detail: 'no paper: fill the tray' };
  if (named('media-jam'))
    return { fault: 'jammed', detail: 'paper is jammed: open it and take the paper out' };
  if (head.startsWith(`printer ${queue} disabled`) || named('paused', 'shutdown'))
    return { fault: 'offline', detail: `the queue is stopped: run "cupsenable ${queue}"` };
  if (named('offline', 'connecting-to-device', 'timed-out', 'input-tray-missing'))
    return { fault: 'offline', detail: 'it does not answer: is it switched on and plugged in?' };
  const stopping = alerts.find(({ severity }) => severity === 'error');
  if (stopping) return { fault: 'offline', detail: `it reports ${stopping.keyword}` };
  if (has('media-low')) return { fault: null, detail: 'paper is running out: fill the tray' };
  if (named('toner-low', 'marker-supply-low'))
    return { fault: null, detail: 'toner or ink is running out: have a new one at hand' };
  return { fault: null, detail: null };
}

/** The jobs of one account among those that `lpstat -W not-completed -o` names: the second word of a line is the owner. */
export function jobsOf(options: {
  readonly output: string;
  readonly queue: string;
  readonly user: string;
}): readonly string[] {
  const { output, queue, user } = options;
  return output.split('\n').flatMap((line) => {
    const [job = '', owner] = line.split(/\s+/);
    return owner === user && isJobOf(job, queue) ? [job] : [];
  });
}

function isJobOf(job: string, queue: string): boolean {
  return job.startsWith(`${queue}-`) && /^\d{1,9}$/.test(job.slice(queue.length + 1));
}

/** Whether a job stands among those that `lpstat -W not-completed -o` names. */
export function isUnderWay(output: string, job: string): boolean {
  return blockOf(output, (line) => line.startsWith(`${job} `)).length > 0;
}

/** Whether a job that is no longer under way was given up, by `lpstat -l -W completed -o`. A job that is not kept was not. */
export function wasGivenUp(output: string, job: string): boolean {
  const [, ...rest] = blockOf(output, (line) => line.startsWith(`${job} `));
  return alertsIn(rest).some(({ keyword }) => /^(?:job-canceled|aborted|job-aborted)/.test(keyword));
}

/** The line that begins so, and those set in below it. */
function blockOf(output: string, begins: (line: string) => boolean): readonly string[] {
  const lines = output.split('\n');
  const start = lines.findIndex(begins);
  if (start < 0) return [];
  const below = lines.slice(start + 1);
  const end = below.findIndex((line) => !/^\s/.test(line));
  return [lines[start] ?? '', ...below.slice(0, end < 0 ? below.length : end)];
}

interface Alert {
  readonly keyword: string;
  readonly severity: string | null;
}

function alertsIn(lines: readonly string[]): readonly Alert[] {
  return lines.flatMap((line) => {
    const words = /^\s+Alerts: (.*)$/.exec(line)?.[1]?.split(/\s+/) ?? [];
    return words.map((word) => {
      const severity = /-(error|warning|report)$/.exec(word)?.[1] ?? null;
      return { keyword: severity === null ? word : word.slice(0, -severity.length - 1), severity };
    });
  });
}
