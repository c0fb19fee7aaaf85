import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** The phone's page and the renderer load these; one import of Node anywhere below would break their bundles. */
const FOR_BROWSERS = [
  'protocol/cbor.ts',
  'protocol/cose/sign1.ts',
  'protocol/phone-code.ts',
  'protocol/holder-answer.ts',
  'protocol/eid-token.ts',
  'protocol/keys/signer.ts',
  'protocol/keys/kid.ts',
  'protocol/keys/tweetnacl-signer.ts',
];

const source = new URL('../../src/', import.meta.url);

function importsOf(file: URL, seen: Map<string, string[]>): Map<string, string[]> {
  if (seen.has(file.href)) return seen;
  const text = readFileSync(fileURLToPath(file), 'utf8');
  const specifiers = [...text.matchAll(/^(?:import|export)\b(?! type)[^;]*?from '([^']+)'/gm)].map(
    ([, specifier = '']) => specifier,
  );
  seen.set(file.href, specifiers);
  for (const specifier of specifiers) {
    if (specifier.startsWith('.')) importsOf(new URL(specifier, file), seen);
    if (specifier.startsWith('#')) importsOf(new URL(specifier.slice(1), source), seen);
  }
  return seen;
}

test.each(FOR_BROWSERS)('%s imports nothing of Node, however far down', (path) => {
  const reached = importsOf(new URL(path, source), new Map());
  const outside = [...reached.values()]
    .flat()
    .filter((name) => !name.startsWith('.') && !name.startsWith('#'));
  for (const name of outside) {
    expect(['cborg', 'cborg/length', '@noble/hashes/sha2.js', 'tweetnacl']).toContain(name);
  }
  for (const file of reached.keys())
    expect(readFileSync(fileURLToPath(file), 'utf8')).not.toMatch(/\bBuffer\b\./);
});
