const NAMES = [
  'Remote-User',
  'remote-user',
  'REMOTE-USER',
  'Remote-Groups',
  'remote-groups',
  'Remote-Name',
  'remote-name',
  'Remote-Email',
  'remote-email',
  'Remote_User',
  'remote_user',
  'Remote.User',
  'remote.user',
  'Remote_Groups',
  'X-Proof',
  'x-proof',
  'X_Proof',
  'remote_groups',
  // Harmless, and on every request: shows that the getter works.
  'X-Forwarded-For',
];

/** Asks a getter (`ctx.get(name)`) for identity headers in several spellings, and keeps what it gave. */
export function probe(get: (name: string) => unknown): Record<string, unknown> {
  const found = NAMES.map((name) => [name, get(name)] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined && value !== ''));
}
