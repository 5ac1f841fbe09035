import type { HeaderProfile } from './header-profile.js';

/**
 * Tailscale Serve: `Tailscale-User-Login`, `Tailscale-User-Name`, `Tailscale-User-Profile-Pic`; RFC 2047 where a value is
 * not ASCII. No groups. Tagged nodes and Funnel visitors have no headers.
 *
 * Let it serve a Unix socket (`tailscale serve unix:/run/app/app.sock`). To 127.0.0.1 it connects like any other local process, and
 * with userspace networking like every node of the tailnet: see the audit's finding `loopback`.
 *
 * Source: Tailscale's documentation, “Tailscale Serve”, section “Identity headers”; `ipn/ipnlocal/serve.go`.
 */
export const tailscale: HeaderProfile = {
  id: 'tailscale',
  user: { header: 'Tailscale-User-Login', encoding: 'rfc2047' },
  name: { header: 'Tailscale-User-Name', encoding: 'rfc2047' },
  extra: { profilePicture: { header: 'Tailscale-User-Profile-Pic', encoding: 'rfc2047' } },
  alsoStripped: [
    'Tailscale-App-Capabilities',
    'Tailscale-Headers-Info',
    'Tailscale-Funnel-Request',
  ],
};
