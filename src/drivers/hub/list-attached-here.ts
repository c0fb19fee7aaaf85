import { loadProfiles } from '../profiles/load-profiles.ts';
import { matchProfiles } from '../profiles/match-profiles.ts';
import { type AttachedList, listAttached } from './list-attached.ts';

/** What is attached to this machine, with the profiles that fit it. A fault in a profile takes no device off the list. */
export function listAttachedHere(profileFolder: string): AttachedList {
  const profiles = loadProfiles(profileFolder);
  const list = listAttached({
    root: '/',
    profilesFor: (device) => (profiles.ok ? matchProfiles(device, profiles.value) : []),
  });
  if (profiles.ok) return list;
  const [fault] = profiles.error;
  const trouble = `profiles cannot be used: ${fault?.file}: ${fault?.reason}`;
  return {
    ...list,
    trouble: [list.trouble, trouble]
      .filter((each) => each !== null)
      .join('; ')
      .slice(0, 400),
  };
}
