import * as profiles from '@trusted-header/core/profiles';

/**
 * What a client says about itself, and no proxy here passes on: applications exist that believe it, and route by it.
 * `X-Real-IP` and `X-Forwarded-For`, `-Proto` and `-Host` are not among them: those are set.
 */
export const CLIENT_CLAIMS: readonly string[] = [
  'Forwarded',
  'X-Original-URL',
  'X-Original-URI',
  'X-Original-Method',
  'X-Original-Host',
  'X-Rewrite-URL',
  'X-Forwarded-Method',
  'X-Forwarded-URI',
  'X-Forwarded-Prefix',
  'X-Forwarded-Port',
  'X-Forwarded-Server',
  'X-Forwarded-Scheme',
  'X-Forwarded-Ssl',
];

/**
 * The user header of every product that core knows: an application with another profile than the proxy’s would believe a
 * client's own, since it does come from the proxy.
 */
export const USER_HEADERS: readonly string[] = [
  ...new Set(Object.values(profiles).map(({ user }) => user.header)),
];
