import type { HeaderProfile } from './header-profile.js';

/**
 * authentik's proxy provider (outpost): `X-authentik-username`, `-groups`, `-name`, `-email`, `-uid`; groups joined by `|`
 * without an escape; raw UTF-8.
 *
 * Reads no `X-authentik-jwt`: an assertion is verified or ignored, and this profile does not verify it.
 *
 * Source: authentik's documentation, “Proxy provider”, section “Headers”; `mode_common.go` in its source.
 */
export const authentik: HeaderProfile = {
  id: 'authentik',
  user: { header: 'X-authentik-username' },
  groups: { header: 'X-authentik-groups', separator: '|' },
  name: { header: 'X-authentik-name' },
  email: { header: 'X-authentik-email' },
  extra: { uid: { header: 'X-authentik-uid' } },
  alsoStripped: ['X-authentik-jwt', 'X-authentik-entitlements', 'X-authentik-meta-*'],
};
