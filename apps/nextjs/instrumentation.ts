import { registerTrustedHeader } from '@trusted-header/nextjs';

/** Runs once, when Next starts. */
export function register(): void {
  registerTrustedHeader({ trustedProxies: process.env.TRUSTED_PROXIES ?? '' });
}
