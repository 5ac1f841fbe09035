import { bad } from './check-values.js';
import type { ProxyName } from './proxy-names.js';

type Version = readonly number[];

/** Versions with which no configuration of ours is safe. */
interface BadVersions {
  readonly from?: Version;
  readonly before: Version;
  readonly why: string;
  readonly instead: string;
}

const NO_TRAEFIK_FIX =
  'lets a client remove what the proxy sets, by naming it in Connection (CVE-2024-45410)';
const TRAEFIK: readonly BadVersions[] = [
  { before: [2, 11, 9], why: NO_TRAEFIK_FIX, instead: 'use 2.11.9 or later' },
  { from: [3], before: [3, 1, 3], why: NO_TRAEFIK_FIX, instead: 'use 3.1.3 or later' },
];
const ENVOY: readonly BadVersions[] = [
  {
    before: [1, 27],
    why: 'has no header_mutation filter, so a client’s identity headers cannot be deleted before ext_authz',
    instead: 'use 1.27 or later',
  },
];

/** What is known to be unsafe, per proxy. Caddy 2.9.0–2.11.1 is not: only its `copy_headers` is, which we do not use. */
const BAD_VERSIONS: Readonly<Partial<Record<ProxyName, readonly BadVersions[]>>> = {
  nginx: [
    {
      before: [1, 18],
      why: 'is older than anything this was checked with',
      instead: 'use 1.18 or later',
    },
  ],
  caddy: [
    {
      before: [2, 6],
      why: 'is older than anything this was checked with, and believes a client’s X-Forwarded-For before 2.5',
      instead: 'use 2.11.2 or later',
    },
  ],
  'traefik-labels': TRAEFIK,
  'traefik-file': TRAEFIK,
  haproxy: [
    {
      before: [2, 4],
      why: 'cannot delete headers by a pattern (del-header -m)',
      instead: 'use 2.6 or later',
    },
  ],
  apache: [
    {
      before: [2, 4, 54],
      why: 'lets a client remove X-Forwarded-* by naming it in Connection (CVE-2022-31813)',
      instead: 'use 2.4.54 or later',
    },
  ],
  envoy: ENVOY,
};

/** Refuses a version that is known to be unsafe. @throws CliError with the reason */
export function refuseBadVersion(proxy: ProxyName, version: Version): void {
  const found = BAD_VERSIONS[proxy]?.find(
    ({ from = [0], before }) => isAtLeast(version, from) && !isAtLeast(version, before),
  );
  if (found)
    throw bad('--proxy-version', version.join('.'), `of ${proxy} ${found.why}`, found.instead);
}

/** Compares versions number by number; what is missing counts as 0. */
export function isAtLeast(version: Version, other: Version): boolean {
  for (let i = 0; i < Math.max(version.length, other.length); i++) {
    const difference = (version[i] ?? 0) - (other[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
