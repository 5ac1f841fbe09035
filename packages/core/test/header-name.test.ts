import { describe, expect, it } from '@jest/globals';
import { matchName } from '../src/headers/header-name.js';

describe('matchName', () => {
  it.each([
    ['remote-user', 'remote-user', 'same', 'as it is'],
    ['REMOTE-USER', 'remote-user', 'same', 'names have no case'],
    ['AZ-az', 'az-az', 'same', 'the first and the last letter'],
    ['Remote_User', 'remote-user', 'alias', 'an underscore for a hyphen (H3)'],
    ['Remote.User', 'remote-user', 'alias', 'a dot for a hyphen'],
    ['X.User', 'x_user', 'alias', 'either for the other'],
    ['Remote-Users', 'remote-user', undefined, 'longer'],
    ['Remote-Use', 'remote-user', undefined, 'shorter'],
    ['Xemote-User', 'remote-user', undefined, 'another first letter'],
    ['Remote-UseX', 'remote-user', undefined, 'another last letter'],
    ['Remote-\x55ser', 'remote-user', 'same', 'U'],
    ['Remote\rUser', 'remote-user', undefined, 'a carriage return is a hyphen but for one bit'],
    ['@-user', '`-user', undefined, 'the character before A is no capital of the one before a'],
    ['[-user', '{-user', undefined, 'the character behind Z is no capital of the one behind z'],
    ['\u212aauth', 'kauth', undefined, 'the Kelvin sign is no k'],
  ] as const)('%j against %j: %s (%s)', (received, lower, match, _why) => {
    expect(matchName(received, lower)).toBe(match);
  });
});
