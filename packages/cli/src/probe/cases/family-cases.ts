import type { HeaderProfile } from '@trusted-header/core';
import {
  authentik,
  cloudflareAccess,
  KNOWN_PROFILES,
  oauth2Proxy,
  oauth2ProxyAuthRequest,
  tailscale,
} from '@trusted-header/core/profiles';
import { namesOf } from '../identity-names.js';
import type { ProbeCase, Scene } from './case.js';

const FAMILIES: readonly HeaderProfile[] = [
  authentik,
  oauth2Proxy,
  oauth2ProxyAuthRequest,
  tailscale,
  cloudflareAccess,
];

/** Headers that a product vouches with: a copy of a client's must not pass for it. */
const PROOFS: readonly string[] = [
  'X-Forwarded-Client-Cert',
  'Client-Cert',
  'X-Pomerium-Jwt-Assertion',
  'Cf-Access-Jwt-Assertion',
  'X-Goog-Iap-Jwt-Assertion',
  'X-Amzn-Oidc-Data',
  'X-authentik-jwt',
];

/** Headers of other products, of proofs and of frameworks. */
export const FAMILY_CASES: readonly ProbeCase[] = [
  family('TH-P-FAMILY-AUTHENTIK', 'authentik’s headers (X-authentik-*)', authentik),
  family('TH-P-FAMILY-FORWARDED', 'oauth2-proxy’s headers (X-Forwarded-User …)', oauth2Proxy),
  family(
    'TH-P-FAMILY-AUTH-REQUEST',
    'oauth2-proxy’s headers as an authorization server (X-Auth-Request-*)',
    oauth2ProxyAuthRequest,
  ),
  family('TH-P-FAMILY-TAILSCALE', 'Tailscale’s headers (Tailscale-*)', tailscale),
  family('TH-P-FAMILY-CLOUDFLARE', 'Cloudflare’s headers (Cf-Access-*)', cloudflareAccess),
  {
    id: 'TH-P-FAMILY-OTHER',
    title: 'the user headers of all other products',
    rule: 'H15, ASVS 5.0 V4.1.3',
    tier: 2,
    attempt: (scene) => {
      const others = Object.values(KNOWN_PROFILES).filter((profile) => !FAMILIES.includes(profile));
      const headers = others.map(({ user }) => user.header);
      return notOwn(scene, [...new Set(headers)], 'other-user');
    },
  },
  {
    id: 'TH-P-PROOFS',
    title: 'a shared secret, assertions and forwarded certificates of a client’s own',
    rule: 'T6, V1, V2',
    tier: 3,
    attempt: (scene) => {
      const { secretHeader } = scene;
      return notOwn(
        scene,
        [...(secretHeader === undefined ? [] : [secretHeader]), ...PROOFS],
        'proof',
      );
    },
  },
  {
    id: 'TH-P-NEXT',
    title: 'internal headers of Next.js',
    rule: 'N1, N6, CVE-2025-29927',
    tier: 3,
    attempt: (scene) =>
      notOwn(scene, ['X-Trusted-Header-Id', 'X-Middleware-Subrequest'], 'internal'),
  },
];

function family(id: ProbeCase['id'], title: string, profile: HeaderProfile): ProbeCase {
  return {
    id,
    title,
    rule: 'H15, ASVS 5.0 V4.1.3',
    tier: 2,
    attempt: (scene) => {
      const { user = '', ...rest } = namesOf(profile);
      const own = notOwn(scene, [user], 'other-user');
      const others = notOwn(scene, Object.values(rest), 'other');
      // The application's own family is what the other cases are about.
      return own && { lines: [...own.lines, ...(others?.lines ?? [])] };
    },
  };
}

/** A line for each header that the application does not read as somebody's. */
function notOwn(
  { names, plant }: Scene,
  headers: readonly string[],
  kind: 'other-user' | 'other' | 'proof' | 'internal',
): { readonly lines: readonly string[] } | undefined {
  const own = new Set(Object.values(names).map((name) => fold(name)));
  const lines = headers
    .filter((header) => !own.has(fold(header)))
    .map((header) => `${header}: ${plant(header, kind, header)}`);
  return lines.length === 0 ? undefined : { lines };
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[_.]/g, '-');
}
