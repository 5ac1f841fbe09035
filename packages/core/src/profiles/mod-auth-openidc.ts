import type { HeaderProfile } from './header-profile.js';

/**
 * mod_auth_openidc (Apache), as it is by default: claims as `OIDC_CLAIM_<name>`, in Latin-1, lists joined by `,`. The user is `sub`,
 * which is ASCII; the issuer is an extra, for those with several.
 *
 * A character outside Latin-1 is sent as `?`, so that two names may look alike: better is `OIDCPassClaimsAs headers none`, and a
 * profile of this one without `encoding`, or `base64url` on both sides. Versions before 2.4.15 send UTF-8.
 *
 * Inside a group, new versions put a backslash before the delimiter and the backslash. Older ones do not, and a group of theirs that
 * holds a backslash is left out: for them, make a profile of this one without `escape`, unless users may name groups. nginx passes names
 * with `_` on only with `underscores_in_headers on`.
 *
 * Source: its `src/util/appinfo.c`, `auth_openidc.conf`; OpenID Connect Core, section 2, for `sub`.
 */
export const modAuthOpenidc: HeaderProfile = {
  id: 'mod-auth-openidc',
  user: { header: 'OIDC_CLAIM_sub', encoding: 'latin1' },
  groups: { header: 'OIDC_CLAIM_groups', separator: ',', escape: 'both', encoding: 'latin1' },
  name: { header: 'OIDC_CLAIM_name', encoding: 'latin1' },
  email: { header: 'OIDC_CLAIM_email', encoding: 'latin1' },
  extra: {
    preferredUsername: { header: 'OIDC_CLAIM_preferred_username', encoding: 'latin1' },
    issuer: { header: 'OIDC_CLAIM_iss', encoding: 'latin1' },
  },
  alsoStripped: ['OIDC_*'],
};
