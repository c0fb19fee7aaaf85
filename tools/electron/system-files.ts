/** Files of the repository that the Debian package puts into the system, each with its place there. */
export const SYSTEM_FILES: readonly { readonly source: string; readonly place: string }[] = [
  {
    source: 'resources/systemd/eid-terminal.service',
    place: 'lib/systemd/system/eid-terminal.service',
  },
  {
    source: 'resources/systemd/eid-terminal-display.service',
    place: 'lib/systemd/system/eid-terminal-display.service',
  },
  {
    source: 'resources/systemd/eid-terminal-restart.service',
    place: 'lib/systemd/system/eid-terminal-restart.service',
  },
  {
    source: 'resources/systemd/eid-terminal-restart.timer',
    place: 'lib/systemd/system/eid-terminal-restart.timer',
  },
  { source: 'resources/systemd/eid-terminal.sysusers', place: 'usr/lib/sysusers.d/eid-terminal.conf' },
  { source: 'resources/udev/72-eid-terminal.rules', place: 'lib/udev/rules.d/72-eid-terminal.rules' },
  { source: 'resources/settings.example.json', place: 'usr/share/doc/eid-terminal/settings.example.json' },
  { source: 'docs/install.md', place: 'usr/share/doc/eid-terminal/install.md' },
];
