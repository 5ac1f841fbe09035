import type { HeaderProfile } from './header-profile.js';

/**
 * Vouch Proxy: `X-Vouch-User`, as a rule an e-mail address. Empty on public access.
 *
 * Has no groups: Vouch puts each item of a claim in double quotes (`"a","b"`), which a separator cannot express.
 *
 * Source: the README of Vouch Proxy, and `handlers/validate.go` in its source.
 */
export const vouch: HeaderProfile = {
  id: 'vouch',
  user: { header: 'X-Vouch-User' },
  alsoStripped: ['X-Vouch-Success', 'X-Vouch-IdP-*'],
};
