import type { HeaderProfile, ProfileId } from '@trusted-header/core';
import * as profiles from '@trusted-header/core/profiles';

/** Gives a profile, also by its name; undefined for a name that core does not know. */
export function findProfile(
  profile: HeaderProfile | ProfileId = 'authelia',
): HeaderProfile | undefined {
  if (typeof profile === 'object') return profile;
  return Object.values(profiles).find(({ id }) => id === profile);
}
