import { proofsIn } from '@trusted-header/app-ui';
import { registerTrustedHeader } from '@trusted-header/nextjs';

/** Runs once, when Next starts. Every path is for signed-in people, but those that are open. */
export function register(): void {
  registerTrustedHeader({
    trustedProxies: process.env.TRUSTED_PROXIES,
    ...proofsIn(process.env),
    open: ['/healthz', '/public', '/signed-out'],
    sameOrigin: 'unsafe',
  });
}
