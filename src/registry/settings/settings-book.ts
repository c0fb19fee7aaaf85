import { link, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { checkJson, type FileFault } from '#contract/checked-json.ts';
import { OPERATIONAL_SETTINGS, OVERRIDES } from '#contract/operational-settings.ts';
import type { Clock } from '#domain/clock.ts';
import { ok, type Result } from '#domain/result.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import { type ServerSetting, signSettings } from '#protocol/settings-document.ts';

/**
 * The settings documents that the registry has signed, one file a version, so that none is ever given twice and the
 * last one is at hand for every process that serves.
 */
export interface SettingsBook {
  /** The newest document, or null while there is none. */
  newest(): Promise<Uint8Array | null>;
  /** Signs a new version and keeps it; stations take it over with their next look at the trust list. */
  publish(settings: readonly ServerSetting[]): Promise<{ readonly version: number }>;
}

export function settingsBook(options: {
  /** Of the registry. */
  readonly dataFolder: string;
  /** Key of use `settings`. */
  readonly signer: Signer;
  readonly clock: Clock;
}): SettingsBook {
  const folder = join(options.dataFolder, 'settings');
  const fileOf = (version: number) => join(folder, `${String(version).padStart(10, '0')}.cose`);

  async function newestVersion(): Promise<number> {
    const versions = (await filesIn(folder)).flatMap((name) => {
      const version = /^(\d{10})\.cose$/.exec(name)?.[1];
      return version === undefined ? [] : [Number(version)];
    });
    return Math.max(0, ...versions);
  }

  return {
    newest: async () => {
      const version = await newestVersion();
      return version === 0 ? null : new Uint8Array(await readFile(fileOf(version)));
    },
    publish: async (settings) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const version = (await newestVersion()) + 1;
      const document = { version, issuedAt: options.clock.now(), settings };
      const part = join(folder, `.${process.pid}.part`);
      const file = await open(part, 'w', 0o600);
      try {
        await file.writeFile(signSettings({ document, signer: options.signer }));
        await file.sync();
      } finally {
        await file.close();
      }
      // Unlike a renaming, a link fails when somebody else published this version a moment ago.
      await link(part, fileOf(version));
      await rm(part);
      return { version };
    },
  };
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

const entries = Object.fromEntries(
  Object.entries(OPERATIONAL_SETTINGS).map(([name, { schema }]) => [
    name,
    v.optional(v.strictObject({ value: schema, override: v.optional(v.picklist(OVERRIDES), 'technician') })),
  ]),
);
const FileSchema = v.strictObject({ settings: v.strictObject(entries) });

/** Reads what an operator wrote: `{"settings": {"retentionDays": {"value": 14, "override": "nobody"}}}`. */
export function readSettingsFile(source: {
  readonly file: string;
  readonly text: string;
}): Result<readonly ServerSetting[], readonly FileFault[]> {
  const checked = checkJson({ ...source, schema: FileSchema });
  if (!checked.ok) return checked;
  const settings = Object.entries(checked.value.value.settings).flatMap(([name, setting]) =>
    setting === undefined ? [] : [{ name, ...setting }],
  );
  return ok(settings);
}
