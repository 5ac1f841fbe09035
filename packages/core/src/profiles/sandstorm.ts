import type { HeaderProfile } from './header-profile.js';

/**
 * Sandstorm's HTTP bridge: `X-Sandstorm-User-Id`, permissions as groups joined by `,`, the display name percent-encoded
 * in `X-Sandstorm-Username`.
 *
 * An anonymous visitor has the display name “Anonymous User” and no id, and is nobody (H13).
 *
 * Source: Sandstorm's documentation, “User authentication”.
 */
export const sandstorm: HeaderProfile = {
  id: 'sandstorm',
  user: { header: 'X-Sandstorm-User-Id' },
  groups: { header: 'X-Sandstorm-Permissions', separator: ',' },
  name: { header: 'X-Sandstorm-Username', encoding: 'percent' },
  extra: { preferredHandle: { header: 'X-Sandstorm-Preferred-Handle' } },
  nobody: ['Anonymous User'],
  alsoStripped: ['X-Sandstorm-User-Picture', 'X-Sandstorm-Tab-Id'],
};
