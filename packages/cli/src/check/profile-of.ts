import type { HeaderProfile } from '@trusted-header/core';
import { KNOWN_PROFILES } from '@trusted-header/core/profiles';
import { bad } from '../proxy-config/check-values.js';

const ALL: readonly HeaderProfile[] = Object.values(KNOWN_PROFILES);

/** The ids of all profiles, for help texts. */
export const PROFILE_IDS: readonly string[] = ALL.map(({ id }) => id);

/** Finds a profile by its id. @throws CliError */
export function profileOf(id: string): HeaderProfile {
  const found = ALL.find((profile) => profile.id === id);
  if (found) return found;
  throw bad('--profile', id, 'is not known here', `write one of ${PROFILE_IDS.join(', ')}`);
}
