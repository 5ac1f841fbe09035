import type { HeaderProfile, ProfileId } from '@trusted-header/core';
import * as profiles from '@trusted-header/core/profiles';

/** Gives a profile, also by its name. Refuses names that core does not know. */
export function profileOf(profile: HeaderProfile | ProfileId = 'authelia'): HeaderProfile {
  if (typeof profile === 'object') return profile;
  const found = Object.values(profiles).find(({ id }) => id === profile);
  if (!found) throw new TypeError(`profile: ${JSON.stringify(profile)} is not a known profile`);
  return found;
}
