import type { HeaderProfile } from './header-profile.js';

/**
 * SiteMinder's web agent with `LegacyVariables` on: `SM_USER`, the name that the user gave to sign in, with the universal id and the
 * distinguished name as extras. UTF-8, where `HTTPHeaderEncodingSpec` is not set. Without a known user the agent sends no
 * `SM_USER`: on unprotected paths, and after certificates.
 *
 * Has no groups: an operator sends those by responses, under names of their own. An anonymous authentication scheme names a guest, who
 * is a user to SiteMinder: list that name as `nobody` in a profile of this one. With `LegacyVariables` off, names have no `_`.
 *
 * Source: Broadcom's documentation, “Default HTTP Headers Used by the Product”, “Set the HTTP Header Encoding Spec”, “LegacyVariables”;
 * https://knowledge.broadcom.com/external/article/234811 for when there is no `SM_USER`.
 */
export const siteminder: HeaderProfile = {
  id: 'siteminder',
  user: { header: 'SM_USER' },
  extra: {
    universalId: { header: 'SM_UNIVERSALID' },
    distinguishedName: { header: 'SM_USERDN' },
  },
  alsoStripped: ['SM_*'],
};
