import type { HeaderProfile } from './header-profile.js';

/**
 * Linkerd's inbound proxy: `L5d-Client-Id`, the mesh identity of the calling *workload*, no person. The proxy removes the
 * header from calls without mutual TLS.
 *
 * Source: Linkerd's `set_identity_header.rs`.
 */
export const linkerd: HeaderProfile = {
  id: 'linkerd',
  user: { header: 'L5d-Client-Id' },
};
