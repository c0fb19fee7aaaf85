import { hashOf } from '#protocol/hash.ts';
import { nodeSigner, nodeVerifier } from '#protocol/keys/node-signer.ts';
import { encodeSlipCode, type SlipStatement, signSlipStatement } from '#protocol/slip-statement.ts';

const signer = nodeSigner(hashOf(new TextEncoder().encode('the station of the sample slip')));
export const sampleSlipStation = nodeVerifier(signer.publicKey);

export const sampleSlip: SlipStatement = {
  stationId: 'TEST-0007',
  installation: 1,
  packetId: '019c8f3a-5e00-7abc-8def-0123456789ab',
  envelopeSha256: hashOf(new TextEncoder().encode('an envelope')),
  sequence: 42,
  application: 'full',
  createdAt: Date.UTC(2026, 2, 1, 17, 31, 35),
  clockTrust: 'synchronised',
  simulated: true,
};

/** `EIDS1:` text of {@link sampleSlip}. */
export function sampleSlipCode(changes: Partial<SlipStatement> = {}): string {
  return encodeSlipCode(signSlipStatement({ statement: { ...sampleSlip, ...changes }, signer }));
}
