import { resolve } from 'node:path';
import { type Options, textOption } from './command.ts';

export const SHIPPED_PROFILES = resolve(import.meta.dirname, '../../resources/profiles');
export const PROFILE_FOLDER = '--profiles FOLDER  profiles of your own, in place of those that are shipped';

export function profileFolder(options: Options): string {
  const named = textOption(options, 'profiles');
  return named === null ? SHIPPED_PROFILES : resolve(named);
}
