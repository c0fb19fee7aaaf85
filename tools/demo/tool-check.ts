import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Check } from './scripted-check.ts';

const VERDICTS: Readonly<Record<number, string>> = { 0: 'valid', 1: 'not-valid', 2: 'cannot-tell' };

/** Has `npm run check` judge the pictures that the demo left, with what the registry publishes. */
export async function checkWithTool(options: {
  readonly out: string;
  readonly publication: () => Promise<Uint8Array>;
  readonly eids: { readonly upgraded: string };
}): Promise<readonly Check[]> {
  const { out, eids } = options;
  const publication = join(out, 'publication.cbor');
  writeFileSync(publication, await options.publication());
  const subjects = [
    ['slip of the first visit', join(out, 'slip-1.pdf')],
    ['slip of the loss report', join(out, 'slip-4.pdf')],
    ['e-ID that was reported lost', join(out, 'eid-full-code.png')],
    ['basic e-ID, ended by its upgrade', join(out, 'eid-basic-code.png')],
    ['e-ID after the upgrade', join(out, 'eid-upgraded-code.png')],
    ['e-ID after the upgrade, one character changed', withOneCharacterChanged(eids.upgraded)],
  ] as const;
  return subjects.map(([what, subject]) => {
    const { status, stdout, stderr } = spawnSync(
      'npm',
      ['run', '--silent', 'check', '--', subject, '--publication', publication],
      { cwd: resolve(import.meta.dirname, '../..'), encoding: 'utf8' },
    );
    const verdict = VERDICTS[status ?? -1];
    if (verdict === undefined) throw new Error(`check of ${what} ended with ${status}: ${stderr}`);
    console.log(`  ${what}: ${stdout.trim()}`);
    return { what, by: 'tool', verdict };
  });
}

function withOneCharacterChanged(code: string): string {
  const at = Math.floor(code.length / 2);
  return `${code.slice(0, at)}${code.charAt(at) === 'A' ? 'B' : 'A'}${code.slice(at + 1)}`;
}
