import '../../src/require-node.mjs';
import { parseArgs } from 'node:util';
import { auditFaultSentence, MOST_FAULTS } from '#protocol/audit-chain.ts';
import { checkAuditFolder } from './check-folder.ts';

/** `npm run audit -- FOLDER [--key HEX]...`: 0 when the trail is whole, 1 when it is not, 2 when it cannot be checked. */
const USAGE = `usage: npm run audit -- FOLDER [--key HEX]...
  FOLDER      the station's data folder; it is only read
  --key HEX   public key of the station, 64 digits, as its certificate names it; once for each installation.
              Without it the keys that lie in the folder are used.`;

function end(sentences: readonly string[], code: number): never {
  for (const sentence of sentences) (code === 0 ? console.log : console.error)(sentence);
  process.exit(code);
}

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { key: { type: 'string', multiple: true } } });
  } catch (error) {
    return end([error instanceof Error ? error.message : String(error), USAGE], 2);
  }
}

const { positionals, values } = readArguments();
const [folder] = positionals;
if (folder === undefined || positionals.length > 1) end([USAGE], 2);
const keys = values.key ?? [];
const wrong = keys.findIndex((key) => !/^[0-9a-f]{64}$/i.test(key));
if (wrong >= 0) end([`--key number ${wrong + 1} is no public key: it must have 64 hexadecimal digits`], 2);
const checked = checkAuditFolder({
  folder,
  keys: keys.map((key) => new Uint8Array(Buffer.from(key, 'hex'))),
});
if (!checked.ok) end([checked.error], 2);
const { entries, checkpoints, witnesses, signedThrough, signedAt, ownKeys, faults } = checked.value;
const told = [
  `${entries} entries, ${checkpoints} checkpoints, ${witnesses} envelopes that witness them.`,
  signedAt === null
    ? 'No checkpoint signs this trail.'
    : `Signed through entry ${signedThrough}, at ${new Date(signedAt).toISOString()}; ${entries - signedThrough} after it.`,
  ...(ownKeys
    ? ['Checked with the keys that lie in the folder itself; --key takes one from elsewhere.']
    : []),
];
if (faults.length === 0) end([...told, 'The trail is whole.'], 0);
const more = faults.length === MOST_FAULTS ? [`Only the first ${MOST_FAULTS} faults are told.`] : [];
end([...told, ...faults.map(auditFaultSentence), ...more], 1);
