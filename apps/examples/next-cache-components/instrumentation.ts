import { registerTrustedHeader } from '@trusted-header/nextjs';

/** Decides who is asking, for every request, when it arrives. */
export function register(): void {
  registerTrustedHeader({
    trustedProxies: process.env.TRUSTED_PROXIES,
    // The container's health check, and what browsers fetch without cookies.
    open: ['/api/healthcheck', '/manifest.webmanifest', '/icons/*'],
    // Pages of other sites post nothing in somebody's name.
    sameOrigin: 'unsafe',
  });
}
