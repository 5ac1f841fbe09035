import type { HeaderProfile } from './header-profile.js';

/**
 * The Shibboleth service provider with `ShibUseHeaders On`: `REMOTE_USER`, and attributes under the ids of `attribute-map.xml`. Values
 * of an attribute are joined by `;`, and a `;` in a value is `\;`; no other backslash escapes. UTF-8. What has no value is empty.
 *
 * Which attributes there are is the operator's choice: make a profile of this one where yours have other ids. An attribute that should
 * be one value, and has several, keeps its semicolons: such an email is left out.
 *
 * Shibboleth itself warns of headers, and offers them where there are no server variables, as in front of a proxied application. Keep
 * `checkSpoofing` on. nginx passes `REMOTE_USER` on only with `underscores_in_headers on`.
 *
 * Source: https://shibboleth.atlassian.net/wiki/spaces/SP3/pages/2065335257/AttributeAccess, …/2065335299/SpoofChecking; `setRemoteUser` in
 * `apache/mod_shib.cpp` and the export in `shibsp/ServiceProvider.cpp`; `configs/attribute-map.xml`.
 */
export const shibboleth: HeaderProfile = {
  id: 'shibboleth',
  user: { header: 'REMOTE_USER' },
  groups: { header: 'isMemberOf', separator: ';', escape: 'separator' },
  name: { header: 'displayName' },
  email: { header: 'mail' },
  extra: { affiliation: { header: 'affiliation' }, entitlement: { header: 'entitlement' } },
  alsoStripped: ['Shib-*', 'eppn', 'persistent-id', 'subject-id', 'pairwise-id'],
};
