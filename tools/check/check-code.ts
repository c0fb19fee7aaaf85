import { EID_CODE_PREFIX } from '#protocol/eid-token.ts';
import { SLIP_CODE_PREFIX } from '#protocol/slip-statement.ts';
import { checkEid } from './check-eid.ts';
import { checkSlip } from './check-slip.ts';
import { type Finding, notValid } from './finding.ts';
import type { OpenPublication } from './open-publication.ts';

/** Whether a text is one of the codes that can be checked, whatever it is worth. */
export function isCheckable(text: string): boolean {
  return text.startsWith(EID_CODE_PREFIX) || text.startsWith(SLIP_CODE_PREFIX);
}

export async function checkCode(request: {
  readonly code: string;
  readonly publication: OpenPublication;
  readonly now: number;
}): Promise<Finding> {
  const { code, publication } = request;
  if (code.startsWith(SLIP_CODE_PREFIX)) return checkSlip(code, publication);
  if (code.startsWith(EID_CODE_PREFIX)) return checkEid(request);
  return notValid('the code is neither a slip nor an e-ID.');
}
