/**
 * Chromium's own switches, set before its first process starts. Each is one thing that a kiosk has no use for; those
 * with an API (permissions, downloads, menus) are in `lock-down.ts` and `kiosk-session.ts` instead.
 */
export const KIOSK_SWITCHES: readonly (readonly [name: string, value?: string])[] = [
  ['disable-pinch'],
  ['overscroll-history-navigation', '0'],
  // Chromium asks nobody: the station speaks to the registry through Node, not through Chromium's network.
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['dns-prefetch-disable'],
  ['no-proxy-server'],
  ['disable-quic'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-breakpad'],
  ['disable-crash-reporter'],
  ['disable-http-cache'],
  ['noerrdialogs'],
  ['autoplay-policy', 'no-user-gesture-required'],
];

/** What the unit and a technician may give; every other switch reaches into Chromium, Node or V8. */
const ALLOWED_SWITCHES: ReadonlySet<string> = new Set(['provision', 'ozone-platform']);

/**
 * Why the terminal does not start with these arguments: one sentence for each that is not known. A debugging port, a
 * sandbox switched off, an extension or flags for V8 would all come this way. Values are not repeated: one of them may
 * be a provisioning code.
 */
export function refusedArguments(parameters: readonly string[]): readonly string[] {
  return parameters.flatMap((parameter) => {
    const name = /^-+([^=]*)/.exec(parameter)?.[1];
    if (name === undefined)
      return ['An argument without a name was given; the terminal takes switches only.'];
    if (ALLOWED_SWITCHES.has(name)) return [];
    return [
      `The terminal does not start with --${name.slice(0, 60)}; it takes --provision=CODE and --ozone-platform=NAME only.`,
    ];
  });
}
