import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { createAuthenticator, type HeaderProfile } from '../src/index.js';
import { KNOWN_PROFILES, PROFILE_FACTS, type ProfileFacts } from '../src/profiles/index.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** What the README's table says of each profile, by its id. */
const TABLE = new Map(
  [
    ...readme.matchAll(
      /^\| `([\w-]+)` +\| `([\w-]+)` +\| (.+?) +\| (.*?) +\| (enough|\*\*not enough\*\*) +\| (.+?) +\|$/gm,
    ),
  ].map(([, id = '', user, groups, nobody, address, source]) => [
    id,
    { user, groups, nobody, address, source },
  ]),
);

/** How the table writes what stands between two groups. */
const BETWEEN: Readonly<Record<string, string>> = {
  ',': '`,`',
  '|': '`\\|`',
  ';': '`;`',
  ' ': 'a space',
  line: 'one per line',
};

/** A link where the first source is a page, the file where it is one. */
function sourceOf({ product, sources: [first = ''] }: ProfileFacts): string {
  return first.startsWith('https:') ? `[${product}](${first})` : `${product}: \`${first}\``;
}

function rowOf({ user, groups, nobody }: HeaderProfile, facts: ProfileFacts): object {
  return {
    user: user.header,
    groups: groups
      ? `\`${groups.header}\`, ${BETWEEN[groups.separator ?? ',']}${groups.escape ? ', escaped' : ''}`
      : 'none',
    nobody: nobody?.map((name) => `\`${name}\``).join(', ') ?? '',
    address: facts.isAddressEnough ? 'enough' : '**not enough**',
    source: sourceOf(facts),
  };
}

it('lists every profile with the headers that it reads', () => {
  const facts = new Map<string, ProfileFacts>(Object.entries(PROFILE_FACTS));
  const rows = Object.entries(KNOWN_PROFILES).flatMap(([id, profile]) => {
    const known = facts.get(id);
    return known ? [[id, rowOf(profile, known)]] : [];
  });
  expect([...TABLE]).toEqual(rows);
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
    'profile: "authentick" is not the id of a profile; write one of authelia, authentik, aws-alb, azure-easy-auth, caddy-security, cloudflare-access, gatekeeper, google-iap, kubernetes, linkerd, mod-auth-openidc, oauth2-proxy, oauth2-proxy-auth-request, pomerium, sandstorm, shibboleth, siteminder, tailscale, tinyauth, vouch, yunohost, or a profile of your own',
  );
});
