import { ConfigError } from '../config/config-error.js';
import { configIssue } from '../config/config-issue.js';
import { compileFields } from '../headers/compile-fields.js';
import { compileField, type Field, type Fields } from '../headers/field.js';
import { authelia } from '../profiles/authelia.js';
import type { HeaderProfile } from '../profiles/header-profile.js';
import { KNOWN_PROFILES } from '../profiles/known-profiles.js';
import type { ProfileOption } from './authenticator.js';

const BY_ID: ReadonlyMap<string, HeaderProfile> = new Map(Object.entries(KNOWN_PROFILES));

/**
 * Compiles the profiles that an application names, by constant or by id, one or several (H14).
 *
 * @throws {ConfigError} `profile-invalid`
 */
export function resolveProfiles(option: ProfileOption = authelia): readonly Fields[] {
  if (!isList(option)) return compileFields([['profile', profileOf('profile', option)]]);
  if (option.length === 0) {
    throw invalid('profile', option, 'is an empty list', 'write at least one profile');
  }
  // Array.from: a hole in the list is none of them, and must be told.
  return compileFields(
    Array.from(option, (one, i) => [`profile[${i}]`, profileOf(`profile[${i}]`, one)]),
  );
}

/**
 * Compiles the user headers of all profiles: what another product would send (H15). `REMOTE_USER` and `Remote-User` are two headers
 * of two products. What is read anyway, or is an alias of that, the scanner finds before them.
 */
export function foreignUsers(): readonly Field[] {
  return [...BY_ID].map(([id, { user }]) => compileField(-1, 'user', id, user));
}

/** Gives the id of the profile, of the first one where there are several. */
export function profileIdOf(option: ProfileOption = authelia): string {
  const [first = authelia] = isList(option) ? option : [option];
  return typeof first === 'string' ? first : first.id;
}

function isList(option: ProfileOption): option is Exclude<ProfileOption, string | HeaderProfile> {
  return Array.isArray(option);
}

function profileOf(where: string, given: HeaderProfile | string): HeaderProfile {
  if (typeof given !== 'string') return given;
  const found = BY_ID.get(given);
  if (found) return found;
  const instead = `write one of ${[...BY_ID.keys()].join(', ')}, or a profile of your own`;
  throw invalid(where, given, 'is not the id of a profile', instead);
}

function invalid(where: string, value: unknown, problem: string, instead: string): ConfigError {
  return new ConfigError('profile-invalid', [configIssue(where, value, problem, instead)]);
}
