import { expect, it } from 'vitest';
import type { ProvisioningFault } from '#station/provisioning/provision.ts';
import { provisioningSentence } from '#station/provisioning/provisioning-sentence.ts';

const REASONS: Readonly<Record<Exclude<ProvisioningFault['reason'], 'wrong-length'>, true>> = {
  'wrong-character': true,
  mistyped: true,
  'bad-registry-url': true,
  unreachable: true,
  'wrong-root-key': true,
  'trust-list-not-signed-by-root': true,
  'trust-list-contradicts-known': true,
  'untrusted-server': true,
  'code-unknown': true,
  'code-expired': true,
  'code-used': true,
  'code-blocked': true,
  'code-for-another-station': true,
  'bad-proof': true,
  'key-in-use': true,
  'registry-failed': true,
  'wrong-certificate': true,
  'registry-mode': true,
  'another-registry': true,
};
const FAULTS: readonly ProvisioningFault[] = [
  { reason: 'wrong-length', characters: 12, wanted: 40 },
  ...(Object.keys(REASONS) as (keyof typeof REASONS)[]).map((reason) => ({ reason })),
];

it('every fault has a sentence of its own that says what to do', () => {
  const sentences = FAULTS.map(provisioningSentence);
  expect(new Set(sentences).size).toBe(FAULTS.length);
  for (const sentence of sentences) expect(sentence).toMatch(/(again|ask|tell|check|mend)/i);
});

it('a man in the middle is named as one, and that nothing secret was sent', () => {
  expect(provisioningSentence({ reason: 'wrong-root-key' })).toMatch(
    /somebody may stand in between\. Nothing secret/,
  );
});
