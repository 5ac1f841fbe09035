import { describe, expect, it } from '@jest/globals';
import { createAuthenticator } from '../src/index.js';
import { fastest } from './fastest.js';

function groupsOf(value: string, separator = ','): unknown {
  const decision = createAuthenticator({
    trustedProxies: '172.20.0.2',
    log: false,
    profile: {
      id: 'ldap',
      user: { header: 'Remote-User' },
      groups: { header: 'Remote-Groups', separator, format: 'dn-list' },
    },
  }).authenticate({
    peer: '172.20.0.2',
    rawHeaders: ['Remote-User', 'kim', 'Remote-Groups', value],
  });
  return decision.kind === 'authenticated' ? decision.identity.groups : decision;
}

describe("groups in the format 'dn-list' (H6)", () => {
  it.each<[value: string, groups: string[], why: string]>([
    [
      'CN=Whisper_Users,CN=Users,DC=example,DC=local',
      ['CN=Whisper_Users,CN=Users,DC=example,DC=local'],
      'its commas separate nothing',
    ],
    [
      'CN=a,OU=x,DC=example,DC=com,CN=b,CN=Users,DC=example,DC=com',
      ['CN=a,OU=x,DC=example,DC=com', 'CN=b,CN=Users,DC=example,DC=com'],
      'a name ends with its domain',
    ],
    ['cn=a,ou=x,o=Acme,c=US,cn=b,o=Acme', ['cn=a,ou=x,o=Acme,c=US', 'cn=b,o=Acme'], 'X.500'],
    ['cn=a,o=Acme,cn=b,o=Acme', ['cn=a,o=Acme', 'cn=b,o=Acme'], 'an organisation is an end'],
    [
      'CN=Doe\\, John,OU=Ops\\+Dev,DC=com, CN=b,DC=com',
      ['CN=Doe\\, John,OU=Ops\\+Dev,DC=com', 'CN=b,DC=com'],
      'an escaped comma, and white space',
    ],
    ['CN=a\\\\,DC=com,CN=b,DC=com', ['CN=a\\\\,DC=com', 'CN=b,DC=com'], 'an escaped backslash'],
    ['staff,CN=a,DC=com,ops', ['staff', 'CN=a,DC=com', 'ops'], 'plain names beside them'],
    ['CN=a,DC=com,CN=a,DC=com', ['CN=a,DC=com'], 'a duplicate'],
    ['CN=a,DC=com,,', ['CN=a,DC=com'], 'trailing separators'],
    ['2.5.4.3=a,DC=com', ['2.5.4.3=a,DC=com'], 'an attribute by its number'],
    [
      'CN=a,2.5.4.10=Acme,CN=b,DC=com',
      ['CN=a,2.5.4.10=Acme,CN=b,DC=com'],
      'a number of several parts, which ends nothing',
    ],
    [
      'CN=a,DC=com,12.34.56=b,DC=com',
      ['CN=a,DC=com', '12.34.56=b,DC=com'],
      'numbers of several digits begin a name as well',
    ],
    [
      'CN=a,O=Acme,L=Bonn,S=NRW,ST=NRW,STREET=x,postalCode=1,C=DE,CN=b,DC=com',
      ['CN=a,O=Acme,L=Bonn,S=NRW,ST=NRW,STREET=x,postalCode=1,C=DE', 'CN=b,DC=com'],
      'places behind an organisation',
    ],
    ['CN=a,O =Acme,CN=b,DC=com', ['CN=a,O =Acme', 'CN=b,DC=com'], 'white space before a sign'],
    [
      'CN=a,DC=com,1 x O=b,DC=com',
      ['CN=a,DC=com', '1 x O=b', 'DC=com'],
      'a plain name with a sign',
    ],
    ['CN=\t"x,y",DC=com,b', ['b'], 'a tabulator before quotes, which no group has'],
    ['CN=a"x,y"', ['CN=a"x', 'y"'], 'quotes that do not begin a value'],
    ['', [], 'nobody’s groups'],
  ])('%j: %j, %s', (value, groups, _why) => {
    expect(groupsOf(value)).toEqual(groups);
  });

  it.each<[value: string, separator: string, groups: string[]]>([
    ['CN=a,DC=com|CN=b,DC=com', '|', ['CN=a,DC=com', 'CN=b,DC=com']],
    ['CN=a--CN=b--c', '--', ['CN=a', 'CN=b', 'c']],
    ['CN=a\\;x,DC=com;CN=b,DC=com', ';', ['CN=a\\;x,DC=com', 'CN=b,DC=com']],
  ])('%j, separated by %j: %j', (value, separator, groups) => {
    expect(groupsOf(value, separator)).toEqual(groups);
  });

  it.each([
    ['"', 'quotes that begin no value'],
    ['="\\"', 'values in quotes that do not end'],
    ['x "', 'white space before quotes'],
  ])('reads 32 kB of %j once: %s', (part) => {
    const value = part.repeat(Math.floor(32_000 / part.length));
    // Read again for each quote, it is some fifty milliseconds and more.
    expect(fastest(() => groupsOf(value))).toBeLessThan(20);
  });

  it('is the only format there is beside plain names', () => {
    const options = {
      trustedProxies: '172.20.0.2',
      profile: { id: 'x', user: { header: 'U' }, groups: { header: 'G', format: 'json' } },
    };
    expect(() => Reflect.apply(createAuthenticator, undefined, [options])).toThrow(
      'profile.groups.format: "json" is not a format; write \'dn-list\', or leave it out',
    );
  });
});
