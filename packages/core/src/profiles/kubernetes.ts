import type { HeaderProfile } from './header-profile.js';

/**
 * Kubernetes' authenticating front proxy, as an aggregated API server sees it: `X-Remote-User`, and one `X-Remote-Group`
 * line for each group.
 *
 * Kubernetes believes these headers after a verified client certificate only; an address alone proves less.
 *
 * Source: Kubernetes' documentation, “Authenticating”, sections “Authenticating proxy” and “Anonymous requests”; `requestheader.go`.
 */
export const kubernetes: HeaderProfile = {
  id: 'kubernetes',
  user: { header: 'X-Remote-User' },
  groups: { header: 'X-Remote-Group', separator: 'line' },
  nobody: ['system:anonymous'],
  alsoStripped: ['X-Remote-Extra-*', 'X-Remote-Uid'],
};
