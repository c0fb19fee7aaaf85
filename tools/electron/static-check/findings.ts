/** One thing that the check points at. */
export interface Finding {
  /** The check's name, such as `PRELOAD_JS_CHECK`. */
  readonly check: string;
  /** Relative to the folder that was checked; `everywhere` for what the check misses in the program as a whole. */
  readonly file: string;
  readonly severity: string;
  readonly confidence: string;
  /** The line that it points at, without the spaces around it. */
  readonly code: string;
}

/**
 * Findings that stay, each with its reason in docs/electron-findings.md. What the check reports beyond these has to be
 * mended, or argued there and here.
 */
export const ARGUED: readonly { readonly check: string; readonly code: RegExp }[] = [
  {
    check: 'CSP_GLOBAL_CHECK',
    code: /^default-src 'none'; script-src 'self'(?: 'wasm-unsafe-eval')?; style-src 'self'; (?!.*unsafe-inline)/,
  },
  { check: 'PRELOAD_JS_CHECK', code: /^preload: options\.preload,$/ },
  { check: 'ELECTRON_VERSION_JSON_CHECK', code: /^\{/ },
];

/** The findings that nobody has argued for. */
export function unargued(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(
    (finding) => !ARGUED.some(({ check, code }) => check === finding.check && code.test(finding.code)),
  );
}
