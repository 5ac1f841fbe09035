import { KNOWN_PROFILES } from '@trusted-header/core/profiles';

/** What every proxy here sets itself. */
export const SET_CLAIMS: readonly string[] = [
  'X-Real-IP',
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'X-Forwarded-Proto',
];

/**
 * What a client says about itself, and no proxy here passes on: applications exist that believe it, and route by it.
 * Those that are set instead are not among them.
 */
export const CLIENT_CLAIMS: readonly string[] = [
  'Forwarded',
  'X-Original-URL',
  'X-Original-URI',
  'X-Original-Method',
  'X-Original-Host',
  'X-Original-For',
  'X-Original-Path',
  'X-Original-Prefix',
  'X-Original-Proto',
  'X-Original-Remote-Addr',
  'X-Rewrite-URL',
  'X-Rewrite-URI',
  'X-Forwarded',
  'X-Forwarded-By',
  'X-Forwarded-Client-Cert',
  'X-Forwarded-Path',
  'X-Forwarded-Protocol',
  'X-Forwarded-Method',
  'X-Forwarded-URI',
  'X-Forwarded-Prefix',
  'X-Forwarded-Port',
  'X-Forwarded-Server',
  'X-Forwarded-Scheme',
  'X-Forwarded-Ssl',
  'X-Client-IP',
  'X-Cluster-Client-IP',
  'True-Client-IP',
];

/**
 * The user header of every product that core knows: an application with another profile than the proxy’s would believe a
 * client's own, since it does come from the proxy.
 */
export const USER_HEADERS: readonly string[] = [
  ...new Set(Object.values(KNOWN_PROFILES).map(({ user }) => user.header)),
];
