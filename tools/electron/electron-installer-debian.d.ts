/** The parts of `electron-installer-debian` 4 that the kiosk's package is made with; it ships no types. */
declare module 'electron-installer-debian' {
  export class Installer {
    constructor(data: Record<string, unknown>);
    /** Folder that becomes the package's root; set by `createStagingDir`. */
    readonly stagingDir: string;
    readonly stagingAppDir: string;
    readonly options: { readonly dest: string; readonly packagePaths: string[] };
    /** Names of the methods that put something into the package. */
    get contentFunctions(): string[];
    copyApplication(): Promise<void>;
    /** Also kept for `generateOptions`. */
    generateDefaults(): Promise<Record<string, unknown>>;
    generateOptions(): unknown;
    createStagingDir(): Promise<void>;
    createContents(): Promise<void>;
    createPackage(): Promise<void>;
    movePackage(): Promise<void>;
  }
}
