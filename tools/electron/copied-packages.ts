/** What the bundle leaves to Node's own loader: packages with native code, or with files beside their code. */
export const NOT_BUNDLED = ['better-sqlite3', 'serialport', 'node-hid', 'pdfkit'] as const;

export interface CopiedPackage {
  readonly name: string;
  /** Only these files, where a package is far more than is used of it; else everything that code needs at run time. */
  readonly only?: readonly string[];
}

/** What the packaging copies beside the bundle, each with its production dependencies. */
export const COPIED_PACKAGES: readonly CopiedPackage[] = [
  ...NOT_BUNDLED.map((name) => ({ name })),
  {
    // Nine weights of 10 MB each; the slip is set in two.
    name: '@expo-google-fonts/noto-sans-sc',
    only: [
      'package.json',
      'LICENSE',
      'LICENSE_FONT',
      '400Regular/NotoSansSC_400Regular.ttf',
      '700Bold/NotoSansSC_700Bold.ttf',
    ],
  },
];

/** Dependencies that nothing asks for at run time: C++ headers, and the command line of a tool that finds binaries. */
export const BUILD_TIME_ONLY: ReadonlySet<string> = new Set(['node-addon-api', 'yargs']);
