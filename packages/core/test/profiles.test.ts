import { describe, expect, it } from '@jest/globals';
import { createAuthenticator, type HeaderProfile } from '../src/index.js';
import * as profiles from '../src/profiles/index.js';
import { rawHeaders, WIRES } from './profile-wires.js';

const { KNOWN_PROFILES, PROFILE_FACTS } = profiles;
const PROXY = '10.0.0.7';

/** What other products send, and a stranger who knows them. None of it is read. */
const DECOYS = [
  'X-Decoy-User: root',
  'Forwarded: for=10.0.0.7',
  'X-Forwarded-For: 10.0.0.7',
  'Cookie: user=root',
];

const table = Object.entries(KNOWN_PROFILES).map(([id, profile]) => {
  const wire = Object.entries(WIRES).find(([name]) => name === id)?.[1];
  if (!wire) throw new Error(`no wire of ${id}`);
  return { id, profile, wire };
});

describe.each(table)('profile $id', ({ profile, wire }) => {
  const authenticator = createAuthenticator({ trustedProxies: PROXY, profile, log: false });
  const decide = (peer: string, lines: readonly string[]) =>
    authenticator.authenticate({ peer, rawHeaders: rawHeaders([...DECOYS, ...lines]) });

  it('reads who its identity provider says it is', () => {
    expect(decide(PROXY, wire.lines)).toEqual({
      kind: 'authenticated',
      identity: wire.identity,
      source: { kind: 'address', address: PROXY },
    });
  });

  it('believes none of it from somebody else', () => {
    expect(decide('10.0.0.8', wire.lines)).toMatchObject({
      kind: 'refused',
      reason: 'peer-untrusted',
    });
  });

  it('takes nobody for nobody (H13)', () => {
    for (const lines of [[], ...wire.nobodies]) {
      expect(decide(PROXY, lines)).toEqual({ kind: 'anonymous', trusted: true });
    }
  });

  it('finds the user in one header of one spelling', () => {
    const { header } = profile.user;
    const twin = header.includes('_') ? header.replaceAll('_', '-') : header.replaceAll('-', '_');
    const user = wire.lines.filter((line) => line.startsWith(`${header}: `));
    expect(user).toHaveLength(1);
    expect(decide(PROXY, [...wire.lines, ...user])).toMatchObject({ reason: 'header-repeated' });
    expect(decide(PROXY, [...wire.lines, `${twin}: root`])).toMatchObject({
      reason: 'header-ambiguous',
    });
  });

  it('hides what its product sends from the application (H10)', () => {
    const own = rawHeaders(wire.lines).filter((_, i) => i % 2 === 0);
    const left = own.filter((name) => !authenticator.isIdentityHeader(name));
    // SSOwat's password is no header of its own.
    expect(left.filter((name) => name !== 'Authorization' && name !== 'Cf-Connecting-Ip')).toEqual(
      [],
    );
  });
});

/** `google-iap`: `googleIap`. */
function constantOf(id: string): string {
  return id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

it('exports every profile under the name of its product, which is its id', () => {
  const exported: Readonly<Record<string, unknown>> = { ...profiles };
  for (const [id, profile] of Object.entries<HeaderProfile>(KNOWN_PROFILES)) {
    expect(profile.id).toBe(id);
    expect(exported[constantOf(id)]).toBe(profile);
  }
});

it('knows of every profile where it is documented, and what nobody sends', () => {
  expect(Object.keys(PROFILE_FACTS)).toEqual(Object.keys(KNOWN_PROFILES));
  for (const { product, nobody, why, sources } of Object.values(PROFILE_FACTS)) {
    expect([product, nobody, why].every((text) => text.trim() !== '')).toBe(true);
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources) {
      expect(source).toMatch(/^(?:https:\/\/[^ ]+|[\w.-]+\/[\w.-]+: \w[^:]+)$/);
    }
  }
});

it('says of every product with forgeable headers that its address is not enough', () => {
  const weak = Object.entries(PROFILE_FACTS).filter(([, facts]) => !facts.isAddressEnough);
  expect(weak.map(([id]) => id)).toEqual([
    'aws-alb',
    'azure-easy-auth',
    'cloudflare-access',
    'google-iap',
    'kubernetes',
    'linkerd',
    'tailscale',
    'yunohost',
  ]);
});
