import type { LampSign } from '#contract/driver-messages.ts';
import { assertNever } from '#domain/result.ts';
import type { Screen } from '#domain/session/snapshot.ts';

/** What the lamp tells the hall of what the screen shows: who is free, who is served, where staff are wanted. */
export function lampSignFor(shown: { readonly screen: Screen; readonly helpOpen: boolean }): LampSign {
  const { screen } = shown;
  if (shown.helpOpen) return 'call-staff';
  switch (screen.name) {
    case 'attract':
      return 'free';
    case 'closed':
      // Getting ready between two citizens, and at the start, needs nobody.
      return screen.reason === 'starting' ? 'off' : 'call-staff';
    case 'ticket':
    case 'save-failed':
      return 'call-staff';
    case 'language':
    case 'visit':
    case 'consent':
    case 'phone':
    case 'phone-confirm':
    case 'password':
    case 'number':
    case 'name':
    case 'card':
    case 'face':
    case 'face-failed':
    case 'exchange':
    case 'camera-problem':
    case 'review':
    case 'saving':
    case 'deciding':
    case 'issued':
    case 'collect':
    case 'revoked':
    case 'waiting':
    case 'rejected':
    case 'slip':
    case 'scan-slip':
    case 'status':
    case 'scan-eid':
    case 'checked':
    case 'staff':
    case 'take-card':
    case 'goodbye':
      return 'in-use';
    default:
      return assertNever(screen);
  }
}
