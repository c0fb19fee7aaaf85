import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * Programs named `lp`, `lpstat` and `cancel` that behave as those of CUPS 2.4 do for one queue named `counter`. They keep
 * their state in files, as CUPS keeps its own.
 */
const PROGRAMS = {
  lp: `
cd "$STATE"
[ "$1 $2 $3" = "-d counter -o" ] || { echo "lp: The printer or class does not exist." >&2; exit 1; }
[ -e hang ] && exec sleep 60
[ -e refuse ] && { echo "lp: Destination \\"counter\\" is not accepting jobs." >&2; exit 1; }
printf '%s\\n' "$*" > words
cat > page.pdf
[ -e slow ] || [ -e alerts-later ] || : > done
[ -e alerts-later ] && cp alerts-later alerts
echo "request id is counter-12 (0 file(s))"
`,
  lpstat: `
cd "$STATE"
[ -e hang-lpstat ] && exec sleep 60
[ -e down ] && { echo "lpstat: Unable to connect to server" >&2; exit 1; }
case "$*" in
  "-l -p counter")
    if [ -e disabled ]; then
      printf 'printer counter disabled since Mon 23 Nov 2026 01:00:00 PM CST -\\n\\tPaused\\n'
    else
      printf 'printer counter is idle.  enabled since Mon 23 Nov 2026 01:00:00 PM CST\\n'
    fi
    printf '\\tForm mounted:\\n\\tContent types: any\\n\\tDescription: Counter\\n\\tAlerts: %s\\n\\tLocation: hall\\n' "$(cat alerts 2>/dev/null || echo none)"
    ;;
  "-l -p "*) echo "lpstat: Invalid destination name in list \\"$3\\"." >&2; exit 1 ;;
  "-W not-completed -o counter")
    [ -e leftovers ] && [ ! -e cancelled-others ] && cat leftovers
    [ -e page.pdf ] && [ ! -e done ] && [ ! -e cancelled ] && printf 'counter-12              eid              1024   Mon 23 Nov 2026 01:00:00 PM CST\\n'
    exit 0 ;;
  "-l -W completed -o counter")
    [ -e done ] && printf 'counter-12              eid              1024   Mon 23 Nov 2026 01:00:00 PM CST\\n\\tStatus: \\n\\tAlerts: %s\\n\\tqueued for counter\\n' "$(cat job-alerts 2>/dev/null || echo job-completed-successfully)"
    exit 0 ;;
  *) echo "lpstat: Error - unknown option" >&2; exit 1 ;;
esac
`,
  cancel: `
cd "$STATE"
[ -e hang-cancel ] && exec sleep 60
case "$1" in
  counter-12) : > cancelled ;;
  counter-*) printf '%s\\n' "$1" >> cancelled-others ;;
  *) exit 1 ;;
esac
`,
} as const;

export type CupsTrouble =
  | 'hang'
  | 'hang-lpstat'
  | 'refuse'
  | 'hang-cancel'
  | 'slow'
  | 'down'
  | 'disabled'
  | { readonly alerts: string }
  | { readonly alertsLater: string }
  | { readonly jobAlerts: string }
  /** Jobs that wait in the queue, each with its owner. */
  | { readonly leftovers: readonly (readonly [job: string, owner: string])[] };

export function cupsOnPath() {
  const folder = mkdtempSync(join(tmpdir(), 'cups-'));
  const state = join(folder, 'state');
  mkdirSync(state);
  for (const [name, script] of Object.entries(PROGRAMS)) {
    writeFileSync(join(folder, name), `#!/bin/sh\nSTATE='${state}'\n${script}`);
    chmodSync(join(folder, name), 0o755);
  }
  const usual = process.env.PATH;
  process.env.PATH = `${folder}${delimiter}${usual}`;
  return {
    make(trouble: CupsTrouble) {
      if (typeof trouble === 'string') writeFileSync(join(state, trouble), '');
      else if ('alerts' in trouble) writeFileSync(join(state, 'alerts'), trouble.alerts);
      else if ('alertsLater' in trouble) writeFileSync(join(state, 'alerts-later'), trouble.alertsLater);
      else if ('jobAlerts' in trouble) writeFileSync(join(state, 'job-alerts'), trouble.jobAlerts);
      else
        writeFileSync(
          join(state, 'leftovers'),
          trouble.leftovers
            .map(
              ([job, owner]) =>
                `${job.padEnd(23)} ${owner.padEnd(13)}     1024 Mon 23 Nov 2026 01:00:00 PM CST\n`,
            )
            .join(''),
        );
    },
    mend(name: string) {
      rmSync(join(state, name), { force: true });
    },
    finishJob: () => writeFileSync(join(state, 'done'), ''),
    page: () => (existsSync(join(state, 'page.pdf')) ? readFileSync(join(state, 'page.pdf')) : null),
    words: () => readFileSync(join(state, 'words'), 'utf8').trim(),
    wasCancelled: () => existsSync(join(state, 'cancelled')),
    cancelledOthers: () =>
      existsSync(join(state, 'cancelled-others'))
        ? readFileSync(join(state, 'cancelled-others'), 'utf8').trim().split('\n')
        : [],
    /** One program, or all. */
    uninstall(program?: keyof typeof PROGRAMS) {
      if (program === undefined) process.env.PATH = '/nowhere';
      else rmSync(join(folder, program));
    },
    close() {
      process.env.PATH = usual;
      rmSync(folder, { recursive: true });
    },
  };
}
