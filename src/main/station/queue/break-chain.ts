import type { AuditLog } from '#station/audit/audit-log.ts';
import type { InstallationStore } from '#station/provisioning/installation-store.ts';
import type { ChainFault } from './chain-check.ts';

/**
 * Why a chain can no longer be gone on with: what the check of one's own envelopes found, or what the registry said.
 *
 * | reason | what was said |
 * |---|---|
 * | `fork` | an acknowledgement is flagged: another packet has this place |
 * | `broken-link` | an acknowledgement is flagged: the registry holds another packet before this one |
 * | `registry-ahead` | the registry holds more of this chain than was ever made here: the disk is an older copy |
 * | `head-differs` | the newest packet that the registry holds is not the one that stands here in its place |
 */
export type ChainBreak = ChainFault | 'fork' | 'broken-link' | 'registry-ahead' | 'head-differs';

/**
 * Marks a chain as broken, for good: only a new installation begins a new one. The first reason stands, and is
 * audited. True when it was whole before. Call in a transaction.
 */
export function breakChain(
  found: { readonly chain: number; readonly sequence: number; readonly reason: ChainBreak },
  tools: { readonly installations: InstallationStore; readonly audit: AuditLog },
): boolean {
  const { chain, sequence, reason } = found;
  const installation = tools.installations.markBroken({ id: chain, reason });
  if (installation === null) return false;
  tools.audit.append({ type: 'chain.broken', fields: { installation, sequence, reason } });
  return true;
}
