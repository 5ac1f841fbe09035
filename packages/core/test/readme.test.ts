import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { createAuthenticator, type HeaderProfile } from '../src/index.js';
import { KNOWN_PROFILES } from '../src/profiles/known-profiles.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** What the README's table says of each profile, by its id. */
const TABLE = new Map(
  [...readme.matchAll(/^\| `([\w-]+)` +\| `([\w-]+)` +\| (.+?) +\| (.*?) +\| /gm)].map(
    ([, id = '', user, groups, nobody]) => [id, { user, groups, nobody }],
  ),
);

/** How the table writes what stands between two groups. */
const BETWEEN: Readonly<Record<string, string>> = {
  ',': '`,`',
  '|': '`\\|`',
  ' ': 'a space',
  line: 'one per line',
};

function rowOf({ user, groups, nobody }: HeaderProfile): object {
  return {
    user: user.header,
    groups: groups ? `\`${groups.header}\`, ${BETWEEN[groups.separator ?? ',']}` : 'none',
    nobody: nobody?.map((name) => `\`${name}\``).join(', ') ?? '',
  };
}

it('lists every profile with the headers that it reads', () => {
  const profiles = Object.entries(KNOWN_PROFILES);
  expect([...TABLE]).toEqual(profiles.map(([id, profile]) => [id, rowOf(profile)]));
});

it('names every profile in the sentence above the table', () => {
  const [, list = ''] =
    /A profile is named by its id([\s\S]*?); several make a list/.exec(readme) ?? [];
  const names = [...list.matchAll(/`([\w-]+)`/g)].map(([, name]) => name);
  expect(names).toEqual(Object.keys(KNOWN_PROFILES));
});

it('takes a profile by its name, and misspelt ones neither when compiled nor when run', () => {
  const trustedProxies = '172.20.0.2';
  expect(() => createAuthenticator({ trustedProxies, profile: 'authentik' })).not.toThrow();
  // @ts-expect-error: not the name of a profile.
  expect(() => createAuthenticator({ trustedProxies, profile: 'authentick' })).toThrow(
    'profile: "authentick" is not the id of a profile; write one of authelia, authentik, azure-easy-auth, caddy-security, gatekeeper, kubernetes, linkerd, oauth2-proxy, oauth2-proxy-auth-request, pomerium, sandstorm, tailscale, tinyauth, vouch, or a profile of your own',
  );
});
