import type { HeaderProfile } from './header-profile.js';

/**
 * YunoHost 12 and later (SSOwat): `YNH_USER`, `YNH_USER_EMAIL`, `YNH_USER_FULLNAME`. No groups. Visitors of a public application come
 * without them. Before version 12 the headers were `Remote-User`, `Name` and `Email`.
 *
 * SSOwat sends a password as well, in `Authorization`, where the permission has `auth_header`: this profile does not read it.
 *
 * Source: YunoHost's documentation, “SSO/LDAP integration” (github.com/YunoHost/doc, `sso_ldap_integration.md`).
 */
export const yunohost: HeaderProfile = {
  id: 'yunohost',
  user: { header: 'YNH_USER' },
  name: { header: 'YNH_USER_FULLNAME' },
  email: { header: 'YNH_USER_EMAIL' },
};
