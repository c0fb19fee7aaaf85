import type { Application } from '#domain/enrolment/application.ts';
import { readingGroups } from '#domain/enrolment/reading-groups.ts';
import { decodeSlipCode, openSlipStatement, type SlipStatement } from '#protocol/slip-statement.ts';
import { cannotTell, type Finding, moment, notValid, valid } from './finding.ts';
import type { CertifiedStation, OpenPublication } from './open-publication.ts';

/** How far a terminal's clock may be beside the root's without anything being wrong. */
const TOLERANCE = 5 * 60_000;

const APPLICATIONS: Readonly<Record<Application, string>> = {
  basic: 'a basic e-ID',
  full: 'a full e-ID',
  upgrade: 'the upgrade of an e-ID',
  'report-lost': 'the end of a lost e-ID',
};

/** Whether a certified terminal said what stands on a slip. What became of the application is the registry's to tell. */
export function checkSlip(code: string, publication: OpenPublication): Finding {
  const octets = decodeSlipCode(code);
  if (!octets.ok) return notValid('the code of the slip is damaged or made up.');
  let station: CertifiedStation | null = null;
  const opened = openSlipStatement({
    octets: octets.value,
    findVerifier: (kid) => {
      station = publication.station(kid);
      return station?.verifier;
    },
  });
  if (!opened.ok) {
    switch (opened.error.reason) {
      case 'unknown-key':
        return notValid('the slip is signed by no terminal of this publication.');
      case 'bad-signature':
        return notValid('the slip was changed after its terminal had signed it, or is forged.');
      default:
        return notValid('the code of the slip is damaged or made up.');
    }
  }
  const signedBy = station as CertifiedStation | null;
  if (signedBy === null) throw new Error('a statement was opened with no key');
  return judged(opened.value, signedBy, publication);
}

function judged(statement: SlipStatement, station: CertifiedStation, publication: OpenPublication): Finding {
  const { stationId, installation, createdAt, clockTrust, simulated } = statement;
  const { certificate, revokedAt } = station;
  if (certificate.stationId !== stationId || certificate.installation !== installation) {
    return notValid('the slip names another terminal than the one that signed it.');
  }
  if (simulated && publication.trust.mode !== 'demo') {
    return notValid('the slip was made with simulated devices, and real ones count here.');
  }
  if (revokedAt !== null) {
    // Whoever has the key of a terminal can sign any time with it.
    return createdAt > revokedAt
      ? notValid(`terminal ${stationId} was revoked before it signed this slip.`)
      : cannotTell(`terminal ${stationId} was revoked on ${moment(revokedAt)}: ask the registry about it.`);
  }
  const believed = clockTrust === 'synchronised' || clockTrust === 'drifting';
  const outside =
    createdAt < certificate.validFrom - TOLERANCE || createdAt > certificate.validUntil + TOLERANCE;
  if (believed && outside)
    return notValid('the slip was signed while its terminal had no valid certificate.');
  const number = readingGroups(statement.packetId).join(' ');
  const clock = believed ? '' : ', by a clock that it did not trust';
  const mark = simulated ? ' SIMULATED.' : '';
  return valid(
    `slip ${number}. Terminal ${stationId} (installation ${installation}) saved it as its number ` +
      `${statement.sequence} on ${moment(createdAt)}${clock}; it asks for ${APPLICATIONS[statement.application]}.${mark}`,
  );
}
