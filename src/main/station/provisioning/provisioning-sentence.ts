import { assertNever } from '#domain/result.ts';
import type { ProvisioningFault } from './provision.ts';

/** What went wrong at provisioning and what to do now, for the technician who typed the code. */
export function provisioningSentence(fault: ProvisioningFault): string {
  switch (fault.reason) {
    case 'wrong-length':
      return `A provisioning code has ${fault.wanted} letters and digits, and this one has ${fault.characters}; type it again.`;
    case 'wrong-character':
      return 'The code has a character that no code has; type it again.';
    case 'mistyped':
      return 'The code was mistyped: its last characters do not fit the others; type it again.';
    case 'bad-registry-url':
      return 'The registry’s address in the settings is not an https address; mend "registryUrl".';
    case 'unreachable':
      return 'The registry does not answer; check the network and "registryUrl", then try again.';
    case 'wrong-root-key':
      return 'The server that answered is not the registry that made this code: somebody may stand in between. Nothing secret was sent. Check the network and "registryUrl", and tell whoever runs the registry.';
    case 'trust-list-not-signed-by-root':
      return 'The list of keys that came was not signed by the registry: somebody may stand in between. Nothing secret was sent. Tell whoever runs the registry.';
    case 'trust-list-contradicts-known':
      return 'The list of keys that came is older than, or contradicts, one that this machine already knows. Tell whoever runs the registry.';
    case 'untrusted-server':
      return 'The connection is not to the registry itself: something on the way opens it. Nothing secret was sent. Have the network checked.';
    case 'code-unknown':
      return 'The registry does not know this code; ask for a new one.';
    case 'code-expired':
      return 'The code has expired; ask for a new one.';
    case 'code-used':
      return 'The code was used already, and each works once; ask for a new one.';
    case 'code-blocked':
      return 'The code was blocked after wrong tries; ask for a new one.';
    case 'code-for-another-station':
      return 'The code was made for another station; ask for one for the "stationName" in the settings.';
    case 'bad-proof':
      return 'The registry did not accept the code; ask for a new one.';
    case 'key-in-use':
      return 'This machine’s key is certified already; try again, and a new key is made.';
    case 'registry-failed':
      return 'The registry answered with a fault of its own; try again later, or tell whoever runs it.';
    case 'registry-mode':
      return 'The registry is not in a mode that this station may serve in: its signed list of keys says that it runs for a demonstration or a pilot. Nothing secret was sent. Check "registryUrl" and "mode".';
    case 'wrong-certificate':
      return 'The registry sent a certificate that is not for this station; tell whoever runs it.';
    case 'another-registry':
      return 'This machine is a station of another registry, and the code is not of that one. To move it, a technician or supervisor logs in at the console first and enters the code again; to keep it, ask its own registry for a code.';
    default:
      return assertNever(fault);
  }
}
