import { registerTrustedHeader } from '@trusted-header/nextjs';

export function register(): void {
  registerTrustedHeader({ trustedProxies: process.env.TRUSTED_PROXIES, open: ['/open/*'] });
}
