import type { EidDoubt, EidFault } from '#domain/eid/eid-verdict.ts';
import { judgeEid, type StatusStatement } from '#domain/eid/judge-eid.ts';
import type { EidClaims } from '#protocol/eid-token.ts';
import { statusAt } from '#protocol/status-list.ts';
import { inGroupsOfFour } from '#protocol/text/base32.ts';
import { findVerifierIn } from '#protocol/trust-list.ts';
import { readEid } from '#station/check/read-eid.ts';
import { cannotTell, type Finding, moment, notValid, valid } from './finding.ts';
import type { OpenPublication } from './open-publication.ts';

const FAULTS: Readonly<Record<EidFault, string>> = {
  'not-an-eid': 'the code is damaged, or is no e-ID.',
  forged: 'the e-ID was changed after its issuer had signed it, or is forged.',
  'other-issuer': 'the e-ID is signed by no issuer of this publication.',
  'not-yet-valid': 'the e-ID is not valid yet.',
  expired: 'the e-ID has expired.',
  revoked: 'the e-ID was revoked.',
  simulated: 'the e-ID was made with simulated devices, and real ones count here.',
};

const DOUBTS: Readonly<Record<EidDoubt, string>> = {
  'no-trust-list': 'there is no trust list.',
  'no-status-list': 'the publication has no status list for this e-ID; fetch a newer one.',
  'status-list-stale': 'the status list of the publication is over; fetch a newer one.',
  'clock-doubtful': "this computer's clock is behind what the publication proves.",
};

/** Whether an e-ID counts now. Who shows it is not checked: that takes the phone that it is bound to. */
export async function checkEid(request: {
  readonly code: string;
  readonly publication: OpenPublication;
  /** This computer's clock, milliseconds since 1970. */
  readonly now: number;
}): Promise<Finding> {
  const { code, publication, now } = request;
  const { trust } = publication;
  const read = await readEid(code, findVerifierIn({ list: trust, use: 'issuer' }));
  if (read.kind === 'not-ours') return notValid(FAULTS['not-an-eid']);
  const claims = read.kind === 'opened' ? read.claims : null;
  const status = claims === null ? null : await statementOn(claims, publication);
  const verdict = judgeEid({
    reading: read,
    status,
    now,
    // A computer whose clock somebody set; what the root and the issuer signed bounds it from below.
    clockTrust: 'drifting',
    provenTime: trust.issuedAt,
    mode: trust.mode,
  });
  switch (verdict.result) {
    case 'not-valid':
      return notValid(FAULTS[verdict.because]);
    case 'cannot-tell':
      return cannotTell(DOUBTS[verdict.because]);
    case 'valid':
      if (claims === null) throw new Error('an e-ID was judged valid that was never opened');
      return valid(described(claims, status));
  }
}

async function statementOn(claims: EidClaims, publication: OpenPublication): Promise<StatusStatement | null> {
  const list = await publication.statusList(claims.statusIndex);
  if (list === null) return null;
  const says = statusAt(list, claims.statusIndex);
  return says === 'not-in-this-block' ? null : { says, issuedAt: list.issuedAt, expiresAt: list.expiresAt };
}

function described(claims: EidClaims, status: StatusStatement | null): string {
  const grade = claims.grade === 'full' ? 'full' : 'basic';
  const asOf = status === null ? '' : `, not revoked as of ${moment(status.issuedAt)}`;
  const holder = claims.holderKey === null ? 'It is bound to no phone.' : 'Who shows it was not checked.';
  const mark = claims.simulated ? ' SIMULATED.' : '';
  return (
    `e-ID ${inGroupsOfFour(claims.subject)} of ${claims.maskedName}, grade ${grade}, ` +
    `until ${moment(claims.expiresAt)}${asOf}. ${holder}${mark}`
  );
}
