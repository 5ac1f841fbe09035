import type { DevUser } from '@trusted-header/dev';

/** Who can sign in: an admin, somebody else, and somebody about whom the portal knows nothing but the name. */
export const users = [
  { user: 'zoe', name: 'Zoë Müller', email: 'zoe@example.com', groups: ['admin', 'dev'] },
  { user: 'jiri', name: 'Jiří Dvořák', email: 'jiri@example.com', groups: ['dev', 'Domain Users'] },
  { user: 'guest' },
] as const satisfies readonly DevUser[];
