import {
  ConfigError,
  type ConfigIssue,
  configIssue,
  type HeaderProfile,
  type ProfileId,
} from '@trusted-header/core';
import { KNOWN_PROFILES } from '@trusted-header/core/profiles';

/** Gives a profile, also by its name; undefined for a name that core does not know. */
export function findProfile(
  profile: HeaderProfile | ProfileId = 'authelia',
): HeaderProfile | undefined {
  if (typeof profile === 'object') return profile;
  return Object.values(KNOWN_PROFILES).find(({ id }) => id === profile);
}

/** Gives a profile, also by its name. */
export function requireProfile(profile: HeaderProfile | ProfileId | undefined): HeaderProfile {
  const found = findProfile(profile);
  if (found) return found;
  throw new ConfigError('option-invalid', [unknownProfile(profile)]);
}

/** Words what is wrong with the name of a profile that core does not know. */
export function unknownProfile(profile: unknown): ConfigIssue {
  const instead = "write 'authelia', for example, or a profile of your own";
  return configIssue('profile', profile, 'is not a known profile', instead);
}
